"""The page for addresses where nothing is, wherever the site stands, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.parcels import write

from apiguide.checks import check
from apiguide.site.build import build, build_alone
from apiguide.site.layout import THEME
from apiguide.site.publish import publish

OLD, MIDDLE, NEW = "2024-10-01", "2025-04-01", "2025-10-01"
LOCATIONS = ["", "docs/api/"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def location(parcels: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`place(folder)`: the root of a web server with the site in a folder that `site_url` does not name."""

    def put(folder: str) -> Path:
        root = tmp_path_factory.mktemp("server") / "root"
        (root / folder).parent.mkdir(parents=True, exist_ok=True)
        (root / folder).symlink_to(parcels / "site", target_is_directory=True)
        return root

    return put


@pytest.fixture(scope="module")
def sites(location: Callable[[str], Path], serve: Callable[..., str]) -> dict[str, str]:
    """The address of the site by its folder."""
    roots = {folder: location(folder) for folder in LOCATIONS}
    return {folder: serve(root, root / folder / "404.html") + folder for folder, root in roots.items()}


def found(page: Page) -> Page:
    """The page when its script has found the site."""
    page.locator("form").wait_for()
    return page


def start(page: Page) -> str:
    """Where the link to the start page leads."""
    return str(page.get_by_role("link", name="the start page of the guide").evaluate("each => each.href"))


@pytest.mark.parametrize("folder", LOCATIONS)
@pytest.mark.parametrize(
    ("missing", "release"),
    [
        (f"{OLD}/gone/", OLD),
        (f"{OLD}/a/b/c/d/gone.html", OLD),
        (f"{NEW}/gone", NEW),
        ("latest/gone/", "latest"),
        ("gone/", "latest"),
        ("9.9/shipments/create/", "latest"),
        ("%/gone", "latest"),
    ],
)
def test_it_leads_into_the_right_guide(
    sites: dict[str, str], visit: Any, folder: str, missing: str, release: str
) -> None:
    base = sites[folder]
    visitor = visit(base)
    page = found(visitor.open(missing))
    assert start(page) == f"{base}{release}/"
    page.get_by_role("link", name="Parcel API Guide").click()
    expect(page.locator(".md-version__current")).to_have_text(NEW if release == "latest" else release)
    assert [
        error for error in visitor.errors if "the server responded with a status of 404" not in error
    ] == []
    assert visitor.elsewhere == []


@pytest.mark.parametrize("folder", LOCATIONS)
def test_an_old_guide_is_named_and_the_newest_offered(sites: dict[str, str], visit: Any, folder: str) -> None:
    page = found(visit(sites[folder]).open(f"{OLD}/gone/"))
    assert page.locator("header span").inner_text() == OLD
    said = page.locator("p").last
    assert said.inner_text() == f"Go to the start page of the guide of {OLD} or that of {NEW}."
    page.get_by_role("link", name=f"that of {NEW}").click()
    page.wait_for_url(f"{sites[folder]}latest/")
    newest = found(visit(sites[folder]).open("latest/gone/"))
    assert newest.locator("p").last.inner_text() == f"Go to the start page of the guide of {NEW}."


@pytest.mark.parametrize("folder", LOCATIONS)
@pytest.mark.parametrize("release", [OLD, "latest"])
def test_its_search_is_that_of_the_guide(
    sites: dict[str, str], visit: Any, folder: str, release: str
) -> None:
    page = found(visit(sites[folder]).open(f"{release}/a/b/gone/"))
    page.get_by_role("searchbox").fill("create shipment")
    page.get_by_role("button", name="Search").click()
    result = page.locator(".md-search-result__link", has_text="Create shipment").first
    expect(result).to_be_visible()
    assert str(result.get_attribute("href")).startswith(f"{sites[folder]}{release}/shipments/create/")
    expect(page.locator("input.md-search__input")).to_have_value("create shipment")


@pytest.mark.parametrize("folder", LOCATIONS)
@pytest.mark.parametrize(
    ("missing", "nearest"),
    [
        ("latest/shipment/creat/", "latest: Create shipment"),
        (f"{OLD}/shipments/cancle", f"{OLD}: Cancel shipment"),
        (f"{MIDDLE}/Shipments/STOP.html", f"{MIDDLE}: Stop shipment"),
        (f"{MIDDLE}/shipments/whatever/", f"{MIDDLE}: Shipments"),
        ("shipments/get/", "latest: Get shipment"),
        ("old/api/list%20of-shipments/index.html", "latest: List shipments"),
    ],
)
def test_it_knows_what_may_be_meant(
    sites: dict[str, str], visit: Any, folder: str, missing: str, nearest: str
) -> None:
    release, title = nearest.split(": ")
    page = visit(sites[folder]).open(missing)
    expect(page.get_by_role("heading", name="Did you mean")).to_be_visible()
    first = page.locator("li a").first
    assert first.inner_text() == title
    assert page.locator("li").count() <= 5
    first.click()
    page.wait_for_url(f"{sites[folder]}{release}/**")
    assert page.locator("h1").inner_text().startswith(title)


def test_it_suggests_nothing_where_nothing_is_alike(sites: dict[str, str], visit: Any) -> None:
    for missing in ("wp-login.php", "latest/17/", "favicon.png", "9.9/"):
        page = found(visit(sites[""]).open(missing))
        expect(page.get_by_role("heading", name="Did you mean")).to_be_hidden()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_it_has_the_palette_that_the_reader_chose(sites: dict[str, str], visit: Any, system: str) -> None:
    def color(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    visitor = visit(sites["docs/api/"], color_scheme=system)
    before = color(visitor.open(f"{OLD}/a/gone/"))
    assert before == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 22, 29)"}[system]
    visitor.open("latest/").locator("[data-md-component=palette] label:visible").click()
    chosen = color(visitor.page)
    assert chosen != before
    assert color(visitor.open(f"{OLD}/a/gone/")) == chosen


def test_its_colors_are_those_of_the_guide(parcels: Path) -> None:
    def colors(text: str) -> set[str]:
        return set(re.findall(r"#[0-9a-f]{3,6}\b", text))

    ours = colors((parcels / "site/404.html").read_text(encoding="utf-8"))
    assert len(ours) == 12
    assert ours <= colors((THEME / "assets/apiguide.css").read_text(encoding="utf-8"))


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_and_used_by_everyone(
    sites: dict[str, str], visit: Any, width: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 700}, "color_scheme": scheme}
    page = visit(sites["docs/api/"], **options).open(f"{OLD}/shipments/creat{'e' * 90}/")
    found(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{sites['docs/api/']}{OLD}/shipments/creat/")
    page.locator("li a").first.wait_for()
    result = Axe().run(page).response
    assert [each["id"] for each in [*result["violations"], *result["incomplete"]]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_it_leads_to_where_the_site_is_published(
    parcels: Path, tmp_path: Path, serve: Callable[..., str], visit: Any
) -> None:
    build(check(parcels), [OLD, NEW], tmp_path / "guides/api", site_url="https://else.example/guides/api")
    base = serve(tmp_path, tmp_path / "guides/api/404.html")
    page = visit(base, java_script_enabled=False).open(f"guides/api/{OLD}/a/b/gone/")
    assert page.locator("h1").inner_text() == "Page not found"
    expect(page.locator("form")).to_be_hidden()
    page.get_by_role("link", name="the start page of the guide").click()
    page.wait_for_url(f"{base}guides/api/latest/")


def test_it_is_right_after_the_site_has_been_published(
    parcels: Path, tmp_path: Path, serve: Callable[..., str], visit: Any
) -> None:
    publish([parcels / "site"], tmp_path / "place")
    online = tmp_path / "place/current"
    base = serve(online, online / "404.html")
    page = visit(base).open(f"{MIDDLE}/shipments/creat/")
    assert page.locator("li a").first.inner_text() == "Create shipment"
    assert start(page) == f"{base}{MIDDLE}/"


def test_without_the_newest_release_it_leads_to_the_newest_that_is_there(
    parcels: Path, tmp_path: Path, serve: Callable[..., str], visit: Any
) -> None:
    build(check(parcels), [OLD, MIDDLE], tmp_path / "site")
    base = serve(tmp_path / "site", tmp_path / "site/404.html")
    assert start(found(visit(base).open("gone/"))) == f"{base}{MIDDLE}/"


@pytest.mark.parametrize("folder", LOCATIONS)
def test_a_guide_that_stands_alone_has_it_too(
    tmp_path: Path, serve: Callable[..., str], visit: Any, folder: str
) -> None:
    write(tmp_path / "guide")
    build_alone(check(tmp_path / "guide"), MIDDLE, tmp_path / "site" / folder, "https://guide.example/else/")
    base = serve(tmp_path / "site", tmp_path / "site" / folder / "404.html") + folder
    page = found(visit(base).open("a/b/shipment/crete/"))
    assert page.locator("p").last.inner_text() == "Go to the start page of the guide."
    assert start(page) == base
    expect(page.locator("header span")).to_have_count(0)
    assert page.locator("li a").first.inner_text() == "Create shipment"
    page.locator("li a").first.click()
    page.wait_for_url(f"{base}shipments/create/")


def test_a_guide_without_search_has_no_search_field(
    tmp_path: Path, serve: Callable[..., str], visit: Any
) -> None:
    write(tmp_path / "guide")
    config = tmp_path / "guide/mkdocs.yml"
    text, dropped = re.subn(r"  - search\n", "", config.read_text())
    assert dropped
    config.write_text(text)
    build(check(tmp_path / "guide"), [OLD, MIDDLE], tmp_path / "site")
    base = serve(tmp_path / "site", tmp_path / "site/404.html")
    page = visit(base).open(f"{OLD}/shipments/creat/")
    expect(page.locator("li a").first).to_have_text("Create shipment")
    expect(page.locator("form")).to_have_count(0)


def test_one_palette_is_that_of_the_page(tmp_path: Path, serve: Callable[..., str], visit: Any) -> None:
    write(tmp_path / "guide")
    config = tmp_path / "guide/mkdocs.yml"
    text, changed = re.subn(r"  palette:.*\n(    .*\n)+", "  palette: {scheme: slate}\n", config.read_text())
    assert changed
    config.write_text(text)
    build(check(tmp_path / "guide"), [OLD, MIDDLE], tmp_path / "site")
    base = serve(tmp_path / "site", tmp_path / "site/404.html")
    page = visit(base, color_scheme="light").open("gone/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 22, 29)"
