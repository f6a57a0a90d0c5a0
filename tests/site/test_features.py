"""Features of Material do beside the reference what they do elsewhere: in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.parcels import write

from apiguide.checks import check
from apiguide.site.build import build

pytestmark = pytest.mark.browser

NEWEST = "2025-04-01"
FEATURES = [
    "announce.dismiss",
    "header.autohide",
    "navigation.footer",
    "navigation.instant",
    "navigation.path",
    "navigation.top",
    "navigation.tracking",
    "search.highlight",
    "search.share",
    "search.suggest",
    "toc.follow",
]
LONG = "".join(f"## Part {number}\n\n{'Some words. ' * 80}\n\n" for number in range(1, 12))
ANNOUNCE = '{% extends "base.html" %}{% block announce %}Release 3 is near.{% endblock %}'


def write_guide(folder: Path, features: list[str], settings: str = "") -> Path:
    """Writes a guide with hand-written pages in folders."""
    write(folder)
    files = {"docs/topics/long.md": f"# Long\n\n{LONG}", "docs/topics/deep/limits.md": "# Limits\n"}
    files["own/main.html"] = ANNOUNCE
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    config = folder / "mkdocs.yml"
    text = re.sub(
        r"  features:\n(    .*\n)*",
        f"  features: [{', '.join(features)}]\n  custom_dir: own\n",
        config.read_text(),
    )
    nav = "nav: [index.md, Topics: [topics/long.md, Deep: [topics/deep/limits.md]]]"
    config.write_text(f"{text}\n{nav}\n{settings}\n")
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The address of a guide with all features that go together; it knows where it is published."""
    root = write_guide(tmp_path_factory.mktemp("features") / "guide", FEATURES)
    address = serve(root / "site")
    build(check(root), [NEWEST], root / "site", site_url=address)
    return address


@pytest.fixture(scope="module")
def tabbed(
    tmp_path_factory: pytest.TempPathFactory, build_site: Callable[..., Path], serve: Callable[[Path], str]
) -> str:
    """The address of a guide with tabs, its headings in the sidebar, in another language."""
    features = ["navigation.tabs", "navigation.tabs.sticky", "toc.integrate", "navigation.sections"]
    root = write_guide(tmp_path_factory.mktemp("tabs") / "guide", features)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material", "name: material\n  language: de"))
    return serve(build_site(root, root / "site", [NEWEST]))


WIDE = {"viewport": {"width": 1400, "height": 800}}
PAGE = "latest/shipments/get/"


def test_an_announcement_stays_dismissed(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open(PAGE)
    banner = page.locator(".md-banner")
    expect(banner).to_contain_text("Release 3 is near.")
    page.locator(".md-banner__button").click()
    expect(banner).to_be_hidden()
    page.reload()
    expect(banner).to_be_hidden()


def scroll(page: Page, by: int, *, times: int) -> None:
    """Turns the wheel a few times, each after what the last turn has done."""
    for _ in range(times):
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, by)
        page.wait_for_function(f"scrollY === {before + by}")


def test_the_header_hides_while_one_reads_on_and_a_button_leads_to_the_top(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open("latest/topics/long/")
    page.mouse.move(700, 400)
    scroll(page, 300, times=6)
    expect(page.locator(".md-header[hidden]")).to_have_count(1)
    scroll(page, -100, times=3)
    expect(page.locator(".md-header[hidden]")).to_have_count(0)
    page.locator(".md-top").click()
    page.wait_for_function("scrollY === 0")


def test_the_footer_leads_to_the_pages_before_and_after(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open(PAGE)
    titles = page.locator(".md-footer__link").all_inner_texts()
    assert len(titles) == 2
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/shipments/**")
    expect(page.locator(".md-footer__link--prev")).to_contain_text("Get shipment")


def test_a_path_leads_up(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open(PAGE)
    page.locator(".md-path__link", has_text="Shipments").click()
    page.wait_for_url("**/latest/shipments/")


def test_a_page_is_loaded_without_the_rest_and_has_its_own_entry_marked(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open(PAGE)
    page.evaluate("window.same = true")
    page.locator(".ag-nav a", has_text="Create shipment").click()
    page.wait_for_url("**/shipments/create/")
    expect(page.locator("h1")).to_contain_text("Create shipment")
    assert page.evaluate("window.same"), "the whole page was loaded again"
    expect(page.locator(".ag-nav [aria-current=page]")).to_have_text("Create shipment")
    expect(page.locator("[data-md-component=header-topic]")).to_contain_text("Create shipment")


def test_the_heading_in_sight_is_marked_and_in_the_address(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open("latest/topics/long/")
    page.locator("#part-6").scroll_into_view_if_needed()
    page.mouse.move(700, 400)
    page.mouse.wheel(0, 500)
    marked = page.locator(".ag-toc .md-nav__link--active")
    expect(marked).to_contain_text("Part")
    page.wait_for_function("location.hash.startsWith('#part-')")


def test_search_can_be_shared_and_adds_no_words_to_addresses(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open("latest/")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("shipm")
    page.locator(".md-search-result__item").first.wait_for()
    expect(page.locator("[data-md-component=search-share]")).to_have_attribute(
        "href", re.compile(r"\?q=shipm")
    )
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url("**/shipments/**")
    assert "h=shipm" not in page.url


def test_the_entry_of_the_page_is_in_sight(base: str, visit: Any) -> None:
    page = visit(base, viewport={"width": 1400, "height": 260}).open("latest/shipments/get/")
    expect(page.locator(".ag-nav [aria-current=page]")).to_be_in_viewport()


def test_on_a_narrow_screen_the_list_of_pages_slides_in_with_the_headings(base: str, visit: Any) -> None:
    page = visit(base, viewport={"width": 360, "height": 700}).open(PAGE)
    entry = page.locator(".ag-nav a", has_text="Create shipment")
    expect(entry).not_to_be_in_viewport()
    page.locator(".md-header label[for=__drawer]").click()
    expect(page.locator(".ag-nav [aria-current=page]")).to_be_in_viewport()
    page.locator(".ag-nav__contents a").first.click()
    page.wait_for_function("location.hash.length > 1")
    expect(entry).not_to_be_in_viewport()


def test_sections_of_hand_written_pages_fold(base: str, visit: Any) -> None:
    page = visit(base, **WIDE).open(PAGE)
    entry = page.locator(".ag-nav a", has_text="Long")
    expect(entry).to_be_hidden()
    page.locator(".ag-nav summary", has_text="Topics").click()
    entry.click()
    page.wait_for_url("**/topics/long/")


def test_tabs_show_the_pages_of_one_section(tabbed: str, visit: Any) -> None:
    page = visit(tabbed, **WIDE).open("latest/topics/long/")
    expect(page.locator(".md-tabs__item--active")).to_have_text("Topics")
    expect(page.locator(".ag-nav a", has_text="Limits")).to_have_count(1)
    expect(page.locator(".ag-nav a", has_text=re.compile("^Shipments$"))).to_be_hidden()
    page.locator(".md-tabs__link").last.click()
    page.wait_for_url("**/shipments/")
    expect(page.locator(".ag-nav a", has_text=re.compile("^Shipments$"))).to_be_visible()
    expect(page.locator(".ag-nav a", has_text="Long")).to_be_hidden()


def test_headings_stand_below_the_entry_of_the_page(tabbed: str, visit: Any) -> None:
    page = visit(tabbed, **WIDE).open("latest/topics/long/")
    expect(page.locator(".ag-nav__contents a", has_text="Part 11")).to_be_visible()
    expect(page.locator(".ag-toc")).to_have_count(0)


def test_another_language_is_spoken(tabbed: str, visit: Any) -> None:
    page = visit(tabbed, **WIDE).open(PAGE)
    assert page.locator("html").get_attribute("lang") == "de"
    expect(page.locator("input.md-search__input")).to_have_attribute("placeholder", "Suche")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("shipment")
    page.locator(".md-search-result__item").first.wait_for()


def test_the_palette_is_switched_by_icons_of_the_stylesheet(
    tmp_path: Path, build_site: Callable[..., Path], serve: Callable[[Path], str], visit: Any
) -> None:
    write(tmp_path / "guide")
    address = serve(build_site(tmp_path / "guide", tmp_path / "site", [NEWEST]))
    page = visit(address, **WIDE, color_scheme="light").open(PAGE)
    switch = page.locator("[data-md-component=palette] label:visible")
    icon = switch.locator("svg").bounding_box()
    assert icon is not None
    assert 20 < icon["width"] < 40
    assert "data:image/svg" in switch.locator("svg").evaluate("each => getComputedStyle(each).maskImage")
    switch.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
