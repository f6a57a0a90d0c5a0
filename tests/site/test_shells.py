"""What stands around a page is rendered once for many, and is on each page what the theme itself renders."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.model import resource_id
from apiguide.site.build import build, build_alone
from apiguide.site.shells import Shells
from apiguide.view import GuideView

ROOT = Path(__file__).parents[2]


def files(folder: Path) -> dict[str, bytes]:
    """The files of a site by their paths."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def test_pages_are_byte_for_byte_those_that_the_theme_renders_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(ROOT)
    build(checked, ["3.0", "3.1"], tmp_path / "shells")
    asked: list[object] = []
    monkeypatch.setattr(Shells, "_shell", lambda _self, page, _values: asked.append(page))
    build(checked, ["3.0"], tmp_path / "theme")
    in_shells, by_theme = files(tmp_path / "shells" / "3.0"), files(tmp_path / "theme" / "3.0")
    assert len(by_theme) > 500
    assert differing(in_shells, by_theme) == []


def test_pages_written_side_by_side_are_those_that_are_written_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(ROOT)
    build_alone(checked, "3.0", tmp_path / "many", "http://guide.test/")
    monkeypatch.setattr("apiguide.site.plugin.MANY", 10_000)
    build_alone(checked, "3.0", tmp_path / "one", "http://guide.test/")
    assert differing(files(tmp_path / "many"), files(tmp_path / "one")) == []


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("page.file.src_uri", lambda id_, _view: f"{id_}.md"),
        ("page.parent.title", lambda id_, view: view.resources[resource_id(id_)].title),
    ],
)
def test_a_theme_that_shows_more_of_a_page_than_shells_know_is_not_taken_for_granted(
    write_parcels: Callable[[Path], Path],
    tmp_path: Path,
    shown: str,
    meant: Callable[[str, GuideView], str],
) -> None:
    parcels = write_parcels(tmp_path / "guide")
    overrides = parcels / "overrides"
    overrides.mkdir()
    (overrides / "main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}'
        f'<meta name="more" content="{{{{ {shown} if page }}}}">{{% endblock %}}'
    )
    config = parcels / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material", "name: material\n  custom_dir: overrides"))
    checked = check(parcels)
    assert checked.guide is not None
    build(checked, checked.guide.published, tmp_path / "site")
    release = checked.guide.newest
    view = checked.views[release]
    for page in view.endpoints:
        text = (tmp_path / "site" / release / page / "index.html").read_text()
        assert f'<meta name="more" content="{meant(page, view)}">' in text
