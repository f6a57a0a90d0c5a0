"""Search as readers have it: Material's dialog with our worker, in a browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request, expect

pytestmark = pytest.mark.browser

BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__list > li"
HOSTILE = ("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "<b>", "' onclick='alert(1)")


@pytest.fixture
def page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def open_box(page: Page, base: str) -> Callable[[str], None]:
    """`open_box(path)`: opens a page of the site and enters the search box."""

    def enter(path: str) -> None:
        page.goto(base + path)
        page.locator(BOX).click()

    return enter


def requests_of(page: Page) -> list[str]:
    """The names of files of the index that are asked for from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        match = re.search(r"/(search_index|core|texts|elsewhere|engine|search)(-\w+)?\.js(on)?$", request.url)
        if match:
            found.append(match[1])

    page.context.on("request", note)
    return found


def test_a_page_that_is_only_read_fetches_no_index(page: Page, base: str) -> None:
    asked = requests_of(page)
    page.goto(f"{base}latest/", wait_until="networkidle")
    assert sorted(asked) == ["search", "search_index"]


def test_entering_the_box_fetches_the_index(page: Page, base: str) -> None:
    page.goto(f"{base}latest/", wait_until="networkidle")
    asked = requests_of(page)
    page.locator(BOX).click()
    page.wait_for_function("performance.getEntriesByType('resource').some(({name}) => /texts-/.test(name))")
    assert {"core", "texts", "engine"} <= {*asked}
    assert "elsewhere" not in asked


def test_a_path_shows_its_endpoint_and_enter_leads_there(page: Page, open_box: Callable[[str], None]) -> None:
    open_box("latest/")
    page.keyboard.type("edge_gateways/:id")
    first = page.locator(RESULT).first
    expect(first.locator("h1")).to_have_text("Get edge gateway")
    expect(first.locator(".ag-method--get")).to_have_text("GET")
    expect(first.locator(".ag-found mark").first).to_have_text("edge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edge_gateways/get/")


def test_a_name_leads_to_its_row_without_a_query_in_the_address(
    page: Page, open_box: Callable[[str], None]
) -> None:
    open_box("latest/")
    page.keyboard.type("external_publishing_location")
    expect(page.locator(f"{RESULT} code").first).to_have_text("external_publishing_location")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cdn_resources/\w+/#body-[\w-]+external_publishing_location$"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_text_that_comes_without_a_key_is_searched_for(page: Page, open_box: Callable[[str], None]) -> None:
    open_box("latest/")
    page.keyboard.insert_text("Create virtual server")
    expect(page.locator(f"{RESULT} h1").first).to_have_text("Create virtual server")
    page.locator(BOX).fill("Delete user")
    expect(page.locator(f"{RESULT} h1").first).to_have_text("Delete user")


def test_the_reset_button_takes_the_results_away(page: Page, open_box: Callable[[str], None]) -> None:
    open_box("latest/")
    page.keyboard.type("disk")
    expect(page.locator(RESULT).first).to_be_visible()
    page.locator(".md-search__form [type=reset]").click()
    expect(page.locator(RESULT)).to_have_count(0)


def test_an_old_release_leads_to_what_only_a_newer_one_has(
    page: Page, open_box: Callable[[str], None]
) -> None:
    open_box("3.0/")
    page.keyboard.type("GET /vapps/:id")
    last = page.locator(RESULT).last
    expect(last).to_contain_text("in 4.2")
    last.locator("a").first.click()
    page.wait_for_url(re.compile(r"/vapps/get/$"))
    expect(page.locator("h1").first).to_contain_text("Get vApp")


def test_an_index_that_is_cut_off_is_told_and_fetched_again(
    page: Page, open_box: Callable[[str], None], broken: dict[str, str]
) -> None:
    broken["core-"] = '{"pages": [['
    open_box("latest/")
    page.keyboard.type("dis")
    expect(page.locator(f"{RESULT} h1")).to_have_text("Search could not be loaded")
    broken.clear()
    page.keyboard.type("k")
    expect(page.locator(f"{RESULT} h1").first).to_have_text("Disks")


def test_what_is_typed_is_never_markup(page: Page, open_box: Callable[[str], None]) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_box("latest/")
    for hostile in HOSTILE:
        page.locator(BOX).fill(f"disks {hostile}")
        expect(page.locator(f"{RESULT} mark").first).to_be_visible()
        page.locator(BOX).fill(hostile)
        page.locator(BOX).fill(f"{hostile} users")
        expect(
            page.locator(f"{RESULT} mark", has_text=re.compile("users?", re.IGNORECASE)).first
        ).to_be_visible()
        assert page.locator(".md-search-result__list :is(img, script, b)").count() == 0
    assert dialogs == []


def test_an_address_may_hold_a_query(page: Page, base: str) -> None:
    page.goto(f"{base}latest/?q=reboot+virtual+server")
    expect(page.locator(f"{RESULT} h1").first).to_have_text("Reboot virtual server")
