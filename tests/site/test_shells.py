"""What stands around a page is rendered once for many, and is on each page what the theme itself renders."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from apiguide.checks import check
from apiguide.model import resource_id
from apiguide.problems import report
from apiguide.site.build import build, build_alone
from apiguide.site.pages import GuidePage
from apiguide.site.shells import Shells
from apiguide.starter import write
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


GROUPS = {"x": ("one", "two"), "y": ("three", "four"), "z": ("five", "six")}
CALL = """\
title: {title}
method: GET
path: /{resource}/{number}
description: Returns one.
responses: {{200: {{}}}}
"""


def write_groups(folder: Path) -> None:
    """Writes a guide of three groups with two resources of three calls each."""
    write(folder)
    shutil.rmtree(folder / "reference/shipments")
    (folder / "docs/index.md").write_text("# Home\n")
    guide = folder / "reference/guide.yaml"
    text = re.sub(r"groups:\n( .*\n)*", "", guide.read_text())
    groups = "".join(f"  - {{id: {id_}, title: Group {id_}}}\n" for id_ in GROUPS)
    guide.write_text(f"{text}\ngroups:\n{groups}")
    for group, resources in GROUPS.items():
        for resource in resources:
            place = folder / "reference" / resource
            place.mkdir()
            (place / "resource.yaml").write_text(
                f"title: Resource {resource}\ngroup: {group}\ndescription: Some.\n"
            )
            for number in ("a", "b", "c"):
                title = f"Call {number} of {resource}"
                text = CALL.format(title=title, resource=resource, number=number)
                (place / f"{number}.yaml").write_text(text)


def with_features(settings: str, features: str) -> str:
    """The settings with other features of the theme."""
    return re.sub(r"  features:\n(    .*\n)*", f"  features: {features}\n", settings)


def announced(condition: str) -> str:
    return f'{{% extends "base.html" %}}{{% block announce %}}{condition}{{% endblock %}}'


LAYOUTS: dict[str, tuple[str, dict[str, str]]] = {
    "a page in a resource's folder": (
        "",
        {"docs/one/more.md": "# More\n", "docs/three/deep/more.md": "# All\n"},
    ),
    "sections without pruning": ("[navigation.sections]", {"docs/two/deep/more.md": "# More\n"}),
    "tabs": ("[navigation.tabs]", {}),
    "tabs with sections": ("[navigation.tabs, navigation.sections]", {}),
    "tabs, pruned": ("[navigation.tabs, navigation.prune, navigation.indexes, navigation.path]", {}),
    "a footer": ("[navigation.footer]", {"reference/two/b.yaml": CALL.replace("{title}", "A & B")}),
    "a template that asks for the address": (
        "",
        {"own/main.html": announced("{% if page and page.url.startswith('four/') %}Beta{% endif %}")},
    ),
    "a template that asks for the title in a roundabout way": (
        "",
        {"own/main.html": announced("{% set t %}{{ page.title }}{% endset %}{{ 'b' if 'b of four' in t }}")},
    ),
    "a template that asks after all signs": (
        "",
        {"own/main.html": announced("{{ {'a': {'b': 1}} and ('Beta' if page.url == 'four/b/') }}")},
    ),
    "a template that only shows": (
        "",
        {"own/main.html": announced("{# all #}{{ page.title }} {{ config.site_name }} {{ super() }}")},
    ),
    "a link to a call in what stands around pages": (
        "",
        {"more": "extra: {homepage: two/b/, alternate: [{name: A, link: three/c/#x, lang: en}]}\n"},
    ),
    "a template that asks for the place": (
        "",
        {
            "own/main.html": announced(
                "{{ 'last' if page and page.parent and page.parent.children[-1] == page }}"
            )
        },
    ),
    "a template that asks what a hook says": (
        "",
        {
            "own/main.html": announced("{{ what }}"),
            "hook.py": "def on_page_context(context, page, config, nav):\n"
            "    context['what'] = 'beta' if page.url.startswith('four/') else ''\n",
        },
    ),
    "a hook that changes the settings for a page": (
        "",
        {
            "own/main.html": announced("{{ config.site_name }}"),
            "hook.py": "def on_page_context(context, page, config, nav):\n"
            "    context['config'] = {**config, 'site_name': 'Four'} if page.url == 'four/b/' else config\n",
        },
    ),
    "a hook that hides": (
        "",
        {
            "hook.py": "def on_env(env, config, files):\n"
            "    for file in files.documentation_pages():\n"
            "        if file.url.startswith('four/'):\n"
            "            file.page.meta['hide'] = ['toc']\n",
        },
    ),
    "a hook that renames": (
        "",
        {
            "hook.py": "def on_env(env, config, files):\n"
            "    for file in files.documentation_pages():\n"
            "        if file.url.startswith('four/'):\n"
            "            file.page.title = 'Four'\n",
        },
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whatever_a_theme_shows_a_page_is_what_it_renders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    features, others = LAYOUTS[layout]
    root = tmp_path / "guide"
    write_groups(root)
    for name, text in others.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.format(resource="two", number="b") if name.endswith(".yaml") else text)
    config = root / "mkdocs.yml"
    text = with_features(config.read_text(), features or "[]")
    if (root / "own").is_dir():
        text = text.replace("name: material", "name: material\n  custom_dir: own")
    if (root / "hook.py").is_file():
        text += "hooks: [hook.py]\n"
    text += others.get("more", "")
    config.write_text(text)
    checked = check(root)
    assert checked.is_good, report(checked.problems)
    build(checked, ["2025-04-01"], tmp_path / "shells")

    install = Shells.install

    def plainly(*arguments: Any, **options: Any) -> Shells:
        shells = install(*arguments, **options)
        shells.is_plain = True
        return shells

    monkeypatch.setattr(Shells, "install", plainly)
    build(checked, ["2025-04-01"], tmp_path / "theme")
    assert differing(files(tmp_path / "shells"), files(tmp_path / "theme")) == []


@pytest.mark.parametrize("features", ["[]", "[navigation.footer]", "[navigation.prune, navigation.indexes]"])
def test_few_pages_are_rendered_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, features: str
) -> None:
    write_groups(tmp_path)
    config = tmp_path / "mkdocs.yml"
    text = with_features(config.read_text(), features)
    config.write_text(f"{text}extra: {{social: [{{icon: material/home, link: 'https://guide.example/'}}]}}\n")
    rendered: list[object] = []
    whole = Shells._whole

    def counted(self: Shells, page: GuidePage, values: Mapping[str, Any]) -> str:
        rendered.append(page.url)
        return whole(self, page, values)

    monkeypatch.setattr(Shells, "_whole", counted)
    build(check(tmp_path), ["2025-04-01"], tmp_path / "site")
    assert 0 < len(rendered) <= 12 < len(GROUPS) * 2 * 4


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
