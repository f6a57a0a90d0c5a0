"""The navigation that is rendered once for many pages is, on each page, what the theme itself renders."""

from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.site.build import build
from apiguide.site.sidebar import Sidebars, dense

ROOT = Path(__file__).parents[2]


def pages(folder: Path) -> dict[str, str]:
    """The pages of a site, without the indentation that a browser does not show."""
    files = folder.rglob("*.html")
    return {path.relative_to(folder).as_posix(): dense(path.read_text(encoding="utf-8")) for path in files}


def test_pages_are_those_that_the_theme_renders_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(ROOT)
    build(checked, ["3.0"], tmp_path / "once")
    installed: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(Sidebars, "install", installed.append)
        build(checked, ["3.0"], tmp_path / "each")
    assert installed
    once, each = pages(tmp_path / "once"), pages(tmp_path / "each")
    assert len(once) > 500
    assert once.keys() == each.keys()
    assert [name for name, page in once.items() if page != each[name]] == []
