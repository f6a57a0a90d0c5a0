"""Which pages each release's guide has, and where one leads to others."""

from collections.abc import Callable

import pytest

from apiguide.docs import DocsPage, read_page
from apiguide.folders import LATEST
from apiguide.history import views
from apiguide.model import Guide
from apiguide.problems import Source
from apiguide.site_releases import SiteReleases, address

ReleasesOf = Callable[..., SiteReleases]

LIBRARY = """
=== books/get.yaml
title: Get book
=== books/lend.yaml
title: Lend book
since: "1.1"
changes: [{release: "2.0", before: {title: Hand out book}}]
=== books/burn.yaml
title: Burn book
removed: "2.0"
=== shelves/list.yaml
title: List shelves
=== shelves/resource.yaml
title: Shelves
since: "2.0"
"""
PLANNED = """
=== guide.yaml
releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0", status: planned}]
=== books/get.yaml
=== books/lend.yaml
since: "2.0"
"""


@pytest.fixture
def releases_of(guide_of: Callable[[str], Guide]) -> ReleasesOf:
    """`releases_of(text, **docs)`: the guides of all releases, with hand-written pages by their names."""

    def make(text: str, planned: str | None = None, **docs: str) -> SiteReleases:
        guide = guide_of(text)
        return SiteReleases(
            guide, views(guide), tuple(page(name, each) for name, each in docs.items()), planned
        )

    return make


def page(name: str, text: str) -> DocsPage:
    return read_page(f"{name}.md", Source(f"docs/{name}.md", text), [])


def about(site_releases: SiteReleases, release: str) -> set[str]:
    """The pages about releases, which each release has beside those of the API."""
    return {
        url for url in site_releases.pages[release] if url.startswith(("whats-new", "compatibility", "names"))
    }


def of_api(site_releases: SiteReleases, release: str) -> dict[str, str]:
    pages = site_releases.pages[release]
    return {url: pages[url] for url in pages.keys() - about(site_releases, release)}


def test_the_releases_are_named_newest_first(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.releases == ("3.0", "2.0", "1.1", "1.0")
    assert site_releases.newest == "3.0"
    assert list(site_releases.pages) == ["3.0", "2.0", "1.1", "1.0"]


def test_a_release_has_the_pages_of_its_resources_and_endpoints_with_the_titles_of_its_time(
    releases_of: ReleasesOf,
) -> None:
    site_releases = releases_of(LIBRARY)
    first = {"books/": "Books", "books/get/": "Get book", "books/burn/": "Burn book"}
    assert of_api(site_releases, "1.0") == first
    assert of_api(site_releases, "1.1") == first | {"books/lend/": "Hand out book"}
    assert of_api(site_releases, "2.0") == {
        "books/": "Books",
        "books/get/": "Get book",
        "books/lend/": "Lend book",
        "shelves/": "Shelves",
        "shelves/list/": "List shelves",
    }


def test_a_release_has_a_page_of_its_news_and_one_for_each_older_release(
    releases_of: ReleasesOf,
) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.made("1.0") == {"whats-new": "What's new in 1.0", "names": "Names"}
    assert site_releases.made("2.0") == {
        "whats-new": "What's new in 2.0",
        "whats-new/from-1.0": "Changes from 1.0 to 2.0",
        "names": "Names",
    }
    news = {"whats-new/", "whats-new/from-1.1/", "whats-new/from-1.0/"}
    assert about(site_releases, "2.0") == {*news, "names/"}
    assert site_releases.news_page("2.0", "1.1") == "whats-new"
    assert site_releases.news_page("2.0", "1.0") == "whats-new/from-1.0"


def test_what_differs_from_the_release_before_stands_under_one_address_and_is_found_under_both(
    releases_of: ReleasesOf,
) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.redirects("2.0") == {"whats-new/from-1.1/": "whats-new/"}
    assert site_releases.redirects("1.1") == {"whats-new/from-1.0/": "whats-new/"}
    assert site_releases.redirects("1.0") == {}
    assert site_releases.pages["2.0"]["whats-new/from-1.1/"] == "Changes from 1.1 to 2.0"
    assert not site_releases.is_indexed("whats-new/from-2.0/", "3.0")
    assert site_releases.is_indexed("whats-new/from-1.1/", "3.0")


def test_a_large_dictionary_of_names_has_the_same_pages_in_all_releases(
    releases_of: ReleasesOf,
) -> None:
    fields = "".join(f"      {letter}{number:03}: {{}}\n" for letter in "abc" for number in range(180))
    old, new = f"parameters:\n  query:\n{fields}", 'since: "2.0"\n'
    text = f"=== books/get.yaml\n{old}=== books/list.yaml\n"
    site_releases = releases_of(text.replace("=== books/list.yaml\n", f"=== books/list.yaml\n{new}"))
    names = {
        release: [url for url in site_releases.pages[release] if url.startswith("names/")]
        for release in site_releases.releases
    }
    assert names["1.0"] == names["3.0"] == ["names/", "names/a-b/", "names/c/"]
    assert site_releases.pages["1.0"]["names/a-b/"] == "Names: A–B"


def test_the_page_of_the_promise_is_there_from_the_release_on_that_it_is_given_for(
    releases_of: ReleasesOf,
) -> None:
    site_releases = releases_of('=== guide.yaml\ncompatible_since: "1.1"\n=== books/get.yaml\n')
    having = [
        release for release in site_releases.releases if "compatibility/" in site_releases.pages[release]
    ]
    assert having == ["3.0", "2.0", "1.1"]


def test_hand_written_pages_are_called_by_their_first_heading(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(
        "=== books/get.yaml\n",
        index="Hello.\n\n# The library #\n\n# More",
        opening_hours="## Today\n",
        prices='---\nsince: "1.1"\nremoved: "2.0"\n---\n# Prices',
        endpoints='# {{ endpoint("books/get") }}\n',
    )
    titles = {url: site_releases.pages["1.1"][url] for url in ("", "opening_hours/", "prices/", "endpoints/")}
    assert titles[""] == "The library"
    assert titles["opening_hours/"] == "Opening_hours"
    assert titles["prices/"] == "Prices"
    assert "{{" not in titles["endpoints/"]
    assert [r for r in site_releases.releases if "prices/" in site_releases.pages[r]] == ["1.1"]


def test_the_pages_of_all_releases_are_its_own_or_absent(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY, index="# Home", prices='---\nsince: "2.0"\n---\n# Prices')
    every = {url for pages in site_releases.pages.values() for url in pages}
    for release in site_releases.releases:
        own, absent = site_releases.pages[release].keys(), site_releases.absent(release).keys()
        assert own | absent == every
        assert not own & absent


def test_what_came_later_is_nearest_in_the_release_that_brought_it(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.nearest("books/lend/", "1.0") == "1.1"
    assert site_releases.nearest("shelves/", "1.0") == "2.0"
    assert site_releases.absent("1.0")["books/lend/"] == "Hand out book", "its title in the nearest release"


def test_what_is_gone_is_nearest_in_the_last_release_that_had_it(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.nearest("books/burn/", "2.0") == "1.1"
    assert site_releases.nearest("books/burn/", "3.0") == "1.1"
    assert site_releases.absent("3.0")["books/burn/"] == "Burn book"


def test_the_page_that_search_engines_show_is_in_latest(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.canonical("books/get/") == LATEST
    shown = [release for release in site_releases.releases if site_releases.is_indexed("books/get/", release)]
    assert shown == ["3.0"]


def test_a_endpoint_that_is_gone_is_shown_as_of_its_last_release(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.canonical("books/burn/") == "1.1"
    shown = [
        release for release in site_releases.releases if site_releases.is_indexed("books/burn/", release)
    ]
    assert shown == ["1.1"]


def test_each_page_is_indexed_in_one_release(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(LIBRARY, index="# Home")
    leading_on = "whats-new/from-2.0/"  # of the newest release; no other has something else there
    for url in {url for pages in site_releases.pages.values() for url in pages} - {leading_on}:
        assert sum(site_releases.is_indexed(url, release) for release in site_releases.releases) == 1, url


def test_an_address_that_no_release_has_belongs_to_latest_and_is_not_indexed(
    releases_of: ReleasesOf,
) -> None:
    site_releases = releases_of(LIBRARY)
    assert site_releases.canonical("nowhere/") == LATEST
    assert not any(site_releases.is_indexed("nowhere/", release) for release in site_releases.releases)


def test_a_planned_release_is_not_among_those_that_readers_find(releases_of: ReleasesOf) -> None:
    site_releases = releases_of(PLANNED)
    assert site_releases.releases == ("1.1", "1.0")
    assert "books/lend/" not in site_releases.absent("1.1")


def test_a_planned_release_that_is_asked_for_is_shown_and_not_the_newest(
    releases_of: ReleasesOf,
) -> None:
    site_releases = releases_of(PLANNED, planned="2.0")
    assert site_releases.releases == ("2.0", "1.1", "1.0")
    assert site_releases.newest == "1.1"
    assert site_releases.canonical("books/get/") == LATEST
    assert not site_releases.is_indexed("books/get/", "2.0")
    assert site_releases.is_indexed("books/get/", "1.1")
    assert site_releases.older("2.0") == ("1.1", "1.0")
    assert site_releases.nearest("books/lend/", "1.1") == "2.0"


def test_former_addresses_lead_to_those_of_today(releases_of: ReleasesOf) -> None:
    site_releases = releases_of("=== books/read.yaml\nformerly: [books/get, tomes/show]\n")
    assert site_releases.redirects("1.0") == {"books/get/": "books/read/", "tomes/show/": "books/read/"}
    assert {*site_releases.redirects("1.0")} < {*site_releases.redirects("1.1")}


def test_a_former_address_that_is_taken_again_leads_nowhere_else(releases_of: ReleasesOf) -> None:
    text = '=== books/read.yaml\nformerly: [books/get]\n=== books/get.yaml\nremoved: "1.1"\npath: /b\n'
    assert releases_of(text).redirects("1.0") == {}


@pytest.mark.parametrize(
    ("folder", "url", "whole"),
    [
        ("2.0", "", "2.0/"),
        ("latest", "books/get/", "latest/books/get/"),
        ("spring 26?", "books/", "spring%2026%3F/books/"),
    ],
)
def test_an_address_is_the_release_and_the_page(folder: str, url: str, whole: str) -> None:
    assert address(folder, url) == whole


def test_search_engines_are_shown_nothing_of_a_planned_release(guide_of: Callable[[str], Guide]) -> None:
    guide = guide_of("""
    === guide.yaml
    releases: [{release: "1.0"}, {release: "2.0", status: planned}]
    === books/resource.yaml
    === books/list.yaml
    === books/burn.yaml
    path: /books/burn
    since: "2.0"
    """)
    shown = SiteReleases(guide, views(guide), planned="2.0")
    assert [url for url in shown.pages["2.0"] if shown.is_indexed(url, "2.0")] == []
    assert shown.is_indexed("books/list/", "1.0")


def test_the_former_address_of_a_resource_leads_on_with_those_of_its_endpoints(
    releases_of: ReleasesOf,
) -> None:
    text = """
    === books/resource.yaml
    formerly: tomes
    === books/get.yaml
    === books/read.yaml
    formerly: [tomes/peruse, pages/read]
    === pages/get.yaml
    formerly: tomes/get
    """
    assert releases_of(text).redirects("1.0") == {
        "tomes/": "books/",
        "tomes/get/": "pages/get/",
        "tomes/read/": "books/read/",
        "tomes/peruse/": "books/read/",
        "pages/read/": "books/read/",
    }


def test_the_former_address_of_a_page_leads_on(releases_of: ReleasesOf) -> None:
    docs = {"my page": "---\nformerly: [a b.md, c/index.md]\n---\n"}
    redirects = releases_of("=== books/get.yaml\n", **docs).redirects("1.0")
    assert redirects == {"a%20b/": "my%20page/", "c/": "my%20page/"}


def test_the_address_of_a_page_is_as_mkdocs_encodes_it(releases_of: ReleasesOf) -> None:
    site_releases = releases_of("=== books/get.yaml\n", **{"50% of ü": "# Half\n"})
    assert site_releases.pages["1.0"]["50%25%20of%20%C3%BC/"] == "Half"
