import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apiguide.commonmark import BRACKETS, LENGTH
from apiguide.prose import Prose, first_sentence, plain, resolve_refs, summary


def block(text: str) -> str:
    return Prose().block(text)


def links(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a href="([^"]*)"', html)]


def refs(html: str) -> list[str]:
    return [link[4:] for link in links(html) if link.startswith("ref:")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Adds a **book**.", "<p>Adds a <strong>book</strong>.</p>"),
        ("`id` or *isbn*", "<p><code>id</code> or <em>isbn</em></p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```json\n{}\n```", '<pre><code class="language-json">{}\n</code></pre>'),
        ("[it](https://library.test/x)", '<p><a href="https://library.test/x">it</a></p>'),
        (
            '[it](https://library.test "A title")',
            '<p><a href="https://library.test" title="A title">it</a></p>',
        ),
        ("<https://library.test>", '<p><a href="https://library.test">https://library.test</a></p>'),
        (
            "| a |\n|---|\n| b |",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>",
        ),
        ("A & B < C", "<p>A &amp; B &lt; C</p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert block(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One of:\n* a\n* b", "<p>One of:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            "* a\n  * b\n  * c\n* d",
            "<ul>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>",
        ),
        ("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        ("- a\n- b\n\n+ c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ul>\n<li>c</li>\n</ul>"),
        ("1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("In 2024\n1. a", "<p>In 2024</p>\n<ol>\n<li>a</li>\n</ol>"),
        ("In\n2024. a", "<p>In\n2024. a</p>"),
        ("- a\n  ```\n  b\n  ```", "<ul>\n<li>a<pre><code>b\n</code></pre>\n</li>\n</ul>"),
        ("Text\n```\n- a\n```\nmore", "<p>Text</p>\n<pre><code>- a\n</code></pre>\n<p>more</p>"),
        ("~~~\na\n~~~", "<pre><code>a\n</code></pre>"),
        ("> a\n> - b", "<blockquote>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("`` a ` b ``", "<p><code>a ` b</code></p>"),
        ("**a**b*c*", "<p><strong>a</strong>b<em>c</em></p>"),
        ("\\* &copy; \\[a\\](b)", "<p>* © [a](b)</p>"),
        ("[a](<b c> 'd')", '<p><a href="b%20c" title="d">a</a></p>'),
    ],
)
def test_texts_are_commonmark(text: str, html: str) -> None:
    assert block(text) == html


def test_a_table_says_by_classes_where_its_cells_stand() -> None:
    html = block("Text\n\n| a | b | c | d |\n|---|:--|:-:|--:|\n| `x` | \\| | **e** | [f](ref:g) |")
    assert re.findall(r"<t[hd][ >].*", html) == [
        "<th>a</th>",
        '<th class="ag-start">b</th>',
        '<th class="ag-center">c</th>',
        '<th class="ag-end">d</th>',
        "<td><code>x</code></td>",
        '<td class="ag-start">|</td>',
        '<td class="ag-center"><strong>e</strong></td>',
        '<td class="ag-end"><a href="ref:g">f</a></td>',
    ]
    assert plain(html) == "Text a b c d x | e f"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n## B\n#### C", "<h3>A</h3>\n<h4>B</h4>\n<h6>C</h6>"),
        ("## A\n### B", "<h3>A</h3>\n<h4>B</h4>"),
        ("### A\n#### B", "<h3>A</h3>\n<h4>B</h4>"),
        ("###### A\n##### B", "<h6>A</h6>\n<h5>B</h5>"),
        ("# A\n###### B", "<h3>A</h3>\n<h6>B</h6>"),
        ("A\n=\nB\n-", "<h3>A</h3>\n<h4>B</h4>"),
    ],
)
def test_headings_of_a_text_are_below_those_of_its_page(text: str, html: str) -> None:
    assert block(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div>\n\n**x**\n\n</div>",
        "<!-- comment -->",
        "<?php x ?>",
        "<!DOCTYPE html>",
        "<![CDATA[x]]>",
        "</p></td></table><h1>x</h1>",
        "<a href='javascript:x'>x</a>",
        "<details open ontoggle=x>",
        "<style>*{display:none}</style>",
        "<iframe src=//evil.test></iframe>",
        "`<i>`",
        "    <i>code</i>",
        "```\n<i>\n```",
    ],
)
def test_raw_html_stays_text(text: str) -> None:
    html = block(text)
    allowed = (
        "<p>",
        "</p>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<strong>",
        "</strong>",
        "<em>",
        "</em>",
    )
    for tag in allowed:
        html = html.replace(tag, "")
    assert "<" not in html
    assert plain(block(text)).replace(" ", "").startswith(text.strip("` \n")[:4].replace(" ", ""))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://library.test/x",
        "ftp://library.test",
        "tel:1",
    ],
)
def test_a_link_that_runs_or_leaves_the_web_dies_and_its_words_stay(address: str) -> None:
    html = block(f"See [the *page*]({address}).")
    schemes = {
        match[1].lower() for link in links(html) if (match := re.match(r"([a-z][a-z0-9+.-]*):", link, re.I))
    }
    assert schemes == set()
    if "\t" in address:  # so it is no link
        assert plain(html) == f"See [the page]({' '.join(address.split())})."
    elif links(html) == []:
        assert html == "<p>See the <em>page</em>.</p>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///x", "ftp://x"]
)
def test_a_dead_link_is_no_link_at_all(address: str) -> None:
    assert block(f"[it]({address})") == "<p>it</p>"
    assert block(f"[it][1]\n\n[1]: {address}") == "<p>it</p>"
    assert block(f'[it]({address} "A > title")') == "<p>it</p>"


@pytest.mark.parametrize(
    "text",
    [
        "![the cover](https://library.test/x.png)",
        '![the cover](x.png "A title")',
        "![the cover][1]\n\n[1]: x.png",
        "![the cover]\n\n[the cover]: x.png",
    ],
)
def test_of_an_image_only_its_words_stay(text: str) -> None:
    assert block(text) == "<p>the cover</p>"


def test_the_words_of_an_image_are_text() -> None:
    assert block('![<b> "x" > &](x.png)') == '<p>&lt;b&gt; "x" &gt; &amp;</p>'


def test_an_image_in_a_link_leaves_the_link() -> None:
    assert (
        block("[![cover](x.png)](https://library.test)") == '<p><a href="https://library.test">cover</a></p>'
    )


def test_code_that_looks_like_an_image_stays() -> None:
    assert block("`![a](b)`") == "<p><code>![a](b)</code></p>"


def test_a_text_is_read_as_deep_as_it_is_promised() -> None:
    html = block("\n".join(f"{'  ' * level}- a{level}" for level in range(48)))
    assert html.count("<ul>") == 48
    assert plain(html).split() == [f"a{level}" for level in range(48)]


def test_what_stands_between_angle_brackets_is_shown_unless_it_is_a_link() -> None:
    assert block("<soap:Body> <id> <tel:1>") == "<p>&lt;soap:Body&gt; &lt;id&gt; &lt;tel:1&gt;</p>"
    assert block("<a@b.test>") == '<p><a href="mailto:a@b.test">a@b.test</a></p>'


@pytest.mark.parametrize("target", ["a/b#response-names[]", "a/b#body-é", "a_b", "a/b#x-%5B", "a b"])
def test_the_target_of_a_reference_stays_as_it_is_typed(target: str) -> None:
    assert refs(block(f"[it](<ref:{target}>)")) == [target]
    assert resolve_refs(block(f"[it](<ref:{target}>)"), {target: "../"}.get) == '<p><a href="../">it</a></p>'


def test_root_relative_links_are_relative_to_what_the_guide_says() -> None:
    text = "[a](/docs/é?x=1&y#b) [c](//d) [e](f) [g](https://h) [i](ref:j)"
    assert links(block(text))[0] == "/docs/%C3%A9?x=1&y#b"
    based = ["https://www.library.test/en/docs/%C3%A9?x=1&y#b", "//d", "f", "https://h", "ref:j"]
    for base in ("https://www.library.test/en", "https://www.library.test/en/"):
        assert links(Prose(base).block(text)) == based


def test_a_link_without_an_address_is_its_words() -> None:
    assert block("Gives a [*book*]().") == "<p>Gives a <em>book</em>.</p>"


def test_a_reference_waits_for_the_page_that_shows_it() -> None:
    html = block("See [it](ref:books/get#response).")
    assert refs(html) == ["books/get#response"]
    assert (
        resolve_refs(html, lambda target: f"../{target}")
        == '<p>See <a href="../books/get#response">it</a>.</p>'
    )


def test_a_reference_to_nowhere_is_plain_text() -> None:
    html = block('See [*it*](ref:gone) and [that](ref:books "Books").')
    known = {"books": "../"}.get
    assert resolve_refs(html, known) == '<p>See <em>it</em> and <a href="../" title="Books">that</a>.</p>'


@pytest.mark.parametrize("scheme", ["ref", "REF", "Ref"])
def test_a_reference_may_be_spelt_with_capitals(scheme: str) -> None:
    assert refs(block(f"[it]({scheme}:books)")) == ["books"]
    assert resolve_refs(block(f"[it]({scheme}:books)"), lambda _: None) == "<p>it</p>"


@pytest.mark.parametrize("title", ["x><img src=x onerror=alert(1)>", '\\"><script>', "a</a><b>"])
def test_the_title_of_a_reference_to_nowhere_goes_with_it(title: str) -> None:
    assert resolve_refs(block(f'[it](ref:gone "{title}")'), lambda _: None) == "<p>it</p>"


def test_the_target_of_a_reference_is_escaped() -> None:
    html = resolve_refs(block("[it](ref:x)"), lambda _: '"><script>')
    assert html == '<p><a href="&#34;&gt;&lt;script&gt;">it</a></p>'


@pytest.mark.parametrize(
    ("html", "there", "gone"),
    [
        ('<a class="b > c" href="ref:x" id="d">e</a>', '<a class="b > c" href="../" id="d">e</a>', "e"),
        ('<a href="REF:x">e</a>', '<a href="../">e</a>', "e"),
        ('<a title=" href=" href="y">e</a>', None, None),
    ],
)
def test_a_reference_of_a_page_may_have_attributes(html: str, there: str | None, gone: str | None) -> None:
    assert resolve_refs(html, {"x": "../"}.get) == (there or html)
    assert resolve_refs(html, lambda _: None) == (gone or html)


def test_words_that_look_like_a_reference_stay() -> None:
    text = '`<a href="ref:x">y</a>` ref:x'
    html = block(text)
    assert refs(html) == []
    assert resolve_refs(html, lambda _: "../") == html


def test_one_paragraph_is_shown_without_its_tags_inside_a_line() -> None:
    prose = Prose()
    assert prose.inline("A **book**.") == "A <strong>book</strong>."
    assert prose.inline("One.\n\nTwo.") == "<p>One.</p>\n<p>Two.</p>"
    assert prose.inline("- a") == "<ul>\n<li>a</li>\n</ul>"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{'    ' * level}- a" for level in range(60)),
        "\n".join("\t" * level + "- a" for level in range(60)),
        "[" * (BRACKETS + 1),
        "[x](" * (BRACKETS + 1),
        "a *b* " * (LENGTH // 6 + 1),
        "> " * 120 + "a",
        "\n".join(f"{'  ' * level}- a" for level in range(49)),
    ],
    ids=["lists in lists", "by tabs", "brackets", "links", "length", "quotes", "just too deep"],
)
def test_a_text_that_markdown_cannot_follow_is_shown_as_it_stands(text: str) -> None:
    prose = Prose()
    assert plain(prose.block(text)) == " ".join(text.split())
    assert prose.block("- **a**") == "<ul>\n<li><strong>a</strong></li>\n</ul>"


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "[x](",
        "> ",
        "- ",
        "*",
        "**a ",
        "_a",
        "`",
        "<",
        "&#",
        "| ",
        "***a** b* ",
        "\\",
        "1. a\n",
        "a  \n",
        "```\n",
    ],
)
def test_no_text_takes_more_than_moments(piece: str) -> None:
    start = time.perf_counter()
    block(piece * 2_000)
    assert time.perf_counter() - start < 20


class _Elements(HTMLParser):
    """The elements of some HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


BARE = "p br hr em strong pre blockquote ul li h3 h4 h5 h6 table thead tbody tr"
ALLOWED: dict[str, set[str]] = {
    **{element: set() for element in BARE.split()},
    **{"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}, "th": {"class"}, "td": {"class"}},
}
PIECES = st.sampled_from(
    (
        *(
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "`",
            "```\n",
            "~~~",
            "*",
            "**",
            "_",
            "~~",
            "\\",
            "\n",
        ),
        *(
            "\n\n",
            "    ",
            "\t",
            "- ",
            "1. ",
            "> ",
            "# ",
            "|",
            "\n|-|:-:|\n",
            "---",
            "===",
            "&",
            "&#106;",
            "&colon;",
        ),
        *(
            "javascript:",
            "JaVaScript:",
            "data:",
            "vbscript:",
            "ref:",
            "https://x.test",
            "mailto:",
            "/",
            "//",
            "x",
        ),
        *(
            '"',
            "'",
            " ",
            'style="x"',
            "onclick=x",
            "<b>",
            "<script>",
            "{.a}",
            "]: ",
            "é",
            "\0",
            "\x0b",
            "{{ x }}",
        ),
    )
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(PIECES, max_size=40).map("".join),
)


@settings(max_examples=1_000, deadline=None)
@given(TEXTS)
def test_no_text_becomes_an_element_an_attribute_or_a_link_that_prose_has_not(text: str) -> None:
    for element, attributes in _Elements(block(text)).found:
        assert element in ALLOWED
        assert set(attributes) <= ALLOWED[element]
        if element in ("th", "td"):
            assert attributes.get("class") in (None, "ag-start", "ag-center", "ag-end")
        address = attributes.get("href") or ""
        scheme = re.match(r"[\0-\x20]*([a-z][a-z0-9+.\t\n\r-]*):", address, re.IGNORECASE)
        assert scheme is None or scheme[1] in ("http", "https", "mailto", "ref"), address


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9 ,.;:'()/%+-]{0,60}", fullmatch=True))
def test_a_text_without_markup_is_what_markdown_makes_of_it(text: str) -> None:
    """Such texts do not go through Markdown, which would say the same."""
    prose = Prose()
    slow = prose._rendered(text)
    assert plain(prose.block(text)) == plain(slow)
    assert slow in (prose.block(text), f"<p>{text.strip()}</p>", f"<p>{text.rstrip()}</p>")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Adds a book. It is free.", "Adds a book."),
        ("Adds a book", "Adds a book"),
        ("Really? Yes.", "Really?"),
        ("Since 3.5 it is fast. Yes.", "Since 3.5 it is fast."),
        ("A book, e.g. a novel, i.e. fiction. More.", "A book, e.g. a novel, i.e. fiction."),
        ("", ""),
    ],
)
def test_the_first_sentence_sums_up(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# Books\n\nAdds a book. Or two.", "Adds a book."),
        ("One of:\n* a\n* b\n\nMore.", "One of:"),
        ("| a |\n|---|\n| b |", "a b"),
        ("- a. b", "a."),
    ],
)
def test_a_text_is_summed_up_by_its_first_paragraph(text: str, sentence: str) -> None:
    assert summary(block(text)) == sentence


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>A <b>b</b></p>\n<p>c</p>", "A b c"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ('<a href="x" title="a > b">c</a>', "c"),
        ("<ul><li>a<pre><code>b</code></pre></li></ul>", "a b"),
    ],
)
def test_a_reader_sees_text_without_tags(html: str, text: str) -> None:
    assert plain(html) == text
