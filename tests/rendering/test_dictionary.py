"""The dictionary of names: which calls take or return a name, of what type, and since when."""

import re
from collections.abc import Callable

import pytest

from apiguide.anchors import anchors
from apiguide.history import views
from apiguide.model import Guide
from apiguide.rendering.dictionary import FEW, Dictionary, NameEntry, NamesPage
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site_releases import SiteReleases

GuideOf = Callable[[str], Guide]

LIBRARY = """
=== books/resource.yaml
objects:
  book: {fields: {id: {type: integer}, title: {type: string}, size: {type: string}}}
=== books/list.yaml
title: List books
parameters: {query: {title: {type: string}, size: {type: integer}}}
responses: {200: {body: {items: {object: book}}}}
=== books/get.yaml
title: Get book
path: /books/:id
parameters: {path: {id: {type: integer}}}
responses: {200: {body: {object: book}}}
"""


def of(guide: Guide, release: str = "3.0") -> tuple[Dictionary, Renderer]:
    site_releases = SiteReleases(guide, views(guide))
    view = site_releases.views[release]
    return Dictionary(site_releases, view), Renderer(view, Templates(), site_releases=site_releases)


def page(guide: Guide, release: str = "3.0", id_: str = "names") -> NamesPage:
    return of(guide, release)[0].page(id_)


def html(guide: Guide, release: str = "3.0", id_: str = "names") -> RenderedPage:
    return of(guide, release)[1].page(id_)


def entries(found: NamesPage) -> dict[str, NameEntry]:
    return {entry.name: entry for letter in found.letters for entry in letter.entries}


def locations(entry: NameEntry) -> list[tuple[str | None, bool, str, str]]:
    return [
        (uses.type, role.is_sent, location.title, location.href)
        for uses in entry.types
        for role in uses.roles
        for location in (*role.locations, *(each for group in role.groups for each in group.locations))
    ]


def many(endpoints: int) -> str:
    return "".join(
        f"=== r{number % 3}/c{number}.yaml\ntitle: Get {number}\nparameters: {{query: {{label: {{}}}}}}\n"
        for number in range(endpoints)
    )


def test_a_name_leads_to_each_row_that_it_stands_in(guide_of: GuideOf) -> None:
    found = entries(page(guide_of(LIBRARY)))
    assert [*found] == ["id", "size", "title"]
    assert locations(found["title"]) == [
        ("string", True, "List books", "../books/list/#query-title"),
        ("string", False, "book", "../books/#object-book-title"),
    ]


def test_every_link_leads_to_a_row_that_is_there(guide_of: GuideOf) -> None:
    guide = guide_of(LIBRARY)
    view = views(guide)["3.0"]
    for entry in entries(page(guide)).values():
        for *_, href in locations(entry):
            url, _, fragment = href.partition("#")
            assert fragment in [*anchors(view, url.removeprefix("../").rstrip("/"))]


def test_a_name_of_two_types_is_a_conflict_and_shows_which_is_where(guide_of: GuideOf) -> None:
    found = page(guide_of(LIBRARY))
    assert [(link.name, link.href, link.types) for link in found.conflicts] == [
        ("size", "#name-size", "integer, string")
    ]
    assert [uses.type for uses in entries(found)["size"].types] == ["integer", "string"]
    assert [name for name, entry in entries(found).items() if entry.is_conflict] == ["size"]
    assert "1 name is not of one type everywhere" in html(guide_of(LIBRARY)).html


def test_a_type_that_nobody_knows_is_no_conflict(guide_of: GuideOf) -> None:
    text = """
    === books/get.yaml
    parameters: {query: {size: {type: integer}}}
    === books/list.yaml
    parameters: {query: {size: {}}}
    """
    found = page(guide_of(text))
    assert found.conflicts == ()
    (uses,) = entries(found)["size"].types
    assert (uses.type, len(uses.roles[0].locations)) == ("integer", 2)


@pytest.mark.parametrize(
    ("release", "badges"),
    [("1.0", {}), ("1.1", {"genre": "new"}), ("2.0", {"genre": "since", "author": "documented"})],
)
def test_a_name_says_since_when_it_is_known(guide_of: GuideOf, release: str, badges: dict[str, str]) -> None:
    text = """
    === books/get.yaml
    parameters:
      query: {title: {}, genre: {since: "1.1"}, author: {documented_since: "2.0"}}
    === books/list.yaml
    since: "2.0"
    parameters: {query: {title: {}, genre: {}}}
    """
    found = entries(page(guide_of(text), release))
    assert {name: entry.badges[0].kind for name, entry in found.items() if entry.badges} == badges


def test_a_name_in_many_endpoints_is_folded_and_lists_them_by_resource(guide_of: GuideOf) -> None:
    few = entries(page(guide_of(many(FEW))))["label"].types[0].roles[0]
    assert (len(few.locations), few.groups) == (FEW, ())
    folded = entries(page(guide_of(many(FEW + 1))))["label"].types[0].roles[0]
    assert folded.locations == ()
    assert [len(group.locations) for group in folded.groups] == [5, 4, 4]
    assert f"Sent in {FEW + 1} endpoints</summary>" in html(guide_of(many(FEW + 1))).html


def test_a_name_in_very_many_endpoints_counts_them_by_resource(guide_of: GuideOf) -> None:
    role = entries(page(guide_of(many(120))))["label"].types[0].roles[0]
    assert [(group.locations[0].href, group.locations[0].endpoints) for group in role.groups] == [
        ("../r0/", 40),
        ("../r1/", 40),
        ("../r2/", 40),
    ]


def test_a_guide_without_names_says_so(guide_of: GuideOf) -> None:
    found = html(guide_of("=== books/list.yaml\n"))
    assert "No endpoint of release 3.0 is known to take a parameter or to return a field." in found.html
    assert [heading.text for heading in found.headings] == ["Names"]


def test_a_large_dictionary_has_a_first_page_that_leads_to_all_names_and_pages_that_tell_of_them(
    guide_of: GuideOf,
) -> None:
    fields = "".join(f"    {letter}{number:03}: {{}}\n" for letter in "abc" for number in range(180))
    guide = guide_of(f"=== books/get.yaml\nparameters:\n  query:\n{fields}")
    first = page(guide)
    assert first.ranges == (("A–B", "a-b/"), ("C", "c/"))
    assert entries(first) == {}
    links = [link.href for letter in first.letters for link in letter.links]
    assert len(links) == first.number == 540
    assert (links[0], links[-1]) == ("a-b/#name-a000", "c/#name-c179")
    part = page(guide, id_="names/a-b")
    assert part.ranges == (("A–B", "../a-b/"), ("C", "../c/"))
    assert len(entries(part)) == 360
    assert locations(entries(part)["b179"])[0][3] == "../../books/get/#query-b179"
    assert 'id="name-a000"' in html(guide, id_="names/a-b").html


@pytest.mark.parametrize("name", ["constructor", "__proto__", "имя", "a[b]", "x y"])
def test_a_name_may_be_anything_that_a_name_can_be(guide_of: GuideOf, name: str) -> None:
    guide = guide_of(f'=== books/get.yaml\nparameters: {{query: {{"{name}": {{type: string}}}}}}\n')
    found = html(guide).html
    assert name in re.sub(r"<wbr>", "", found)
    (location,) = locations(entries(page(guide))[name])
    assert " " not in location[3]


def test_letters_are_its_contents(guide_of: GuideOf) -> None:
    found = html(guide_of(LIBRARY))
    assert [(heading.level, heading.text) for heading in found.headings] == [
        (1, "Names"),
        (2, "I"),
        (2, "S"),
        (2, "T"),
    ]


def test_a_name_that_is_only_documented_later_is_not_called_deprecated(guide_of: GuideOf) -> None:
    text = """
    === books/get.yaml
    parameters: {query: {title: {}, genre: {since: "1.1"}, author: {documented_since: "2.0"}}}
    """
    shown = html(guide_of(text), "3.0").html
    assert "documented since 2.0" in shown
    assert "since 1.1" in shown
    assert "deprecated" not in shown
