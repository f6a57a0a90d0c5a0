"""What stands around a page: the sidebar, blocks kept for many pages, other themes, other plugins."""

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.parcels import write

from apiguide.checks import check
from apiguide.cli import main
from apiguide.problems import report
from apiguide.site.build import build, build_alone
from apiguide.site.build_errors import BuildError
from apiguide.site.layout import THEME, Layout

ROOT = Path(__file__).parents[2]
NEWEST = "2025-04-01"
NO_INDEX = '<meta name="robots" content="noindex">'

GROUPS = {"x": ("one", "two"), "y": ("three", "four"), "z": ("five", "six")}
ENDPOINT = """\
title: {title}
method: GET
path: /{resource}/{number}
description: Returns one.
responses: {{200: {{}}}}
"""


def write_groups(folder: Path, **others: str) -> Path:
    """Writes a guide of three groups with two resources of three endpoints each."""
    write(folder)
    shutil.rmtree(folder / "reference/shipments")
    (folder / "docs/index.md").write_text("# Home\n")
    guide = folder / "reference/guide.yaml"
    text = re.sub(r"groups:\n( .*\n)*", "", guide.read_text())
    groups = "".join(f"  - {{id: {id_}, title: Group {id_}}}\n" for id_ in GROUPS)
    guide.write_text(f"{text}\ngroups:\n{groups}")
    for group, resources in GROUPS.items():
        for resource in resources:
            location = folder / "reference" / resource
            location.mkdir()
            (location / "resource.yaml").write_text(
                f"title: Resource {resource}\ngroup: {group}\ndescription: Some.\n"
            )
            for number in ("a", "b", "c"):
                title = f"Endpoint {number} & {resource}"
                text = ENDPOINT.format(title=title, resource=resource, number=number)
                (location / f"{number}.yaml").write_text(text)
    for name, text in others.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def set_theme(root: Path, *, features: str = "[]", settings: str = "") -> None:
    """Gives the guide's theme other features, its own templates if there are any, and more settings."""
    config = root / "mkdocs.yml"
    text = re.sub(r"  features:.*\n(    .*\n)*", f"  features: {features}\n", config.read_text())
    if (root / "own").is_dir():
        text = text.replace("name: material", "name: material\n  custom_dir: own")
    config.write_text(f"{text}\n{settings}\n")


def built(root: Path, site: Path, *releases: str) -> Path:
    checked = check(root)
    assert checked.is_good, report(checked.problems)
    build(checked, releases or [NEWEST], site)
    return site / (releases or [NEWEST])[0]


def read(folder: Path, url: str) -> str:
    return (folder / url / "index.html").read_text(encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """The files of a site by their paths."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


# What is kept.


def announced(what: str) -> str:
    return f'{{% extends "base.html" %}}{{% block announce %}}{what}{{% endblock %}}'


HOOK = """\
def on_page_context(context, page, config, nav):
    if page.url.startswith("four/"):
        context["config"] = {**config, "site_name": "Four"}
"""
LAYOUTS: dict[str, tuple[dict[str, str], str, str]] = {
    "pages in folders of the same names": (
        {"docs/one/more.md": "# More\n", "docs/three/deep/more.md": "# All\n", "docs/assets/a.md": "# A\n"},
        "[navigation.sections]",
        "extra_javascript: [assets/a.js]\nextra_css: [one/a.css]",
    ),
    "all that the navigation can do": (
        {"docs/two/deep/more.md": "# More\n"},
        "[navigation.tabs, navigation.tabs.sticky, navigation.path, navigation.footer, toc.integrate]",
        "extra: {homepage: two/b/, social: [{icon: material/home, link: 'https://guide.example/'}]}",
    ),
    "blocks that ask for the page": (
        {
            "own/main.html": announced("{{ 'Beta' if page and page.url.startswith('four/') }}")
            + "{% block header %}{{ super() if page.url != 'one/a/' }}{% endblock %}"
            + "{% block scripts %}{{ super() }}<script>/* {{ page.title }} */</script>{% endblock %}"
        },
        "[]",
        "",
    ),
    "parts that ask for the page": (
        {
            "own/partials/copyright.html": "<p>{{ page.title }}</p>",
            "own/partials/logo.html": "{{ page.url }}",
        },
        "[]",
        "",
    ),
    "a hook that changes what pages are told": ({"hook.py": HOOK}, "[]", "hooks: [hook.py]"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_kept_is_what_each_page_would_have_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    others, features, settings = LAYOUTS[layout]
    root = write_groups(tmp_path / "guide", **others)
    set_theme(root, features=features, settings=settings)
    kept = files(built(root, tmp_path / "kept"))
    assert len(kept) > 25
    init = Layout.__init__
    monkeypatch.setattr(Layout, "__init__", lambda *a, **options: init(*a, **(options | {"keeps": False})))
    assert differing(kept, files(built(root, tmp_path / "each"))) == []


def test_what_depends_on_the_page_is_not_kept(tmp_path: Path) -> None:
    root = write_groups(tmp_path / "guide", **LAYOUTS["parts that ask for the page"][0])
    set_theme(root)
    page = read(built(root, tmp_path / "site"), "four/b")
    assert "<p>Endpoint b &amp; four</p>" in page
    assert 'data-md-component="logo">four/b/</a>' in page


def test_pages_written_side_by_side_are_those_that_are_written_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(ROOT)
    build_alone(checked, "3.0", tmp_path / "many", "http://guide.test/")
    monkeypatch.setattr("apiguide.site.plugin.MANY", 10_000)
    build_alone(checked, "3.0", tmp_path / "one", "http://guide.test/")
    many = files(tmp_path / "many")
    assert len(many) > 300
    assert differing(many, files(tmp_path / "one")) == []


@pytest.mark.parametrize(
    ("shown", "meant"), [("page.file.src_uri", "four/b.md"), ("page.parent.title", "Resource four")]
)
def test_templates_of_a_project_may_show_anything_of_a_page(tmp_path: Path, shown: str, meant: str) -> None:
    root = write_groups(
        tmp_path / "guide",
        **{
            "own/main.html": '{% extends "base.html" %}{% block extrahead %}'
            f'<meta name="more" content="{{{{ {shown} if page }}}}">{{% endblock %}}'
        },
    )
    set_theme(root)
    assert f'<meta name="more" content="{meant}">' in read(built(root, tmp_path / "site"), "four/b")


# The sidebar.


class Sidebar(HTMLParser):
    """The entries of a sidebar: level, text, link, and what marks them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.level = 0
        self.entries: list[tuple[int, str, str | None]] = []
        self.current: list[str] = []
        self.opened: list[bool] = []
        self.tag, self.href, self.is_current = "", None, False
        start = page.index('<nav class="ag-nav')
        self.feed(page[start : page.index("</nav>", start)])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "ul":
            self.level += 1
        if tag == "details":
            self.opened.append("open" in found)
        self.tag, self.href, self.is_current = tag, found.get("href"), found.get("aria-current") == "page"

    def handle_endtag(self, tag: str) -> None:
        if tag == "ul":
            self.level -= 1
        self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag in ("a", "span", "summary") and data.strip():
            self.entries.append((self.level, data, self.href))
            if self.is_current:
                self.current.append(data)


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with pages in folders, and sections."""
    root = write_groups(
        tmp_path_factory.mktemp("groups") / "guide",
        **{
            "docs/start/index.md": "# Begin\n",
            "docs/start/first.md": "# First steps\n\n## One\n\n### Deep\n\n## Two\n",
            "docs/topics/errors.md": "# Errors\n",
            "docs/topics/deep/limits.md": "# Limits\n",
        },
    )
    set_theme(
        root,
        features="[navigation.sections]",
        settings="nav: [index.md, Start: [start/index.md, start/first.md], "
        "Topics: [topics/errors.md, Deep: [topics/deep/limits.md], Else: 'https://else.example/']]",
    )
    return built(root, root / "site")


def test_the_sidebar_lists_all_resources_and_the_endpoints_of_the_one_shown(grouped: Path) -> None:
    sidebar = Sidebar(read(grouped, "four/b"))
    resources = [text for level, text, _ in sidebar.entries if text.startswith("Resource ")]
    assert sorted(resources) == sorted(f"Resource {name}" for names in GROUPS.values() for name in names)
    endpoints = [(text, href) for _, text, href in sidebar.entries if text.startswith("Endpoint ")]
    assert [href for _, href in endpoints] == [f"../../four/{n}/" for n in "abc"]
    assert sidebar.current == ["Endpoint b & four"]
    levels = {text: level for level, text, _ in sidebar.entries}
    assert (levels["Group y"], levels["Resource four"], levels["Endpoint b & four"]) == (1, 2, 3)


def test_the_page_of_a_resource_is_its_entry(grouped: Path) -> None:
    sidebar = Sidebar(read(grouped, "four"))
    assert sidebar.current == ["Resource four"]
    assert (2, "Resource four", "../four/") in sidebar.entries
    assert (3, "Endpoint a & four", "../four/a/") in sidebar.entries


def test_pages_of_docs_are_in_the_same_sidebar(grouped: Path) -> None:
    home = Sidebar(read(grouped, ""))
    assert home.current == ["Home"]
    assert [(level, text) for level, text, _ in home.entries][:6] == [
        (1, "Home"),
        (1, "Start"),
        (1, "Topics"),
        (2, "Errors"),
        (2, "Deep"),
        (3, "Limits"),
    ]
    assert (2, "Else", "https://else.example/") in home.entries
    assert home.opened == [False]
    first = Sidebar(read(grouped, "start/first"))
    assert first.current == ["First steps"]
    assert (1, "Start", "../../start/") in first.entries
    assert [text for _, text, href in first.entries if href and href.startswith("#")] == ["One", "Two"]
    assert Sidebar(read(grouped, "topics/deep/limits")).opened == [True]


def test_without_sections_groups_fold_unless_they_are_expanded(tmp_path: Path) -> None:
    root = write_groups(tmp_path / "guide")
    set_theme(root)
    assert Sidebar(read(built(root, tmp_path / "site"), "four/b")).opened == [False, True, False]
    set_theme(root, features="[navigation.expand]")
    assert Sidebar(read(built(root, tmp_path / "site"), "four/b")).opened == [True, True, True]


def test_a_page_that_is_nowhere_in_the_navigation_has_it_too(tmp_path: Path) -> None:
    root = write_groups(tmp_path / "guide", **{"docs/aside.md": "# Aside\n"})
    set_theme(root, settings="not_in_nav: aside.md")
    sidebar = Sidebar(read(built(root, tmp_path / "site"), "aside"))
    assert sidebar.current == []
    assert (2, "Resource six", "../six/") in sidebar.entries


# Files of the theme.


def test_no_file_is_there_that_no_page_asks_for(grouped: Path) -> None:
    names = files(grouped)
    assert [name for name in names if name.endswith(".map") or "/lunr/" in name] == []
    assert "mask-image" in names["assets/icons.css"].decode()


def test_a_file_of_docs_stays_whatever_it_is_called(tmp_path: Path) -> None:
    root = write_groups(tmp_path / "guide", **{"docs/a.map": "{}", "docs/a/lunr/b.txt": "b"})
    set_theme(root)
    site = built(root, tmp_path / "site")
    assert (site / "a.map").is_file()
    assert (site / "a/lunr/b.txt").is_file()


def test_the_language_of_a_guide_needs_no_more_files(tmp_path: Path) -> None:
    root = write_groups(tmp_path / "guide")
    set_theme(root)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material", "name: material\n  language: de"))
    site = built(root, tmp_path / "site")
    assert [name for name in files(site) if "/lunr/" in name or "/workers/" in name] == []
    page = read(site, "four/b")
    assert '<html lang="de"' in page
    assert 'aria-label="Suche"' in page


# Other themes and plugins.


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_another_theme_renders_each_page_itself(
    write_parcels: Callable[[Path], Path], tmp_path: Path, theme: str
) -> None:
    root = write_parcels(tmp_path / "guide")
    config = root / "mkdocs.yml"
    config.write_text(re.sub(r"theme:\n(  .*\n)+", f"theme: {theme}\n", config.read_text()))
    old = built(root, tmp_path / "site", "2025-04-01", "2025-10-01")
    page = read(old, "shipments/create")
    assert "This is the guide of release 2025-04-01." in page
    assert "<title>Create shipment - Parcel API Guide 2025-04-01</title>" in page
    assert "<title>Parcel API Guide 2025-04-01</title>" in read(old, "")
    assert NO_INDEX in page
    assert NO_INDEX in read(old, "")
    assert 'rel="canonical" href="https://guide.example/latest/shipments/create/"' in page
    newest = read(tmp_path / "site/latest", "shipments/create")
    assert NO_INDEX not in newest
    assert "ag-banner" not in newest
    assert '<a href="../../../2025-04-01/shipments/create/">2025-04-01</a>' in newest


def test_a_blog_is_built_beside_the_reference(write_parcels: Callable[[Path], Path], tmp_path: Path) -> None:
    root = write_parcels(tmp_path / "guide")
    posts = root / "docs/blog/posts"
    posts.mkdir(parents=True)
    (root / "docs/blog/index.md").write_text("# News\n")
    (posts / "first.md").write_text("---\ndate: 2025-05-01\n---\n# First\n\nAll of it.\n")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("plugins:\n", "plugins:\n  - blog\n"))
    built(root, tmp_path / "site", "2024-10-01", "2025-04-01", "2025-10-01")
    for release in ("2024-10-01", "2025-04-01", "latest"):
        assert "All of it." in read(tmp_path / "site" / release, "blog/2025/05/01/first")


def test_offline_is_refused_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path / "guide")
    config = tmp_path / "guide/mkdocs.yml"
    config.write_text(config.read_text().replace("plugins:\n", "plugins:\n  - offline\n"))
    with pytest.raises(BuildError, match=r"`use_directory_urls`.* must be true.*`offline`"):
        build(check(tmp_path / "guide"), [NEWEST], tmp_path / "site")


def test_an_error_of_a_hook_is_told_as_the_hooks(tmp_path: Path) -> None:
    write(tmp_path / "guide")
    (tmp_path / "guide/hook.py").write_text("def on_nav(nav, config, files):\n    return nav.there_is_none\n")
    with (tmp_path / "guide/mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    result = CliRunner().invoke(main, ["build", "--root", str(tmp_path / "guide"), "--release", NEWEST])
    assert result.exit_code == 1
    assert re.search(r"hook\.py:2: on_nav: AttributeError: .*there_is_none", result.stderr)
    assert "maintainers" not in result.stderr


def test_a_warning_of_a_plugin_that_ends_a_build_is_told_as_that_and_may_be_let_pass(tmp_path: Path) -> None:
    write(tmp_path / "guide")
    (tmp_path / "guide/hook.py").write_text(
        "import logging\n\n\ndef on_nav(nav, config, files):\n"
        "    logging.getLogger('mkdocs.plugins.weather').warning('it rains')\n"
    )
    (tmp_path / "guide/quiet.py").write_text(
        "import logging\n\nlogging.getLogger('mkdocs.plugins.weather').setLevel('ERROR')\n"
    )
    config = tmp_path / "guide/mkdocs.yml"
    config.write_text(f"{config.read_text()}hooks: [hook.py]\n")
    command = ["build", "--root", str(tmp_path / "guide"), "--release", NEWEST]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "warning of the plugin `weather`: it rains" in result.stderr
    config.write_text(config.read_text().replace("[hook.py]", "[hook.py, quiet.py]"))
    assert CliRunner().invoke(main, command).exit_code == 0


def test_the_stylesheet_names_no_side_that_another_direction_would_swap() -> None:
    css = (THEME / "assets/apiguide.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    sided = re.compile(
        r"[^;{}]*\b(?:margin|padding|border|inset)-(?:left|right)[^;]*|\btext-align: (?:left|right)"
        r"|(?:^|[;{]\s*)(?:left|right|float):[^;]*"
        r"|\b(?:margin|padding|border-width): (?:[^\s;]+ ){3}[^\s;]+;",
        re.MULTILINE,
    )
    assert [each[0].strip() for each in sided.finditer(css)] == []
