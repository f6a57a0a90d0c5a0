from collections.abc import Callable

import pytest

from apiguide.problems import Severity

CONFIG, PAGE = "mkdocs.yml", "docs/index.md"
NAME = "site_name: City Library API Guide\n"

USES = [
    ('«=== "Python"»\n\n    text', "pymdownx.tabbed: {alternate_style: true}"),
    ('«===+ "Python"»', "pymdownx.tabbed: {alternate_style: true}"),
    ("«!!! note»\n    text", "admonition"),
    ('«!!! warning "Late"»', "admonition"),
    ("«??? note»\n    text", "pymdownx.details"),
    ('«???+ tip "More"»', "pymdownx.details"),
    ("- «[ ]» to do\n- [x] done", "pymdownx.tasklist"),
    ("A line.[^1]\n\n«[^1]:» A note.", "footnotes"),
    ("«*[API]:» A thing.", "abbr"),
    ("Word\n«:   What it means.»", "def_list"),
    ("## Heading «{#id}»", "attr_list"),
    ("## Heading «{: #id .class }»", "attr_list"),
    ("[A link](faq.md)«{ .md-button }» and [another](faq.md){ .md-button }", "attr_list"),
    ("A paragraph.\n«{: .lead }»", "attr_list"),
    ("`GET {.x}`«{ .get }»", "attr_list"),
    ('«<div class="grid" markdown>»\n</div>', "md_in_html"),
    ('«<div markdown="1">»\n</div>', "md_in_html"),
    ("See «:material-cloud:».", "pymdownx.emoji"),
]


@pytest.mark.parametrize(("text", "entry"), USES)
def test_what_a_page_uses_is_switched_on(text: str, entry: str, finds: Callable[..., None]) -> None:
    remedy = f"write `- {entry}` under `markdown_extensions` in mkdocs.yml"
    files = {CONFIG: f"{NAME}markdown_extensions: [toc]\n", PAGE: f"---\ntitle: A\n---\n# A\n\n{text}\n"}
    more = {"docs/faq.md": "# FAQ\n"}
    finds("extension-off", remedy, files | more, says=entry.partition(":")[0], severity=Severity.WARNING)


@pytest.mark.parametrize(("text", "entry"), USES)
def test_what_is_switched_on_may_be_used(text: str, entry: str, codes: Callable[..., list[str]]) -> None:
    config = f"{NAME}markdown_extensions:\n  - toc\n  - {entry}\n"
    plain = text.replace("«", "").replace("»", "")
    assert codes({CONFIG: config, PAGE: f"# A\n\n{plain}\n", "docs/faq.md": "# FAQ\n"}) == []


@pytest.mark.parametrize("text", [text for text, _ in USES])
def test_code_uses_no_extension(text: str, codes: Callable[..., list[str]]) -> None:
    plain = text.replace("«", "").replace("»", "")
    page = f"# A\n\n~~~ text\n{plain}\n```\n{plain}\n~~~~\n\nAnd ``a` {plain.splitlines()[0]}``.\n"
    if not plain.startswith("`"):
        assert codes({CONFIG: NAME, PAGE: page, "docs/faq.md": "# FAQ\n"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "A path ends with {.format} or {#id} here.",
        "=== no tab",
        "Wow!!! note this",
        "[x] no task",
        "12:30:45, a :smile:",
        "<div class='markdown'></div>",
        "Setext\n===",
        "{% raw %}{{ x }}{% endraw %}",
    ],
)
def test_what_only_looks_like_it_is_let_be(text: str, codes: Callable[..., list[str]]) -> None:
    assert codes({CONFIG: NAME, PAGE: f"# A\n\n{text}\n"}) == []


def test_nothing_is_said_where_nobody_knows_what_is_switched_on(codes: Callable[..., list[str]]) -> None:
    page = "# A\n\n!!! note\n    It is.\n"
    assert codes({PAGE: page}) == []
    assert codes({PAGE: page, CONFIG: f"{NAME}INHERIT: base.yml\n"}) == []
    assert codes({PAGE: page, CONFIG: f"{NAME}markdown_extensions: [extra]\n"}) == ["extension-off"]


def test_each_page_is_told_once_of_each_extension(codes: Callable[..., list[str]]) -> None:
    page = '# A\n\n!!! note\n    It is.\n\n!!! note\n    It is.\n\n=== "A"\n'
    assert codes({PAGE: page, CONFIG: NAME, "docs/faq.md": page}) == ["extension-off"] * 4
