import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.prose import BRACKETS, Loss, Prose, first_sentence, links, plain, refs, resolve_refs


def block(text: str) -> str:
    return Prose().block(text)


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
    prose = Prose()
    html = prose.block(f"See [the *page*]({address}).")
    schemes = {
        match[1].lower() for link in links(html) if (match := re.match(r"([a-z][a-z0-9+.-]*):", link, re.I))
    }
    assert schemes == set()
    if links(html) == []:
        assert html == "<p>See the <em>page</em>.</p>"
        assert prose.losses(f"See [the *page*]({address}).") == (Loss("link", "the page"),)


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
    prose = Prose()
    assert prose.block(text) == "<p>the cover</p>"
    assert prose.losses(text) == (Loss("image", "the cover"),)


def test_the_words_of_an_image_are_text() -> None:
    assert block('![<b> "x" > &](x.png)') == '<p>&lt;b&gt; "x" &gt; &amp;</p>'


def test_an_image_in_a_link_leaves_the_link() -> None:
    assert (
        block("[![cover](x.png)](https://library.test)") == '<p><a href="https://library.test">cover</a></p>'
    )


def test_code_that_looks_like_an_image_stays() -> None:
    prose = Prose()
    assert prose.block("`![a](b)`") == "<p><code>![a](b)</code></p>"
    assert prose.losses("`![a](b)`") == ()


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
    ],
    ids=["lists in lists", "by tabs", "brackets", "links"],
)
def test_a_text_that_markdown_cannot_follow_is_shown_as_it_stands(text: str) -> None:
    prose = Prose()
    assert plain(prose.block(text)) == " ".join(text.split())
    assert prose.losses(text) == (Loss("markup"),)
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


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]), max_size=200))
def test_no_text_becomes_an_element_that_prose_has_not(text: str) -> None:
    html = block(text)
    without_quotes = re.sub(r'"[^"]*"', '""', html)
    allowed = (
        "p br hr em strong code pre blockquote a ul ol li h3 h4 h5 h6 table thead tbody tr th td dl dt dd"
    )
    names = {name.lower() for name in re.findall(r"</?([A-Za-z][\w-]*)", without_quotes)}
    assert names <= set(allowed.split())


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
    ("html", "text"),
    [
        ("<p>A <b>b</b></p>\n<p>c</p>", "A b c"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ('<a href="x" title="a > b">c</a>', "c"),
    ],
)
def test_a_reader_sees_text_without_tags(html: str, text: str) -> None:
    assert plain(html) == text
