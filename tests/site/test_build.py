import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.parcels import write

from apiguide.checks import check
from apiguide.cli import main
from apiguide.site.build import TargetError, build, build_alone
from apiguide.site.build_errors import BuildError

OLD, NEW = "2024-10-01", "2025-04-01"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "guide")
    return tmp_path / "guide"


def make(root: Path, *releases: str, site: Path | None = None) -> Path:
    site = site or root / "site"
    build(check(root), releases or [OLD, NEW], site)
    return site


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def append(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_each_release_has_a_folder_and_the_newest_is_there_as_latest_too(root: Path) -> None:
    site = make(root, OLD, NEW)
    assert {path.name for path in site.iterdir()} >= {OLD, NEW, "latest", "index.html"}
    assert "same_day" in (site / NEW / "shipments/create/index.html").read_text(encoding="utf-8")
    assert "same_day" not in (site / OLD / "shipments/create/index.html").read_text(encoding="utf-8")
    assert "same_day" in (site / "latest/shipments/create/index.html").read_text(encoding="utf-8")
    assert 'url=latest/"' in (site / "index.html").read_text(encoding="utf-8")


def test_a_new_build_takes_the_place_of_the_old_one_as_a_whole(root: Path) -> None:
    site = make(root, OLD, NEW)
    make(root, NEW)
    assert not (site / OLD).exists()
    assert [path.name for path in root.iterdir() if "site" in path.name] == ["site"]


def test_two_builds_of_one_guide_are_alike_wherever_they_are_made(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "another folder" / "guide of mine"
    write(other)
    assert contents(make(root, OLD, NEW)) == contents(make(other, OLD, NEW, site=tmp_path / "elsewhere"))


def faulty_link(root: Path) -> str:
    append(root / "docs/index.md", "\n[Prices](prices.md)\n")
    return "prices.md"


def faulty_settings(root: Path) -> str:
    (root / "mkdocs.yml").write_text("site_name: [Guide\n", encoding="utf-8")
    return "mkdocs.yml"


def no_settings(root: Path) -> str:
    (root / "mkdocs.yml").unlink()
    return "there is no mkdocs.yml"


def no_plugin(root: Path) -> str:
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text.replace("- apiguide", "# - apiguide"), encoding="utf-8")
    return "does not list the plugin `apiguide`"


def pages_elsewhere(root: Path) -> str:
    (root / "docs").rename(root / "content")
    append(root / "mkdocs.yml", "docs_dir: content\n")
    return "`docs_dir` in mkdocs.yml must be `docs`"


def addresses_of_files(root: Path) -> str:
    append(root / "mkdocs.yml", "use_directory_urls: false\n")
    return "`use_directory_urls` must be true"


def macro_that_is_no_jinja(root: Path) -> str:
    append(root / "macros/endpoint.html.jinja", "{% macro endpoint(page) %}\n{{ page.title }}\n")
    return "macros/endpoint.html.jinja:2: Unexpected end of template"


def macro_that_wants_what_is_not_there(root: Path) -> str:
    append(
        root / "macros/endpoint.html.jinja", "{% macro endpoint(page) %}\n{{ page.titel }}{% endmacro %}\n"
    )
    return "macros/endpoint.html.jinja:2: "


def theme_that_is_wrong(text: str) -> Callable[[Path], str]:
    def write_theme(root: Path) -> str:
        append(
            root / "own/main.html",
            f'{{% extends "base.html" %}}\n{{% block announce %}}{text}{{% endblock %}}',
        )
        settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
        settings = settings.replace("name: material", "name: material\n  custom_dir: own")
        (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
        return "own/main.html:2: "

    return write_theme


@pytest.mark.parametrize(
    "fault",
    [
        theme_that_is_wrong("{{ 1 / 0 }}"),
        theme_that_is_wrong("{{ there.is.none }}"),
        theme_that_is_wrong("{{ page"),
        faulty_link,
        faulty_settings,
        no_settings,
        no_plugin,
        pages_elsewhere,
        addresses_of_files,
        macro_that_is_no_jinja,
        macro_that_wants_what_is_not_there,
    ],
)
def test_a_fault_that_shows_while_building_leaves_the_old_site(
    root: Path, fault: Callable[[Path], str]
) -> None:
    site = make(root)
    before = contents(site)
    said = fault(root)
    result = CliRunner().invoke(main, ["build", "--root", str(root)])
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert contents(site) == before
    assert [path.name for path in root.iterdir() if "site" in path.name] == ["site"]


def test_it_says_which_release_it_is_at(root: Path) -> None:
    arguments = ["build", "--root", str(root), "--release", NEW, "--release", OLD]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    said = result.stderr.splitlines()
    built = [re.fullmatch(r"built release (\S+) \((\d) of 2\)", line) for line in said[:2]]
    assert {each[1] for each in built if each} == {OLD, NEW}
    assert [each[2] for each in built if each] == ["1", "2"]
    assert said[2:] == [f"to read it: python3 -m http.server --directory {root / 'site'}"]
    assert result.stdout.startswith(f"built {OLD}, {NEW} into {root / 'site'}/")


def test_a_folder_of_other_files_is_never_replaced(root: Path) -> None:
    append(root / "docs" / "more.md", "# More\n")
    before = contents(root)
    for location in (root / "docs", root, root.parent, root / "mkdocs.yml"):
        with pytest.raises(TargetError, match="--site-dir"):
            make(root, site=location)
    assert contents(root) == before
    assert CliRunner().invoke(main, ["build", "--root", str(root), "--site-dir", str(root)]).exit_code == 2


@pytest.mark.parametrize("is_alone", [False, True])
def test_pages_show_the_title_of_the_guide_whatever_mkdocs_is_told(root: Path, is_alone: bool) -> None:
    for name, old, new in (
        ("reference/guide.yaml", "title: Parcel API Guide", 'title: Parcels & "more" <b>'),
        ("mkdocs.yml", "site_name: Parcel API Guide", "site_name: Something else"),
    ):
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    if is_alone:
        build_alone(check(root), NEW, root / "alone", "")
    site = root / "alone" if is_alone else make(root, NEW) / NEW
    shown = "Parcels &amp; &quot;more&quot; &lt;b&gt;"
    for name in ("index.html", "404.html", "shipments/get/index.html"):
        page = (site / name).read_text(encoding="utf-8")
        assert "Something else" not in page
        assert re.search(rf"<title>[^<]*{shown}[^<]*</title>", page)
        is_framed = re.search(rf'class="md-header__topic">\s*<span class="md-ellipsis">\s*{shown}', page)
        assert name == "404.html" or (is_framed and f'title="{shown}"' in page)


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right there")
def test_a_link_to_the_sites_folder_stays_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    (root / "site").symlink_to(tmp_path / "published")
    for _ in range(2):
        make(root)
        assert (root / "site").is_symlink()
        assert (tmp_path / "published" / "latest" / "index.html").is_file()


@pytest.mark.parametrize("name", ["../../outside", "a/b", "..", ".hidden", "latest", "Index.html", "1.0\\2"])
def test_a_releases_name_cannot_lead_out_of_the_site(root: Path, tmp_path: Path, name: str) -> None:
    guide = root / "reference/guide.yaml"
    text = guide.read_text(encoding="utf-8").replace(f'release: "{OLD}"', f"release: '{name}'")
    guide.write_text(text, encoding="utf-8")
    before = contents(tmp_path)
    checked = check(root)
    assert checked.guide is not None
    with pytest.raises(BuildError, match="bad-release"):
        build(checked, [name], root / "site")
    assert contents(tmp_path) == before


def test_a_release_that_the_guide_lacks_is_not_built(root: Path) -> None:
    with pytest.raises(BuildError, match=f"it has {OLD}, {NEW}"):
        make(root, "2030-01-01")


def test_all_releases_that_are_out_are_built_unless_some_are_named(root: Path) -> None:
    result = CliRunner().invoke(main, ["build", "--root", str(root)])
    assert result.exit_code == 0
    assert {path.name for path in (root / "site").iterdir()} == {OLD, NEW, "latest", *FRONT}


FRONT = ["404.html", "apiguide.json", "index.html", "robots.txt", "sitemap.xml", "versions.json"]


def test_what_editors_leave_is_no_part_of_a_site(root: Path) -> None:
    before = contents(make(root))
    append(root / "docs/index.md~", "# Old")
    append(root / "docs/#index.md#", "# Not saved")
    append(root / "docs/.draft.md", "# Draft")
    append(root / "docs/.obsidian/note.md", "# Note")
    (root / "docs/.#index.md").symlink_to("me@here.4711")
    assert contents(make(root)) == before


def test_a_page_that_mkdocs_leaves_out_is_not_in_the_navigation(root: Path) -> None:
    before = contents(make(root))
    append(root / "docs/drafts/later.md", "# Later")
    append(root / "docs/templates/page.md", "# Page")
    append(root / "docs/.hidden.md", "<script>alert(1)</script>")
    append(root / "mkdocs.yml", "\nexclude_docs: |\n  /drafts/\n  !.hidden.md\n")
    assert contents(make(root)) == before
    append(root / "docs/aside.md", "# Aside")
    append(root / "mkdocs.yml", "\nnot_in_nav: aside.md\n")
    site = make(root)
    assert "Aside" in (site / "latest/aside/index.html").read_text(encoding="utf-8")
    assert "Aside" not in (site / "latest/index.html").read_text(encoding="utf-8")


def test_a_promise_may_begin_after_the_first_release(root: Path) -> None:
    append(root / "reference/guide.yaml", f'compatible_since: "{NEW}"\n')
    site = make(root)
    assert "Compatibility" in (site / NEW / "compatibility/index.html").read_text(encoding="utf-8")
    assert NEW in (site / OLD / "compatibility/index.html").read_text(encoding="utf-8")


def test_a_theme_may_be_the_projects_alone(root: Path) -> None:
    append(root / "own/main.html", "<title>{{ page.title }}</title>{{ page.content }}")
    append(root / "own/404.html", "Not found")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(
        r"theme:\n(  .*\n)+", "theme: {name: null, custom_dir: own, static_templates: [404.html]}\n", settings
    )
    (root / "mkdocs.yml").write_text(re.sub(r"  - search.*\n(      .*\n)*", "", settings), encoding="utf-8")
    page = make(root) / "latest/shipments/get/index.html"
    assert "<title>Get shipment</title>" in page.read_text(encoding="utf-8")
