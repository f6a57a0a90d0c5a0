"""The search index: pages, terms, texts, and what other releases have."""

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from apiguide.history import views
from apiguide.model import Guide
from apiguide.rendering.render import Renderer
from apiguide.rendering.templates import Templates
from apiguide.search import texts
from apiguide.search.elsewhere import elsewhere
from apiguide.search.index import digest, index_files
from apiguide.search.pages import Found, Kind
from apiguide.search.terms import TermKind
from apiguide.site_releases import SiteReleases

GuideOf = Callable[[str], Guide]

LIBRARY = """
=== guide.yaml
statuses: {200: {title: OK}, 404: {title: Not Found, when: always, description: It is not there.}}
synonyms: {delete: [remove, burn], create: [add, remove]}
=== books/resource.yaml
title: Books
description: What one reads. And more.
notes: [{note: They are **heavy**.}]
objects:
  book:
    description: A bound book.
    fields: {title: {type: string, description: What is on the spine.}}
=== books/create.yaml
title: Create book
method: POST
path: /books
description: Makes a [book](ref:books). It may take long.
formerly: [books/make]
permissions: [books.create]
parameters:
  body:
    book:
      fields:
        title: {type: string, description: Its title., replaces: name}
        state: {enum: [lent, {value: lost, description: Nobody knows where.}]}
responses:
  200: {body: {object: book}}
  409: {description: There is one already.}
=== books/list.yaml
title: List books
responses: {200: {body: {items: {object: book}}}}
"""
DOCS = (
    Found(Kind.PAGE, "", "Home", "Hello.", "Hello. All of it."),
    Found(Kind.SECTION, "#codes", "Codes", "What they mean.", "What they mean.", parent=0),
)


class Index:
    """A decoded index."""

    def __init__(self, files: dict[str, str]) -> None:
        self.core: dict[str, Any] = json.loads(files["core"])
        self.texts: list[str] = json.loads(files["texts"])["texts"]
        self.urls = [row[1] for row in self.core["pages"]]

    def page(self, url: str) -> list[Any]:
        return next(row for row in self.core["pages"] if row[1] == url)

    def text(self, url: str) -> str:
        return self.texts[self.urls.index(url)]

    def terms(self, kind: TermKind) -> dict[str, list[tuple[str, bool, str]]]:
        found = {}
        for of_kind, text, flat in self.core["terms"]:
            if of_kind == kind:
                page, uses = 0, []
                for delta, flag, prefix in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
                    page += delta
                    anchor = self.core["prefixes"][prefix] if prefix >= 0 else ""
                    anchor += text if kind is TermKind.NAME else ""
                    uses.append((self.urls[page], bool(flag), anchor))
                found[text] = uses
        return found


def files_of(guide: Guide, release: str = "3.0", others: Sequence[Found] = (), **more: Any) -> dict[str, str]:
    view = views(guide)[release]
    renderer = Renderer(view, Templates())
    entries = {id_: renderer.page(id_).search for id_ in (*view.resources, *view.endpoints)}
    return index_files(view, entries, others, **more)


def of(guide: Guide, release: str = "3.0", others: Sequence[Found] = (), **more: Any) -> Index:
    return Index(files_of(guide, release, others, **more))


# Pages.


def test_pages_are_numbered_docs_first_then_each_resource_with_its_endpoints(guide_of: GuideOf) -> None:
    found = of(guide_of(LIBRARY), others=DOCS)
    assert found.core["pages"] == [
        [2, "", "Home", "", "", "Hello.", -1],
        [3, "#codes", "Codes", "", "", "What they mean.", 0],
        [1, "books/", "Books", "", "", "What one reads.", -1],
        [0, "books/list/", "List books", "GET", "/books", "", 2],
        [0, "books/create/", "Create book", "POST", "/books", "Makes a book.", 2],
    ]


def test_a_page_that_is_wanted_more_says_so(guide_of: GuideOf) -> None:
    found = of(guide_of(LIBRARY), others=[Found(Kind.PAGE, "", "Home", boost=2)])
    assert found.core["pages"][0] == [2, "", "Home", "", "", "", -1, 2]


def test_a_guide_may_have_one_endpoint_and_nothing_else(guide_of: GuideOf) -> None:
    found = of(guide_of("=== books/get.yaml\n"))
    assert found.urls == ["books/", "books/get/"]
    assert found.core["terms"] == []
    assert found.texts == ["", ""]


# Terms.


def test_a_name_leads_to_the_first_row_that_sends_it_and_the_first_that_returns_it(guide_of: GuideOf) -> None:
    names = of(guide_of(LIBRARY)).terms(TermKind.NAME)
    assert names["title"] == [
        ("books/", False, "object-book-title"),
        ("books/list/", False, "response-title"),
        ("books/create/", True, "body-book-title"),
        ("books/create/", False, "response-title"),
    ]
    assert [*names] == sorted(names) == ["book", "state", "title"]


def test_values_and_permissions_are_terms(guide_of: GuideOf) -> None:
    values = of(guide_of(LIBRARY)).terms(TermKind.VALUE)
    assert values == {
        "books.create": [("books/create/", True, "")],
        "lent": [("books/create/", True, "body-book-state")],
        "lost": [("books/create/", True, "body-book-state")],
    }


def test_values_of_what_a_list_or_a_map_holds_are_terms(guide_of: GuideOf) -> None:
    field = "{type: array, items: {type: object, name: b, additional_fields: {enum: [lent, lost]}}}"
    text = f"=== books/get.yaml\nparameters: {{query: {{a: {field}}}}}\n"
    place = [("books/get/", True, "query-a")]
    assert of(guide_of(text)).terms(TermKind.VALUE) == {"lent": place, "lost": place}


def test_a_very_long_value_is_no_term(guide_of: GuideOf) -> None:
    text = f"=== books/get.yaml\nparameters: {{query: {{a: {{enum: [{'x' * 80}, {'y' * 81}]}}}}}}\n"
    assert [*of(guide_of(text)).terms(TermKind.VALUE)] == ["x" * 80]


def test_former_names_lead_to_what_they_are_called_now(guide_of: GuideOf) -> None:
    assert of(guide_of(LIBRARY)).terms(TermKind.FORMER) == {
        "books/make": [("books/create/", True, "")],
        "name": [("books/create/", True, "body-book-title")],
    }


def test_a_status_leads_to_what_explains_it_and_to_endpoints_that_say_more(guide_of: GuideOf) -> None:
    statuses = of(guide_of(LIBRARY), others=DOCS, statuses="").terms(TermKind.STATUS)
    assert statuses == {
        "200": [("", True, "status-200")],
        "404": [("", True, "status-404")],
        "409": [("books/create/", False, "responses")],
    }
    assert [*of(guide_of(LIBRARY)).terms(TermKind.STATUS)] == ["409"]


@pytest.mark.parametrize("name", ["constructor", "__proto__", "имя", "</script><b>"])
def test_a_name_may_be_anything_that_a_name_can_be(guide_of: GuideOf, name: str) -> None:
    guide = guide_of(f"=== books/get.yaml\nparameters: {{query: {{{json.dumps(name)}: {{}}}}}}\n")
    assert of(guide).terms(TermKind.NAME) == {name: [("books/get/", True, f"query-{name}")]}


def test_synonyms_are_told_by_what_readers_say(guide_of: GuideOf) -> None:
    core = of(guide_of(LIBRARY)).core
    assert core["synonyms"] == {"remove": ["delete", "create"], "burn": ["delete"], "add": ["create"]}
    assert core["names"] == "names/"


# Texts.


def test_a_page_says_all_that_a_writer_says_on_it(guide_of: GuideOf) -> None:
    found = of(guide_of(LIBRARY), others=DOCS)
    assert found.text("books/") == (
        "What one reads. And more. They are heavy. A bound book. What is on the spine."
    )
    own = "Makes a book. It may take long. Its title. Nobody knows where."
    assert found.text("books/create/") == f"{own} It is not there. There is one already."
    assert found.text("books/list/") == "It is not there."
    assert found.text("") == "Hello. All of it."


def test_a_text_that_stands_twice_on_a_page_is_told_once(guide_of: GuideOf) -> None:
    text = "=== books/get.yaml\nparameters: {query: {a: {description: Same.}, b: {description: Same.}}}\n"
    assert of(guide_of(text)).text("books/get/") == "Same."


def test_all_kinds_of_texts_are_told(guide_of: GuideOf) -> None:
    text = """
    === books/get.yaml
    path: /books/:id
    deprecated: {since: "1.0", note: Word1.}
    permissions: [{value: p, description: Word2.}]
    notes: [{warning: Word3.}]
    parameters:
      path: {id: {unit: Word4, default: Word5}}
      query: {a: {const: Word6, deprecated: {since: "1.1", note: Word7.}}}
    responses: {200: {body: {fields: {b: {description: Word8.}}}}}
    examples: [{title: Word9, description: Word10.}]
    """
    found = of(guide_of(text)).text("books/get/")
    assert [f"Word{number}" in found for number in range(1, 11)] == [True] * 10


def test_long_texts_are_told_by_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ["It’s a book; Books_and more", "", "more book BOOK 42 ёлка"]
    assert texts.texts_file(pages) == {"texts": pages}
    monkeypatch.setattr(texts, "LONG", 20)
    assert texts.texts_file(pages) == {
        "words": {
            "42": [2],
            "a": [0],
            "and": [0],
            "book": [0, 2],
            "books": [0],
            "it's": [0],
            "more": [0, 2],
            "ёлка": [2],
        }
    }


# Other releases.

OLD_AND_NEW = """
=== books/get.yaml
title: Get book
path: /book/:id
parameters: {query: {title: {}, shelf: {removed: "2.0"}}}
changes: [{release: "2.0", before: {path: "/volume/:id"}}]
=== books/lend.yaml
title: Lend book
path: /book/:id/lend
method: POST
since: "1.1"
parameters: {query: {until: {since: "2.0"}}}
=== shelves/resource.yaml
title: Shelves
removed: "1.1"
=== shelves/get.yaml
title: Get shelf
path: /shelves
"""


def test_a_release_knows_what_only_others_have(guide_of: GuideOf) -> None:
    guide = guide_of(OLD_AND_NEW)
    site_releases = SiteReleases(guide, views(guide))
    assert elsewhere(site_releases, "1.0") == {
        "pages": [
            ["3.0", 0, "../3.0/books/get/", "Get book", "GET", "/book/:id"],
            ["3.0", 0, "../3.0/books/lend/", "Lend book", "POST", "/book/:id/lend"],
        ],
        "names": [["until", "3.0", "../3.0/books/lend/#query-until"]],
    }
    assert elsewhere(site_releases, "3.0") == {
        "pages": [
            ["1.1", 0, "../1.1/books/get/", "Get book", "GET", "/volume/:id"],
            ["1.0", 1, "../1.0/shelves/", "Shelves", "", ""],
            ["1.0", 0, "../1.0/shelves/get/", "Get shelf", "GET", "/shelves"],
        ],
        "names": [["shelf", "1.1", "../1.1/books/get/#query-shelf"]],
    }


def test_where_no_other_release_has_more_there_is_no_file_of_it(guide_of: GuideOf) -> None:
    guide = guide_of(LIBRARY)
    assert "elsewhere" not in files_of(guide, site_releases=SiteReleases(guide, views(guide)))
    guide = guide_of(OLD_AND_NEW)
    assert "elsewhere" not in files_of(guide)
    assert "elsewhere" in files_of(guide, site_releases=SiteReleases(guide, views(guide)))


def test_a_planned_release_is_not_told_of(guide_of: GuideOf) -> None:
    text = """
    === guide.yaml
    releases: [{release: "1.0"}, {release: "2.0", status: planned}]
    === books/get.yaml
    === books/lend.yaml
    since: "2.0"
    """
    guide = guide_of(text)
    assert elsewhere(SiteReleases(guide, views(guide)), "1.0") == {}
    planned = SiteReleases(guide, views(guide), planned="2.0")
    assert elsewhere(planned, "1.0") == {}


# Files.


def test_the_same_guide_makes_the_same_bytes(guide_of: GuideOf) -> None:
    assert files_of(guide_of(LIBRARY)) == files_of(guide_of(LIBRARY))


def test_another_content_has_another_digest() -> None:
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("\ud800")) == 8


def test_the_index_of_our_guide_is_small(guide_site: Path) -> None:
    limits = {"core": 45 * 1024, "texts": 65 * 1024, "elsewhere": 12 * 1024}
    for release in ("3.0", "4.2"):
        folder = guide_site / release / "search"
        config = json.loads((folder / "search_index.json").read_text(encoding="utf-8"))["config"]
        for name, limit in limits.items():
            assert len(gzip.compress((folder / config[name]).read_bytes(), 6)) <= limit, (release, name)


def test_the_dictionary_of_our_guide_has_pages_of_moderate_size(guide_site: Path) -> None:
    pages = [*(guide_site / "4.2/names").rglob("index.html")]
    assert 2 <= len(pages) <= 12
    assert max(page.stat().st_size for page in pages) <= 150_000
