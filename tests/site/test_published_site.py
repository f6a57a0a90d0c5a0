"""The guide of this repository as a reader meets it: in a real browser, on a real web server."""

import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from apiguide.site.manifest import load
from apiguide.site.verify import faults

PAGES = [
    *("", "conventions/", "virtual_servers/", "virtual_servers/create/", "users/list/", "roles/create/"),
    *("settings/", "base_resources/create/", "whats-new/", "whats-new/from-3.0/", "compatibility/"),
]

pytestmark = pytest.mark.browser


class _Links(HTMLParser):
    """Ids and links of a page, and the code in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        for name in ("href", "src"):
            if tag != "form" and values.get(name):
                self.links.append(str(values[name]))


@pytest.fixture(scope="module")
def base(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_logs_no_error_and_asks_no_other_host(base: str, visit: Any, path: str) -> None:
    visitor = visit(base)
    visitor.open(f"latest/{path}")
    assert visitor.errors == []
    assert visitor.elsewhere == []


def test_the_address_of_the_site_leads_to_its_newest_release(base: str, visit: Any) -> None:
    visitor = visit(base)
    page = visitor.open("")
    page.wait_for_url("**/latest/")
    assert "Webcore" in page.title()


def test_choosing_json_once_shows_json_everywhere(base: str, visit: Any) -> None:
    page = visit(base).open("latest/virtual_servers/create/")
    page.locator(".tabbed-labels label", has_text="JSON").first.click()
    shown = page.locator("code:visible", has_text='"virtual_machine": {')
    assert shown.count() >= 2, "both the request and the response"
    assert page.locator("code:visible", has_text="<virtual_machine>").count() == 0


def test_search_finds_a_call_by_words_by_path_and_by_a_parameter(base: str, visit: Any) -> None:
    page = visit(base).open("latest/")
    for words, title in (
        ("create virtual server", "Create virtual server"),
        ("virtual_machines/status", "List statuses of virtual servers"),
        ("required_virtual_machine_build", "Create virtual server"),
    ):
        page.locator("input.md-search__input").click()
        page.locator("input.md-search__input").press_sequentially(words)
        page.locator(".md-search-result__item h1, .md-search-result__item h2").first.wait_for()
        results = page.locator(".md-search-result__item")
        results.filter(has_text=title).first.wait_for()
        page.locator("input.md-search__input").fill("")


def test_the_copy_button_copies_the_curl_line(base: str, visit: Any) -> None:
    visitor = visit(base, permissions=["clipboard-read", "clipboard-write"])
    page = visitor.open("latest/roles/create/")
    block = page.locator(".highlight:visible").first
    block.hover()
    block.locator("button, .md-clipboard").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl -i -X POST")
    assert "</role>'" in copied
    assert subprocess.run(["sh", "-n"], input=copied, text=True, check=False).returncode == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_narrow_screen(base: str, visit: Any, path: str) -> None:
    page = visit(base, viewport={"width": 360, "height": 740}).open(f"latest/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_page_can_be_read_without_javascript(base: str, visit: Any) -> None:
    page = visit(base, java_script_enabled=False).open("latest/virtual_servers/create/")
    assert page.locator("h1").inner_text().startswith("Create virtual server")
    page.locator(".tabbed-labels label", has_text="JSON").first.click()
    assert page.locator("code:visible", has_text='"virtual_machine": {').count() >= 1


def test_an_address_of_a_folded_field_opens_the_fold(base: str, visit: Any) -> None:
    page = visit(base).open("latest/virtual_servers/create/#response-hostname")
    assert page.locator("#response-hostname").is_visible()


def test_all_links_and_anchors_of_all_releases_lead_somewhere(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 6_000
    assert list(faults(site, load(site))) == []


def test_no_page_has_an_id_twice(site: Path) -> None:
    for path in (site / "latest").rglob("*.html"):
        ids = [i for i in _Links(path.read_text()).ids if not i.startswith("__")]
        twice = {i for i in ids if ids.count(i) > 1}
        assert not twice, f"{path.relative_to(site)}: {twice}"


def test_what_came_later_is_not_in_the_first_release(site: Path) -> None:
    path = "virtual_servers/list_statuses/index.html"
    assert "This page is not in the guide of release 3.0." in (site / "3.0" / path).read_text()
    assert "Responses" in (site / "3.1" / path).read_text()
    reference = [p for p in (site / "3.0").rglob("index.html") if p.parts[-3:-2] != ("3.0",)]
    first = "".join(path.read_text() for path in reference)
    assert "ag-badge" not in first, "all came with it, as far as anybody knows"


def test_what_is_documented_for_the_first_time_bears_an_outlined_bulb_in_that_release_alone(
    site: Path,
) -> None:
    def article(release: str, url: str) -> str:
        page = (site / release / url / "index.html").read_text()
        return page[page.index("<article") :]

    assert article("4.2", "recipes/list").count("ag-badge--first") == 1
    shown = article("4.1", "edge_servers/power_off")
    assert "first documented in 4.1" in shown
    later = article("4.2", "edge_servers/power_off")
    assert "first documented in 4.1" not in later
    assert "<dt>4.1</dt>\n<dd>It is documented for the first time." in later
    for release in ("3.1", "4.2"):
        assert "documented since" not in article(release, "virtual_servers/create")


def test_a_new_call_bears_one_light_bulb_in_its_own_release(site: Path) -> None:
    new = (site / "3.1/virtual_servers/list_statuses/index.html").read_text()
    article = new[new.index("<h1 id=") :]
    assert article.count("ag-badge--new") == 1
    assert "ag-badge--new" not in (site / "4.2/virtual_servers/list_statuses/index.html").read_text()
    assert re.search(r"since 3\.1", (site / "4.2/virtual_servers/list_statuses/index.html").read_text())
