from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.checks.settings.mkdocs_file import read_mkdocs_file
from apiguide.problems import Problem, Severity

CONFIG = "mkdocs.yml"
TITLE = "City Library API Guide"


@pytest.mark.parametrize("typed", ["«Library»", "«'Library'»", '«"City library API guide"»'])
def test_a_site_is_named_like_its_guide(typed: str, finds: Callable[..., None]) -> None:
    text = f"theme: {{name: material}}\nsite_name: {typed} # the name\nplugins: [apiguide]\n"
    files = {CONFIG: text}
    finds("site-name-differs", f"write `site_name: {TITLE}`", files, severity=Severity.WARNING)


def test_mkdocs_wants_a_name(finds: Callable[..., None]) -> None:
    finds("missing-key", f"write `site_name: {TITLE}`", {CONFIG: "«»theme: {name: material}\n"})


@pytest.mark.parametrize(
    "text",
    [
        f"site_name: {TITLE}\n",
        f'site_name: "{TITLE}" # its title\n',
        "site_name: City &#76;ibrary API Guide\n",
        "site_name: !ENV NAME\n",
        "site_name: !ENV [NAME, Library]\n",
        "anchors: &name Library\nsite_name: *name\n",
        "INHERIT: base.yml\n",
        f"site_name: {TITLE}\nmarkdown_extensions:\n  - a: {{b: !!python/name:os.system }}\n<<: {{a: b}}\n",
        "site_name: [Library\n",
        "- Library\n",
        "",
        "\x00",
    ],
)
def test_what_is_right_or_not_known_is_let_be(text: str, codes: Callable[..., list[str]]) -> None:
    assert codes({CONFIG: text}) == []


def test_a_name_in_a_file_that_inherits_counts(finds: Callable[..., None]) -> None:
    files = {CONFIG: "INHERIT: base.yml\nsite_name: «Library»\n"}
    finds("site-name-differs", f"write `site_name: {TITLE}`", files, severity=Severity.WARNING)


def test_a_link_is_not_followed(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project({})
    (root / "other.yml").write_text("site_name: Library\n", encoding="utf-8")
    (root / CONFIG).symlink_to("other.yml")
    assert check(root).problems == ()


@pytest.mark.parametrize(
    ("text", "extensions"),
    [
        ("", set()),
        ("markdown_extensions: [admonition, toc: {permalink: true}]", {"admonition", "toc"}),
        ("markdown_extensions: {footnotes: {}, markdown.extensions.abbr: {}}", {"footnotes", "abbr"}),
        (
            "markdown_extensions: [extra]",
            {"extra", "abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables"},
        ),
        ("INHERIT: base.yml", None),
        ("INHERIT: base.yml\nmarkdown_extensions: [abbr]", {"abbr"}),
        ("markdown_extensions: !ENV EXTENSIONS", None),
    ],
)
def test_extensions_are_known_by_their_names(text: str, extensions: set[str] | None, tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text(f"site_name: A\n{text}\n", encoding="utf-8")
    file = read_mkdocs_file(tmp_path)
    assert file is not None
    assert file.extensions == extensions


@pytest.mark.parametrize("config", ["site_name: Library\n", "theme: {name: material}\n"])
def test_a_title_that_is_missing_is_told_once(config: str, problems: Callable[..., list[Problem]]) -> None:
    found = problems({CONFIG: config, "guide.yaml": (f"title: {TITLE}\n", "")})
    assert [(each.code, each.where.source.path) for each in found] == [
        ("missing-key", "reference/guide.yaml")
    ]
