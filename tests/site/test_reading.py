"""Pages of endpoints and resources as a reader works with them, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page
from tests.parcels import write

from apiguide.checks import check
from apiguide.site.build import build

pytestmark = pytest.mark.browser

CREATE = "latest/virtual_servers/create/"
SEVERAL = "latest/base_resources/create/"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def base(site: Any, serve: Any) -> str:
    return str(serve(site))


def box_of(found: Locator) -> dict[str, float]:
    box = found.bounding_box()
    assert box is not None, "it is not shown"
    return dict(box)


def shown_names(page: Page) -> list[str]:
    return page.locator("#body ~ .ag-list tbody tr[id]:visible .ag-name").all_inner_texts()


def test_an_endpoint_that_a_sentence_names_stands_in_its_line(base: str, visit: Any) -> None:
    named = visit(base, viewport=WIDE).open("latest/").locator("p .ag-endpoint").first
    style = named.evaluate("span => [getComputedStyle(span).display, getComputedStyle(span).borderTopWidth]")
    assert style == ["inline", "0px"]


# Two columns


@pytest.mark.parametrize("width", [1220, 1280, 1440, 1920])
def test_request_and_response_stay_in_sight_beside_the_parameters(width: int, base: str, visit: Any) -> None:
    page = visit(base, viewport={"width": width, "height": 800}).open(CREATE)
    page.locator("#body-virtual_machine-licensing_key").scroll_into_view_if_needed()
    row = box_of(page.locator("#body-virtual_machine-licensing_key"))
    for code in page.locator(".ag-side .ag-code:visible").all():
        box = box_of(code)
        assert box["x"] >= row["x"] + row["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
        assert box["x"] + box["width"] <= width
    assert page.locator(".ag-side .ag-code:visible").count() == 2
    assert not page.locator(".md-sidebar--secondary").is_visible()


def test_code_that_is_longer_than_the_window_scrolls_in_itself(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    code = page.locator(".ag-side pre:visible").first
    assert code.evaluate("pre => pre.scrollHeight > pre.clientHeight")
    code.focus()
    page.keyboard.press("End")
    page.wait_for_function("document.activeElement.scrollTop > 0")


@pytest.mark.parametrize("width", [360, 768])
def test_a_long_request_stands_folded_before_the_parameters(width: int, base: str, visit: Any) -> None:
    page = visit(base, viewport={"width": width, "height": 800}).open(CREATE)
    code = page.locator(".ag-side pre:visible").first
    folded = box_of(code)
    assert folded["height"] <= 220
    assert folded["y"] < box_of(page.locator("#parameters"))["y"]
    page.locator(".ag-unfold:visible").first.click()
    assert box_of(code)["height"] > 400
    assert code.evaluate("pre => pre.scrollHeight <= pre.clientHeight")


def test_a_short_request_is_not_folded(base: str, visit: Any) -> None:
    page = visit(base, viewport=NARROW).open("latest/roles/delete/")
    assert page.locator(".ag-unfold:visible").count() == 0


def test_the_object_of_a_resource_stands_beside_its_fields(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open("latest/roles/#object-role")
    code = page.locator(".ag-side code:visible").first
    assert code.inner_text().startswith("<?xml")
    assert box_of(code)["x"] > box_of(page.locator("#object-role-id"))["x"] + 300


def test_the_keyboard_reaches_the_example_before_the_parameters(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    stops = page.locator(".ag-page :is(a, input, pre[tabindex])").evaluate_all(
        "all => all.map(each => each.matches('pre') ? 'code' : each.matches('.ag-name') ? 'name' : 'other')"
    )
    assert stops.index("code") < stops.index("name")
    skip = page.locator("a.md-skip", has_text="example")
    skip.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#examples")


@pytest.mark.parametrize("height", [650, 720, 800, 900])
def test_no_response_is_so_long_that_the_request_is_cut_off_beside_it(
    height: int, base: str, visit: Any
) -> None:
    visitor = visit(base, viewport={"width": 1280, "height": height})
    for path in ("users/get/", "accelerators/get/", "settings/get/"):
        request, response = visitor.open(f"latest/{path}").locator(".ag-side pre:visible").all()
        assert request.evaluate("pre => pre.scrollHeight <= pre.clientHeight"), path
        assert response.evaluate("pre => pre.clientHeight") > 80, path
    for path in ("virtual_servers/create/", "base_resources/create/"):
        for code in visitor.open(f"latest/{path}").locator(".ag-side pre:visible").all():
            assert code.evaluate("pre => pre.clientHeight") > 80, path


# One choice of format, one chooser of examples


def test_one_choice_of_format_is_for_request_and_response(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    assert page.locator(".ag-side .tabbed-labels:visible").count() == 1
    page.locator(".ag-side label", has_text="JSON").click()
    shown = page.locator(".ag-side code:visible").all_inner_texts()
    assert len(shown) == 2
    assert all('"virtual_machine": {' in each for each in shown)


@pytest.mark.parametrize("has_script", [True, False])
def test_several_examples_share_a_place(has_script: bool, base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE, java_script_enabled=has_script).open(SEVERAL)
    request = page.locator(".ag-side .ag-code:visible").first
    assert "Resource::HypervisorGroup" in request.inner_text()
    page.locator(".ag-choice > .tabbed-labels label", has_text="Edge group").click()
    assert "Resource::EdgeGroup" in request.inner_text()
    assert page.locator(".ag-side .ag-code:visible").count() == 2


def test_a_choice_leaves_the_address_as_it_is_and_is_kept_for_other_pages(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(f"{SEVERAL}#body")
    page.locator(".ag-side label", has_text="JSON").first.click()
    page.locator(".ag-choice > .tabbed-labels label", has_text="Edge group").click()
    assert page.url.endswith("#body")
    page.goto(f"{base}latest/roles/create/")
    page.locator(".ag-side code:visible", has_text='"role": {').first.wait_for()


def test_the_address_of_an_example_opens_it(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(f"{SEVERAL}#example-3")
    assert "Resource::EdgeGroup" in page.locator(".ag-side .ag-code:visible").first.inner_text()
    page.evaluate("location.hash = 'example-2'")
    page.locator(".ag-side .ag-code:visible", has_text="Resource::NetworkGroup").first.wait_for()


@pytest.fixture(scope="module")
def with_examples(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Callable[[int], str]:
    """`with_examples(number)`: the address of a guide with an endpoint that has so many examples."""

    def make(number: int) -> str:
        root = tmp_path_factory.mktemp("examples") / "guide"
        write(root)
        endpoint = root / "reference/shipments/get.yaml"
        more = "".join(f"  - {{title: Title {each}}}\n" for each in range(1, number + 1))
        endpoint.write_text(f"{endpoint.read_text(encoding='utf-8')}\nexamples:\n{more}", encoding="utf-8")
        build(check(root), ["2025-04-01"], root / "site")
        return f"{serve(root / 'site')}2025-04-01/shipments/get/"

    return make


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_of_many_examples_the_chosen_one_is_shown(
    viewport: dict[str, int], with_examples: Callable[[int], str], visit: Any
) -> None:
    page = visit(with_examples(7), viewport=viewport).open("")
    for each in (1, 5, 7):
        page.locator(".ag-choice > .tabbed-labels label", has_text=f"Title {each}").click()
        shown = page.locator(".ag-choice > .tabbed-content > .tabbed-block:visible")
        assert shown.count() == 1
        assert f"Title {each}" in shown.text_content()


def test_more_examples_than_tabs_can_show_stand_below_each_other(
    with_examples: Callable[[int], str], visit: Any
) -> None:
    page = visit(with_examples(21), viewport=WIDE).open("")
    assert page.locator(".ag-choice").count() == 0
    assert page.locator(".ag-side h3:visible").count() == 21


def test_all_of_it_is_on_paper(base: str, visit: Any) -> None:
    page = visit(base, viewport=NARROW).open(SEVERAL)
    page.emulate_media(media="print")
    codes = page.locator(".ag-side code")
    assert codes.count() == 12, "three examples, two formats, request and response"
    for code in codes.all():
        assert code.is_visible()
        pre = code.locator("xpath=..")
        assert pre.evaluate("pre => pre.scrollHeight <= pre.clientHeight + 1"), "nothing is cut off"
        assert pre.evaluate("pre => pre.scrollWidth <= pre.clientWidth + 1"), "nothing is cut off"
    assert not page.locator(".ag-unfold").first.is_visible()


# Long lists


def test_required_parameters_come_first_and_say_so_in_words(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    rows = page.locator("#body ~ .ag-list tbody tr.ag-level-1")
    required = [row.locator(".ag-required").count() for row in rows.all()]
    assert required == sorted(required, reverse=True)
    assert sum(required) == 10
    assert "required" in rows.first.inner_text()


@pytest.mark.parametrize("has_script", [True, False])
def test_the_required_ones_can_be_shown_alone(has_script: bool, base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE, java_script_enabled=has_script).open(CREATE)
    everything = shown_names(page)
    page.get_by_label("Required only").check()
    assert shown_names(page) == everything[:11], "what holds them, and the ten"
    page.get_by_label("Required only").uncheck()
    assert shown_names(page) == everything


def test_a_long_list_is_filtered_while_one_types(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    everything = shown_names(page)
    box = page.locator("#body ~ .ag-list .ag-filter")
    box.press_sequentially("LICENS server")
    assert shown_names(page) == ["virtual_machine", "licensing_type", "licensing_server_id"]
    assert page.locator(".ag-found:visible").first.inner_text() == "2 found"
    page.get_by_label("Required only").check()
    assert shown_names(page) == ["virtual_machine"]
    page.get_by_label("Required only").uncheck()
    box.fill("nothing of the kind")
    assert shown_names(page) == []
    assert page.locator(".ag-found:visible").first.inner_text() == "Nothing found"
    box.fill("")
    assert shown_names(page) == everything
    assert page.locator(".ag-found").first.inner_text() == ""


def test_what_is_found_is_counted_as_it_is_shown(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    page.locator("#body ~ .ag-list .ag-filter").fill("disk")
    found = page.locator(".ag-found:visible").first
    assert found.inner_text() == "7 found"
    page.get_by_label("Required only").check()
    assert found.inner_text() == "2 found"
    page.locator("#body ~ .ag-list .ag-filter").fill("licensing_key")
    assert found.inner_text() == "Nothing found"


def test_the_address_of_a_row_shows_it_whatever_the_list_was_narrowed_to(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    row = page.locator("#body-virtual_machine-cpu_sockets")
    page.get_by_label("Required only").check()
    assert not row.is_visible()
    page.evaluate("location.hash = 'body-virtual_machine-cpu_sockets'")
    row.wait_for()
    page.locator("#body ~ .ag-list .ag-filter").fill("hostname")
    assert not row.is_visible()
    page.evaluate("location.hash = ''; location.hash = 'body-virtual_machine-cpu_sockets'")
    row.wait_for()
    assert 0 < box_of(row)["y"] < 800


def test_a_shortened_response_leads_to_all_of_its_fields(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    field = page.locator("#response-id")
    assert not field.is_visible()
    page.locator(".ag-side a:visible", has_text="All of them").click()
    field.wait_for()


def test_the_title_of_a_section_goes_with_its_fields(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open("latest/settings/")
    page.locator(".ag-filter").first.fill("pagination limit")
    titles = page.locator(".ag-section:visible")
    assert titles.count() == 1
    assert page.locator("tr[id]:not(.ag-section):visible .ag-name").all_inner_texts() == [
        "pagination_max_items_limit"
    ]


def test_without_a_script_there_is_no_box_that_does_nothing(base: str, visit: Any) -> None:
    page = visit(base, java_script_enabled=False).open(CREATE)
    assert page.locator(".ag-filter:visible").count() == 0


# Ways on


@pytest.mark.parametrize("path", [CREATE, "latest/virtual_servers/"])
def test_the_sidebar_has_the_contents_of_a_page_with_columns(path: str, base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(path)
    page.locator(".ag-nav__contents a:visible", has_text="History").click()
    assert page.url.endswith("#history")


def test_a_page_leads_up_to_its_resource_and_on_in_its_list(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open("latest/roles/list/")
    beside = page.locator(".ag-siblings a")
    assert beside.evaluate_all("all => all.map(each => each.rel)") == ["next"]
    beside.click()
    assert [each.get_attribute("rel") for each in page.locator(".ag-siblings a").all()] == ["prev", "next"]
    page.locator(".ag-up a").click()
    page.wait_for_url("**/latest/roles/")
    assert page.locator(".ag-up, .ag-siblings").count() == 0


def test_the_request_leads_to_the_page_that_explains_authentication(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open(CREATE)
    page.locator(".ag-side .ag-caption a:visible", has_text="Authentication").click()
    page.wait_for_url("**/latest/authentication/")


def test_a_common_status_is_a_line_that_leads_to_what_it_means(base: str, visit: Any) -> None:
    page = visit(base, viewport=WIDE).open("latest/roles/get/")
    status = page.locator(".ag-statuses li", has_text="404")
    assert status.inner_text().split() == ["404", "Not", "Found", "Example"]
    body = status.get_by_text("Resource not found").first
    assert not body.is_visible()
    status.locator("summary").click()
    assert body.is_visible()
    status.get_by_role("link", name="Not Found").click()
    page.wait_for_url("**/latest/requests/#status-404")
    assert "404" in page.locator(":target").inner_text()


# Everybody


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (640, "light"), (320, "dark")]
)
def test_no_kind_of_page_has_an_accessibility_fault(width: int, scheme: str, base: str, visit: Any) -> None:
    visitor = visit(base, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in (
        *(
            "latest/",
            "latest/authentication/",
            "latest/conventions/",
            "latest/compatibility/",
            "3.5/whats-new/",
        ),
        *("latest/roles/", "latest/roles/create/", "3.1/dns_records/create/", "3.0/vapps/"),
    ):
        page = visitor.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(page).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html']}" for v in found] == [], path
