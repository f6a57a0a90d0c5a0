"""From the guide of one release to that of another, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

OLD, MIDDLE, NEW = RELEASES = ("2024-10-01", "2025-04-01", "2025-10-01")
CREATE, STOP, CANCEL = "shipments/create/", "shipments/stop/", "shipments/cancel/"
PHONE = "#body-recipient-phone"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(parcels: Path, serve: Callable[[Path], str]) -> str:
    return serve(parcels / "site")


def switch(page: Page, release: str) -> None:
    """Chooses a release in the selector, as a reader does."""
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text=release).click()
    page.wait_for_url(re.compile(f"/{release}/"))


def shown(page: Page) -> Locator:
    return page.locator(".md-version__current")


@pytest.mark.parametrize("folder", [OLD, NEW, "latest"])
def test_the_selector_lists_the_releases_newest_first(folder: str, base: str, visit: Any) -> None:
    page = visit(base).open(f"{folder}/{CREATE}")
    page.locator(".md-version__current").focus()
    assert page.locator(".md-version__link").all_inner_texts() == [NEW, MIDDLE, OLD]
    assert shown(page).inner_text().split()[0] == (NEW if folder == "latest" else folder)


def test_the_selector_says_which_releases_lack_the_page(base: str, visit: Any) -> None:
    page = visit(base).open(f"{MIDDLE}/{STOP}")
    entries = page.locator(".md-version__link")
    page.locator(".md-version__current").hover()
    expect(entries).to_have_text([NEW, MIDDLE, f"{OLD} (not there)"])
    page.locator("h1").hover()
    page.locator(".md-version__current").focus()
    expect(entries).to_have_text([NEW, MIDDLE, f"{OLD} (not there)"])
    entries.last.click()
    page.wait_for_url(f"**/{OLD}/{STOP}")


@pytest.fixture(scope="module")
def instant(
    write_parcels: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
    build_site: Callable[..., Path],
    serve: Callable[[Path], str],
) -> str:
    """The address of a site whose pages are put in the place of one another."""
    root = write_parcels(tmp_path_factory.mktemp("instant") / "guide")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("  features:\n", "  features:\n    - navigation.instant\n"))
    address = serve(root / "site")
    config.write_text(config.read_text().replace("https://guide.example/", address))
    build_site(root, root / "site")
    return address


def test_the_header_is_right_where_pages_are_put_in_the_place_of_one_another(
    instant: str, visit: Any
) -> None:
    page = visit(instant).open(f"{MIDDLE}/{STOP}")
    page.evaluate("window.same = true")
    page.locator(".md-version__current").hover()
    expect(page.locator(".md-version__link").last).to_have_text(f"{OLD} (not there)")
    page.locator(".ag-nav a", has_text="Create shipment").click()
    page.wait_for_url(f"**/{CREATE}")
    expect(page.locator("h1")).to_contain_text("Create shipment")
    page.locator(".md-version__current").hover()
    expect(page.locator(".md-version__link").last).to_have_text(OLD)
    expect(shown(page)).to_have_text(MIDDLE)
    assert page.title() == f"Create shipment - Parcel API Guide {MIDDLE}"
    assert page.evaluate("window.same"), "the whole page was loaded again"
    page.locator(f"{PHONE} a").first.click()
    page.wait_for_function("location.hash.length > 1")
    page.locator(".ag-banner a").click()
    page.wait_for_url(f"**/latest/{CREATE}{PHONE}")


@pytest.mark.parametrize("below", [CREATE, "", "whats-new/"])
def test_switching_keeps_the_page(below: str, base: str, visit: Any) -> None:
    visitor = visit(base)
    page = visitor.open(f"latest/{below}")
    for release in (OLD, MIDDLE):
        switch(page, release)
        assert page.url == f"{base}{release}/{below}"
        assert shown(page).inner_text().split()[0] == release
    switch(page, NEW)
    assert page.url == f"{base}{NEW}/{below}"
    assert visitor.errors == []


def test_what_differs_from_the_release_before_is_found_where_others_have_a_page_of_their_own(
    base: str, visit: Any
) -> None:
    visitor = visit(base)
    page = visitor.open(f"{NEW}/whats-new/from-{OLD}/")
    switch(page, MIDDLE)
    page.wait_for_url(f"{base}{MIDDLE}/whats-new/")
    assert page.locator("h1").inner_text() == f"What's new in {MIDDLE}"
    switch(page, OLD)
    assert page.url == f"{base}{OLD}/whats-new/"
    page.goto(f"{base}latest/whats-new/from-{MIDDLE}/")
    page.wait_for_url(f"{base}latest/whats-new/")
    assert visitor.errors == []


def test_switching_keeps_the_anchor(base: str, visit: Any) -> None:
    page = visit(base).open(f"latest/{CREATE}#body-recipient-phone")
    switch(page, OLD)
    assert page.url == f"{base}{OLD}/{CREATE}#body-recipient-phone"
    assert page.locator("#body-recipient-phone").is_visible()


@pytest.mark.parametrize("link", [".ag-banner a", f".ag-release-links a >> text={MIDDLE}"])
@pytest.mark.parametrize("is_by_key", [False, True])
def test_links_to_other_releases_lead_to_the_same_place_of_the_page(
    link: str, is_by_key: bool, base: str, visit: Any
) -> None:
    page = visit(base).open(f"{OLD}/{CREATE}#request")
    page.evaluate(f"history.replaceState({{}}, '', '{PHONE}')")
    if is_by_key:
        page.locator(link).press("Enter")
    else:
        page.locator(link).click()
    page.wait_for_url(re.compile(f"/(latest|{MIDDLE})/{CREATE}{PHONE}$"))
    expect(page.locator(PHONE)).to_be_in_viewport()


def test_a_link_opened_in_another_tab_leads_there_too(base: str, visit: Any) -> None:
    page = visit(base).open(f"{OLD}/{CREATE}{PHONE}")
    with page.context.expect_page() as opened:
        page.locator(".ag-banner a").click(button="middle")
    assert opened.value.url.endswith(f"/latest/{CREATE}{PHONE}")


def test_links_to_other_releases_stay_as_they_are_where_the_address_names_no_place(
    base: str, visit: Any
) -> None:
    page = visit(base).open(f"{OLD}/{CREATE}{PHONE}")
    link = page.locator(".ag-banner a")
    link.focus()
    assert str(link.get_attribute("href")).endswith(PHONE)
    page.evaluate("history.replaceState({}, '', location.pathname)")
    link.click()
    page.wait_for_url(f"**/latest/{CREATE}")


@pytest.mark.parametrize(
    ("switched", "below", "says"),
    [
        ((NEW, OLD), STOP, f"It came with release {MIDDLE}."),
        ((OLD, NEW), CANCEL, f"It was removed in {NEW}. Use Stop shipment instead."),
        ((MIDDLE, OLD), "customs/", f"It came with the guide of {MIDDLE}."),
    ],
)
def test_a_release_without_the_page_says_so_at_its_address(
    switched: tuple[str, str], below: str, says: str, base: str, visit: Any
) -> None:
    start, release = switched
    visitor = visit(base)
    page = visitor.open(f"{start}/{below}")
    switch(page, release)
    assert page.url == f"{base}{release}/{below}"
    assert page.locator("h1#absent").is_visible()
    assert (
        f"This page is not in the guide of release {release}. {says}" in page.locator("article").inner_text()
    )
    switch(page, start)
    assert page.url == f"{base}{start}/{below}"
    assert visitor.errors == []


ABOUT = [
    f"{OLD}/{STOP}",
    f"latest/{CANCEL}",
    f"{OLD}/whats-new/",
    f"latest/whats-new/from-{OLD}/",
    f"{OLD}/whats-new/from-{MIDDLE}/",
    "latest/compatibility/",
]


def test_pages_about_releases_log_no_error_and_ask_no_other_host(base: str, visit: Any) -> None:
    visitor = visit(base)
    for path in (*ABOUT, f"{OLD}/{CREATE}"):
        visitor.open(path).locator(".md-version__current").wait_for()
        assert (visitor.errors, visitor.elsewhere) == ([], []), path


def test_pages_about_releases_fit_a_narrow_screen(base: str, visit: Any) -> None:
    visitor = visit(base, viewport={"width": 360, "height": 740})
    for path in (*ABOUT, f"{OLD}/{CREATE}"):
        assert visitor.open(path).evaluate("document.documentElement.scrollWidth") <= 360, path


def test_without_javascript_plain_links_lead_to_other_releases(base: str, visit: Any) -> None:
    page = visit(base, java_script_enabled=False).open(f"latest/{STOP}")
    releases = page.get_by_role("navigation", name="Releases")
    assert releases.get_by_role("listitem").all_inner_texts() == [NEW, MIDDLE, f"{OLD} (not there)"]
    releases.get_by_role("link", name=f"{OLD} (not there)").click()
    assert page.url == f"{base}{OLD}/{STOP}"
    assert "It came with release" in page.locator("article").inner_text()
    there = page.locator("article li", has_text="Stop shipment")
    assert there.all_inner_texts() == [
        f"Stop shipment in the guide of release {MIDDLE}",
        f"Stop shipment in the guide of release {NEW}",
    ]
    there.first.locator("a").click()
    assert page.url == f"{base}{MIDDLE}/{STOP}"
    assert page.locator("#request").inner_text().startswith("Stop shipment")
    page.locator(".ag-banner a").click()
    assert page.url == f"{base}latest/{STOP}"


def test_without_javascript_the_news_can_be_read_and_followed(base: str, visit: Any) -> None:
    page = visit(base, java_script_enabled=False).open(f"{MIDDLE}/whats-new/")
    article = page.locator("article")
    assert "tracking_url" in article.inner_text()
    article.get_by_role("link", name="Stop shipment").first.click()
    assert page.url == f"{base}{MIDDLE}/{STOP}"
    page.goto(f"{base}latest/whats-new/")
    page.locator("article").get_by_role("link", name=OLD, exact=True).first.click()
    assert page.url == f"{base}latest/whats-new/from-{OLD}/"
    assert "An exception to the promise: Stop shipment does more." in page.locator("article").inner_text()


def test_without_javascript_the_address_of_the_site_leads_to_latest(base: str, visit: Any) -> None:
    page = visit(base, java_script_enabled=False).open("")
    page.wait_for_url("**/latest/")
    assert "Parcel API" in page.locator("h1").inner_text()


def test_search_of_a_release_finds_its_own_endpoints(base: str, visit: Any) -> None:
    page = visit(base).open(f"{OLD}/")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("cancel shipment")
    result = page.locator(".md-search-result__link", has_text="Cancel shipment").first
    result.wait_for()
    assert str(result.get_attribute("href")).startswith(f"{base}{OLD}/{CANCEL}")
