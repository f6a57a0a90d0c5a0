"""What says on each page which release its guide is of: the header and the title, in a real browser."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from tests.parcels import write

from apiguide.checks import check
from apiguide.site.build import build, build_alone
from apiguide.site.manifest import load
from apiguide.site.verify import faults

OLD, MIDDLE, NEW = RELEASES = ("2024-10-01", "2025-04-01", "2025-10-01")
CREATE = "shipments/create/"
WIDTHS = [360, 768, 1280, 1920]
PLANNED = "2026-04-01"
ENDPOINT = "title: List vans\nmethod: GET\npath: /vans\ndescription: Returns all.\nresponses: {200: {}}\n"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(parcels: Path, serve: Callable[[Path], str]) -> str:
    return serve(parcels / "site")


def scroll_to_end(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def is_seen(element: Locator) -> bool:
    """Whether it is in the window, and nothing makes it transparent or lies over it."""
    return bool(
        element.evaluate("""each => {
            const {left, top, right, bottom} = each.getBoundingClientRect()
            const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
            const isOpaque = each.checkVisibility({opacityProperty: true, visibilityProperty: true})
            return isOpaque && left >= 0 && right <= innerWidth && top >= 0 && each.contains(found)
        }""")
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_selector_can_be_used_however_far_one_has_read(base: str, visit: Any, width: int) -> None:
    page = visit(base, viewport={"width": width, "height": 500}).open(f"{MIDDLE}/{CREATE}")
    selector = page.locator(".md-version__current")
    assert is_seen(selector)
    scroll_to_end(page)
    page.locator(".md-header__title--active").wait_for()
    assert selector.inner_text() == MIDDLE
    assert is_seen(selector)
    selector.click()
    page.locator(".md-version__link", has_text=OLD).click()
    page.wait_for_url(f"**/{OLD}/{CREATE}")


def test_the_selector_takes_the_place_of_the_link(base: str, visit: Any) -> None:
    page = visit(base).open(f"{MIDDLE}/{CREATE}")
    expect(page.locator(".ag-release .md-version__current")).to_be_visible()
    expect(page.locator(".ag-release > a")).to_be_hidden()


def test_the_selector_tells_those_who_do_not_see_it_which_release_is_shown(base: str, visit: Any) -> None:
    page = visit(base).open(f"latest/{CREATE}")
    expect(page.locator(".md-version__current")).to_have_accessible_name(f"Select version: {NEW}")


@pytest.mark.parametrize("width", WIDTHS)
def test_without_javascript_a_link_to_the_other_releases_is_there(base: str, visit: Any, width: int) -> None:
    options = {"viewport": {"width": width, "height": 500}, "java_script_enabled": False}
    page = visit(base, **options).open(f"{MIDDLE}/{CREATE}")
    link = page.get_by_role("link", name=f"Release {MIDDLE}")
    assert link.inner_text() == MIDDLE
    releases = page.get_by_role("navigation", name="Releases")
    expect(releases).not_to_be_in_viewport()
    link.click()
    expect(releases).to_be_in_viewport()
    expect(link).to_be_in_viewport()
    assert link.evaluate("each => getComputedStyle(each).pointerEvents") == "auto"


def header_color(page: Page) -> str:
    return str(page.locator(".md-header").evaluate("each => getComputedStyle(each).backgroundColor"))


def unread(page: Page, context: str) -> list[str]:
    """The texts in a part of the page with too little contrast, and links that only their color tells."""
    rules = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    found = Axe().run(page, context=context, options=rules).response
    assert found["passes"], "there is text"
    results = [*found["violations"], *found["incomplete"]]
    return [node["html"] for result in results for node in result["nodes"]]


@pytest.fixture(scope="module")
def blue(
    write_parcels: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
    build_site: Callable[..., Path],
    serve: Callable[[Path], str],
) -> str:
    """The address of the guide of parcels with a header in a color of Material's."""
    root = write_parcels(tmp_path_factory.mktemp("blue") / "guide")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("primary: custom", "primary: indigo"))
    return serve(build_site(root, root / "site"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_header_of_any_color_the_release_can_be_read(blue: str, visit: Any, scheme: str) -> None:
    visitor = visit(blue, color_scheme=scheme, viewport={"width": 1280, "height": 700})
    page = visitor.open(f"latest/{CREATE}")
    assert unread(page, ".ag-release") == []
    newest = header_color(page)
    page = visitor.open(f"{OLD}/{CREATE}")
    assert header_color(page) != newest
    assert unread(page, ".md-header") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_header_of_an_old_guide_has_another_color_and_all_in_it_can_be_read(
    base: str, visit: Any, scheme: str
) -> None:
    visitor = visit(base, color_scheme=scheme, viewport={"width": 1280, "height": 700})
    newest = header_color(visitor.open(f"latest/{CREATE}"))
    assert header_color(visitor.open(f"{NEW}/{CREATE}")) == newest
    for release in (OLD, MIDDLE):
        page = visitor.open(f"{release}/{CREATE}")
        assert header_color(page) != newest
        page.locator(".md-version__current").focus()
        page.wait_for_function(
            "getComputedStyle(document.querySelector('.md-version__list')).opacity === '1'"
        )
        for context in (".md-header", ".ag-banner", ".ag-release-links"):
            assert unread(page, context) == []


def test_a_planned_release_has_the_color_of_old_ones(
    base: str, visit: Any, planned: Path, serve: Callable[[Path], str]
) -> None:
    visitor = visit(base)
    old = header_color(visitor.open(f"{OLD}/"))
    assert header_color(visit(serve(planned)).open(f"{PLANNED}/")) == old


@pytest.fixture(scope="module")
def planned(write_parcels: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a planned release, whose home page and one more have templates of the project's own."""
    root = write_parcels(tmp_path_factory.mktemp("planned") / "guide")
    guide = root / "reference/guide.yaml"
    last = f'  - {{release: "{NEW}"}}\n'
    text = guide.read_text()
    guide.write_text(text.replace(last, f'{last}  - {{release: "{PLANNED}", status: planned}}\n'))
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material", "name: material\n  custom_dir: own"))
    (root / "own").mkdir()
    (root / "own/poster.html").write_text('{% extends "main.html" %}{% block content %}Hi{% endblock %}')
    (root / "own/404.html").write_text('{% extends "main.html" %}{% block content %}No{% endblock %}')
    (root / "docs/poster.md").write_text("---\ntemplate: poster.html\n---\n# Poster\n")
    build(check(root), [NEW, PLANNED], root / "site")
    return root / "site"


def test_a_page_without_the_list_of_releases_does_not_lead_to_it(planned: Path) -> None:
    for page in (planned / NEW / "poster/index.html", planned / "404.html"):
        text = page.read_text(encoding="utf-8")
        assert f'ag-release"><span>{NEW}</span>' in text
    assert [each for each in faults(planned, load(planned)) if "ag-releases" in each] == []


def test_each_title_names_the_release(parcels: Path) -> None:
    def titles(folder: str) -> dict[str, str]:
        found = (parcels / "site" / folder).rglob("index.html")
        texts = {path.as_posix(): path.read_text(encoding="utf-8") for path in found}
        pages = {name: text for name, text in texts.items() if 'http-equiv="refresh"' not in text}
        return {name: re.findall(r"<title>(.*?)</title>", text)[0] for name, text in pages.items()}

    for release in RELEASES:
        found = titles(release)
        assert len(found) > 8
        assert all(title.endswith(f"Parcel API Guide {release}") for title in found.values()), found
    assert sorted(titles("latest").values()) == sorted(titles(NEW).values())
    assert titles(OLD)[(parcels / "site" / OLD / "index.html").as_posix()] == f"Parcel API Guide {OLD}"


# One release.


def write_one(folder: Path) -> Path:
    """Writes a guide of one release with one endpoint."""
    write(folder)
    shutil.rmtree(folder / "reference/shipments")
    (folder / "docs/index.md").write_text("# Home\n")
    guide = folder / "reference/guide.yaml"
    guide.write_text(
        re.sub(r"releases:\n(  .*\n)+", f'releases: [{{release: "{NEW}"}}]\n', guide.read_text())
    )
    (folder / "reference/vans").mkdir()
    (folder / "reference/vans/resource.yaml").write_text("title: Vans\ndescription: They are blue.\n")
    (folder / "reference/vans/list.yaml").write_text(ENDPOINT)
    return folder


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_guide_of_one_release_shows_nothing_of_releases(
    tmp_path: Path, serve: Callable[[Path], str], visit: Any, is_alone: bool
) -> None:
    root = write_one(tmp_path / "guide")
    site = root / "site"
    if is_alone:
        build_alone(check(root), NEW, site, "https://guide.example/")
    else:
        build(check(root), [NEW], site)
    visitor = visit(serve(site))
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open(f"{'' if is_alone else 'latest/'}vans/list/")
    assert page.title() == "List vans - Parcel API Guide"
    for part in (".ag-release", ".md-version", ".ag-banner", ".ag-release-links"):
        expect(page.locator(part)).to_have_count(0)
    assert [each for each in asked if "versions.json" in each] == []
    assert visitor.errors == []


# What a reader chooses.


@pytest.fixture(scope="module")
def two_formats(write_parcels: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide of parcels, whose endpoints speak XML too."""
    root = write_parcels(tmp_path_factory.mktemp("formats") / "guide")
    guide = root / "reference/guide.yaml"
    json = "  json: {media_type: application/json, dialect: plain}\n"
    text = guide.read_text()
    assert json in text
    xml = "  xml: {media_type: application/xml, extension: .xml, dialect: rails}\n"
    guide.write_text(text.replace(json, xml + json.replace("dialect", "extension: .json, dialect")))
    build(check(root), RELEASES, root / "site")
    return root


@pytest.mark.parametrize("folder", ["", "docs/api/"])
def test_format_and_palette_are_one_choice_for_all_releases(
    two_formats: Path, tmp_path: Path, serve: Callable[[Path], str], visit: Any, folder: str
) -> None:
    location = tmp_path / "root" / folder
    location.parent.mkdir(parents=True, exist_ok=True)
    location.symlink_to(two_formats / "site", target_is_directory=True)
    visitor = visit(serve(tmp_path / "root") + folder, color_scheme="light")
    page = visitor.open(f"latest/{CREATE}")
    page.locator(".tabbed-labels label", has_text="JSON").first.click()
    page.locator("[data-md-component=palette] label:visible").click()
    for other in (f"{OLD}/{CREATE}", f"{NEW}/shipments/get/", f"{MIDDLE}/"):
        page = visitor.open(other)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        for tabs in page.locator(".tabbed-set").all():
            expect(tabs.locator("input:checked + input, input:checked").last).to_have_attribute(
                "id", re.compile("_2$")
            )


def test_a_project_may_keep_choices_elsewhere(
    parcels: Path, write_parcels: Callable[[Path], Path], tmp_path: Path
) -> None:
    def scopes(site: Path) -> set[str]:
        texts = [page.read_text(encoding="utf-8") for page in (site / NEW).rglob("index.html")]
        return {found for text in texts for found in re.findall(r'__md_scope=new URL\("(.*?)"', text)}

    assert scopes(parcels / "site") == {"./..", "../..", "../../..", "../../../.."} & scopes(parcels / "site")
    root = write_parcels(tmp_path / "guide")
    with (root / "mkdocs.yml").open("a") as config:
        config.write("extra: {scope: /}\n")
    build(check(root), [NEW], root / "site")
    assert scopes(root / "site") == {"/"}
