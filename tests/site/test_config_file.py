"""Whether a site depends on more than the guide's files and the packages."""

from pathlib import Path

import pytest

from apiguide.site.config_file import is_plain
from apiguide.starter import write

ROOT = Path(__file__).parents[2]


def test_the_guides_that_we_write_are_plain(tmp_path: Path) -> None:
    write(tmp_path / "guide")
    assert is_plain(tmp_path / "guide")
    assert is_plain(ROOT)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("theme: material\n", True),
        ("theme: {name: material}\nplugins: {search: {}, apiguide: {release: a}}\n", True),
        ("theme: material\nplugins: [material/search, apiguide]\nmarkdown_extensions: [toc: {a: 1}]\n", True),
        (
            "theme: material\nmarkdown_extensions: {pymdownx.emoji: {index: !!python/name:material.x }}\n",
            True,
        ),
        ("theme: {name: material, custom_dir: own}\n", False),
        ("theme: {custom_dir: own}\n", False),
        ("theme: mkdocs\n", False),
        ("theme: material\nhooks: [a.py]\n", False),
        ("theme: material\nINHERIT: a.yml\n", False),
        ("theme: material\nsite_name: !ENV NAME\n", False),
        ("theme: material\nplugins: [search, apiguide, minify]\n", False),
        ("theme: material\nplugins: [search, apiguide, redirects: {a: b}]\n", False),
        ("theme: material\nmarkdown_extensions: [pymdownx.snippets]\n", False),
        ("theme: material\nmarkdown_extensions: [{our.extension: {a: 1}}]\n", False),
        ("theme: material\nmarkdown_extensions: {markdown_include.include: {}}\n", False),
        ("theme: material\ncopyright: !!python/object/apply:os.getenv [A]\n", False),
        ("theme: material\nmarkdown_extensions: [pymdownx.emoji: {options: {custom_icons: [a]}}]\n", False),
        ("theme: material\nextra_templates: [a.txt]\n", False),
        ("theme: material\nmarkdown_extensions: [toc: {slugify: !!python/name:our.slug }]\n", False),
        ("theme: material\nmarkdown_extensions: [toc: {slugify: !!python/name:pymdownx.a }]\n", True),
        ("theme: material\nx: 2024-02-30\n", False),
        ("theme: [material\n", False),
        ("", False),
    ],
)
def test_what_may_show_anything_anywhere_is_not_plain(tmp_path: Path, text: str, plain: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert is_plain(tmp_path) is plain


def test_no_settings_are_not_plain(tmp_path: Path) -> None:
    assert not is_plain(tmp_path)
    (tmp_path / "mkdocs.yml").write_bytes(b"\xff")
    assert not is_plain(tmp_path)
