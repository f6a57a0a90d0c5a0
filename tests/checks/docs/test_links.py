"""Links from hand-written pages to other pages, files and headings."""

from collections.abc import Callable

import pytest

from apiguide.problems import Severity

INDEX, FAQ = "docs/index.md", "docs/guides/faq.md"
PAGE = "# Questions <small>and answers</small>\n"
PAGE += "\n## Who pays?\n\n## Ünïcode & more {#own}\n\n## Who pays?\n\nSetext\n------\n"


def page(link: str) -> dict[str, str]:
    return {INDEX: f"# Library\n\nSee\n[it]({link}).\n\n## Paying\n", FAQ: PAGE, "docs/cover.png": ""}


@pytest.mark.parametrize(
    "link",
    [
        "guides/faq.md",
        "guides/faq.md#questions-and-answers",
        "guides/faq.md#who-pays",
        "guides/faq.md#who-pays_1",
        "guides/faq.md#own",
        "guides/faq.md#setext",
        "./guides/../guides/faq.md",
        "guides/f%61q.md",
        "#paying",
        "index.md#library",
        "cover.png",
        "books/get.md",
        "books/index.md",
        "guides/faq/",
        "books/get/",
        "./",
        "/absolute",
        "https://library.test/nothing.md#x",
        "//library.test/x",
        "mailto:help@library.test",
        "ref:books/get",
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(link: str, codes: Callable[..., list[str]]) -> None:
    assert codes(page(link)) == []


@pytest.mark.parametrize(
    ("link", "remedy"),
    [
        ("guides/fqa.md", "did you mean `guides/faq.md`?"),
        ("faq.md", "did you mean `guides/faq.md`?"),
        ("guides/faq.md#who-pay", "did you mean `who-pays`?"),
        ("#pying", "did you mean `paying`?"),
        ("#nothing-like-it", "it has `#library` and `#paying`"),
        ("books/gte.md", "write the file's path"),
        ("cover.jpg", "write the file's path"),
        ("../outside.md", "write the file's path"),
        ("../../etc/passwd", "write the file's path"),
        ("faq/", "did you mean `guides/faq.md`?"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(link: str, remedy: str, finds: Callable[..., None]) -> None:
    finds("dead-link", remedy, page(f"«{link}»"), severity=Severity.WARNING)


def test_a_link_into_a_page_without_headings_is_told_how_to_make_one(finds: Callable[..., None]) -> None:
    files = {INDEX: "# Library\n\n[x](«guides/faq.md#prices»)\n", FAQ: "Ask.\n"}
    finds("dead-link", "give the heading an id, as in `{#id}`", files, severity=Severity.WARNING)


def test_a_link_from_a_folder_begins_there(finds: Callable[..., None]) -> None:
    files = {INDEX: "# Library\n", FAQ: "# Questions\n\n[a](../index.md#library), [b](«index.md»)\n"}
    finds("dead-link", "did you mean `../index.md`?", files, severity=Severity.WARNING)


def test_a_link_without_an_address_is_named(finds: Callable[..., None]) -> None:
    text = "# Library\n\nSee [here](#library) and «[*the* `faq`]()».\n".replace("*the* `faq`", "the faq")
    says = "the link `the faq` has no address"
    finds("empty-link", "write one", {INDEX: text}, says=says, severity=Severity.WARNING)


def test_an_anchor_without_words_needs_no_address(codes: Callable[..., list[str]]) -> None:
    assert codes({INDEX: "# Library\n\n[](){#fees} Fees. `[x]()` See [it](#fees).\n"}) == []


FRONT = "---\n{}\n---\n# A page\n"


@pytest.mark.parametrize(
    ("here", "there", "missing"),
    [
        ("title: A", 'since: "1.1"', "1.0"),
        ("title: A", 'removed: "2.0"', "2.0"),
        ('since: "1.1"', 'since: "2.0"', "1.1"),
    ],
)
def test_a_page_is_linked_only_where_it_is(
    here: str, there: str, missing: str, finds: Callable[..., None]
) -> None:
    files = {INDEX: FRONT.format(here) + "[x](«guides/faq.md»)\n", FAQ: FRONT.format(there)}
    says = f"`guides/faq.md` is not in the guide of {missing}, which has this page"
    finds("dead-link", "give both pages the same", files, says=says, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ('since: "1.1"', 'since: "1.1"'),
        ('since: "2.0"', 'since: "1.1"'),
        ('removed: "1.1"', 'removed: "2.0"'),
    ],
)
def test_a_page_that_is_there_longer_can_be_linked(
    here: str, there: str, codes: Callable[..., list[str]]
) -> None:
    assert codes({INDEX: FRONT.format(here) + "[x](guides/faq.md)\n", FAQ: FRONT.format(there)}) == []


@pytest.mark.parametrize(("here", "there"), [('since: «"9.9"»', ""), ("", 'removed: «"9.9"»')])
def test_a_page_of_a_release_that_is_unknown_can_be_linked(
    here: str, there: str, finds: Callable[..., None]
) -> None:
    files = {INDEX: FRONT.format(here) + "[x](guides/faq.md)\n", FAQ: FRONT.format(there)}
    finds("unknown-release", "choose from 1.0, 1.1, 2.0", files)


@pytest.mark.parametrize(
    "text",
    [
        "```\n[x](nothing.md)\n```",
        "Write `[x](nothing.md)`.",
        "    [x](nothing.md)",
        "\\[x](nothing.md)",
        "{% raw %}`[x](nothing.md)`{% endraw %}",
    ],
)
def test_what_is_no_link_is_left_alone(text: str, codes: Callable[..., list[str]]) -> None:
    assert codes({INDEX: f"# Library\n\n{text}\n"}) == []


@pytest.mark.parametrize(
    "text",
    ["[x][y]\n\n[y]: «nothing.md»", "![x](«nothing.png»)", "[x](<«no thing.md»>)"],
)
def test_links_are_found_however_they_are_written(text: str, finds: Callable[..., None]) -> None:
    finds("dead-link", "", {INDEX: f"# Library\n\n{text}\n"}, severity=Severity.WARNING)


def test_links_of_a_page_with_many_brackets_are_checked(finds: Callable[..., None]) -> None:
    cells = "".join(f"[{number}] " for number in range(150))
    text = f"# Library\n\n{cells}\n\n## Fees\n\n```\n[x](no.md)\n\n{cells}\n```\n\n[a](#fees) [b](«#feed»)\n"
    finds("dead-link", "did you mean `fees`?", {INDEX: text}, severity=Severity.WARNING)


def test_parts_that_macros_and_html_make_can_be_linked(finds: Callable[..., None]) -> None:
    links = "[x](#books-create-body-book-title), [y](#own), [z](«#books-create-body-book-titel»)"
    text = f'# Library\n\n{links}\n\n{{{{ parameters("books/create") }}}}\n\n<a id="own"></a>\n'
    finds("dead-link", "it has `#library` and `#own`", {INDEX: text}, severity=Severity.WARNING)


@pytest.mark.parametrize("link", ["x" * 5000, "a%00b", "%ff", "[", "a:b]c", "//[x", "%2e%2e/%2e%2e/x"])
def test_an_odd_link_is_no_fault(link: str, codes: Callable[..., list[str]]) -> None:
    assert set(codes({INDEX: f"# Library\n\n[x]({link}.md)\n"})) <= {"dead-link"}


@pytest.mark.parametrize("text", ["[" * 50_000, "<a " * 20_000, "[x](" * 900, "> " * 3_000])
def test_an_odd_page_takes_no_time(text: str, codes: Callable[..., list[str]]) -> None:
    assert set(codes({INDEX: f"# Library\n\n[x](#library)\n\n{text}\n"})) <= {"dead-link"}


def test_a_page_that_markdown_cannot_follow_is_left_alone(codes: Callable[..., list[str]]) -> None:
    quotes = "> " * 2000
    assert "dead-link" not in codes({INDEX: f"# Library\n\n[x](#library)\n\n{quotes}a\n"})
