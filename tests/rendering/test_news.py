"""Pages about releases: what is new, what was promised, what is not there, and an endpoint's history."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest

from apiguide.anchors import page_url
from apiguide.docs import DocsPage, read_page
from apiguide.history import views
from apiguide.model import Guide
from apiguide.problems import Source
from apiguide.rendering.differences import History
from apiguide.rendering.links import Links
from apiguide.rendering.news import AbsentPage, Line, NewsPage, Section
from apiguide.rendering.render import Renderer
from apiguide.rendering.templates import Templates
from apiguide.site_releases import SiteReleases

RenderOf = Callable[..., Renderer]

SECTIONS = [
    "Breaking changes",
    "Added",
    "Changed",
    "Deprecated",
    "Removed",
    "Documented for the first time",
]
LIBRARY = """
=== guide.yaml
compatible_since: "1.0"
exceptions:
  - {at: books/burn, release: "1.1", reason: "It was a mistake; [lend](ref:books/lend) them."}
  - {at: "books/get#query-size", release: "2.0", reason: Shelves are low.}
errata:
  - {at: books/get, releases: ["1.0"], date: "2025-01-02", reason: "See [lending](ref:books/lend)."}
  - {at: "books/get#response-state", releases: ["1.0", "1.1"], date: "2025-02-03", reason: It is no number.}
=== books/get.yaml
title: Get book
path: /books/:id
parameters:
  path: {id: {type: integer}}
  query:
    size: {type: integer, maximum: 5, changes: [{release: "2.0", before: {maximum: 9}}]}
    genre: {type: string, since: "1.1"}
    author: {type: string, documented_since: "1.1"}
    shelf: {type: string, deprecated: {since: "1.1"}}
    copies:
      type: integer
      changes: [{release: "1.1", note: "One is [enough](ref:books/lend).", before: {required: true}}]
responses:
  200: {body: {object: book}}
=== books/resource.yaml
objects:
  book: {fields: {id: {type: integer}, state: {type: string, enum: [new, {value: old, removed: "1.1"}]}}}
=== books/lend.yaml
title: Lend book
since: "1.1"
path: /loans
=== books/count.yaml
title: Count books
documented_since: "1.1"
path: /count
=== books/burn.yaml
title: Burn book
removed: "1.1"
path: /burn
deprecated: {since: "1.0", use: books/lend}
"""


@pytest.fixture
def render_of(guide_of: Callable[[str], Guide]) -> RenderOf:
    """`render_of(text, release, **docs)`: what renders the pages of one release among those of all."""

    def make(text: str, release: str = "1.1", **docs: str) -> Renderer:
        guide = guide_of(text)
        seen = views(guide)
        site_releases = SiteReleases(guide, seen, tuple(docs_page(name, each) for name, each in docs.items()))
        return Renderer(seen[release], Templates(), site_releases=site_releases)

    return make


def docs_page(name: str, text: str) -> DocsPage:
    return read_page(f"{name}.md", Source(f"docs/{name}.md", text), [])


def news(renderer: Renderer, older: str | None = None) -> NewsPage:
    assert renderer.news is not None
    return renderer.news.news(older)


def history_of(renderer: Renderer, id_: str) -> History:
    assert renderer.news is not None
    return renderer.news.history(renderer.news.differences(id_), Links(renderer.view, page_url(id_)))


def absent(renderer: Renderer, url: str) -> AbsentPage:
    assert renderer.news is not None
    return renderer.news.absent(url)


def section(page: NewsPage, title: str) -> Section:
    return next(each for each in page.sections if each.title == title)


def lines(found: Section) -> list[Line]:
    return [line for resource in found.resources for each in resource.parts for line in each.lines]


def said(line: Line) -> str:
    """A line as a reader has it."""
    names = line.names
    return f"{line.text} {names.title}: {', '.join(n for n, _ in names.names)}" if names else line.text


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


# What is new


def test_what_is_new_stands_in_sections_breaking_ones_first(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY))
    assert [each.title for each in page.sections] == SECTIONS
    html = render_of(LIBRARY).page("whats-new").html
    assert [each.strip() for each in re.findall(r"<h2 [^>]*>([^<]*)", html)] == SECTIONS
    assert (page.older, page.release) == ("1.0", "1.1")


def test_each_change_stands_in_the_section_of_its_kind(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY))
    told = {each.title: words(" ".join(map(said, lines(each)))) for each in page.sections}
    assert told["Breaking changes"] == "It is gone."
    assert "genre" in told["Added"]
    assert "copies" in told["Changed"]
    assert "shelf" in told["Deprecated"]
    assert "old" in told["Removed"]
    assert "author" in told["Documented for the first time"]
    assert "Count books" in told["Documented for the first time"]


def test_what_is_only_documented_is_no_news(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY))
    documented = section(page, "Documented for the first time")
    assert "Release 1.0 may have had them all the same." in documented.intro
    for other in page.sections:
        if other is not documented:
            assert "author" not in str(other.resources)
            assert "Count books" not in str(other.resources)


def test_endpoints_that_are_only_documented_share_a_line(render_of: RenderOf) -> None:
    text = f'{LIBRARY}=== books/sum.yaml\ntitle: Sum books up\npath: /sum\ndocumented_since: "1.1"\n'
    [resource] = section(news(render_of(text)), "Documented for the first time").resources
    [line] = next(each for each in resource.parts if each.title == "Endpoints").lines
    assert said(line).strip() == "2 endpoints: Sum books up, Count books"
    assert line.names is not None
    assert line.names.names[0] == ("Sum books up", "../books/sum/")
    assert not line.names.is_code


@pytest.mark.parametrize("key", ["since", "documented_since"])
def test_a_resource_that_came_with_its_endpoints_is_told_in_one_line(key: str, render_of: RenderOf) -> None:
    came = f'{key}: "1.1"\n'
    text = f"=== books/list.yaml\n=== maps/resource.yaml\ntitle: Maps\n{came}"
    endpoints = (
        f"=== maps/list.yaml\ntitle: List maps\npath: /maps\n=== maps/get.yaml\ntitle: Get map\n{came}"
    )
    page = news(render_of(text + endpoints))
    [resource] = page.sections[0].resources
    assert (resource.id, resource.title, resource.href) == (f"{page.sections[0].id}-maps", "Maps", "../maps/")
    [part] = resource.parts
    assert part.title == "The whole resource"
    assert [said(line).strip() for line in part.lines] == ["2 endpoints: List maps, Get map"]
    assert page.sections[0].count == 2, "its endpoints, but not the resource once more"
    [alone] = news(render_of(text)).sections
    text_alone = "It is new." if key == "since" else "It is documented for the first time."
    assert [said(line) for line in alone.resources[0].parts[0].lines] == [text_alone]
    assert alone.count == 1


def test_a_resource_that_is_documented_with_a_endpoint_that_is_new_counts_itself(render_of: RenderOf) -> None:
    text = """
    === maps/resource.yaml
    documented_since: "1.1"
    === maps/list.yaml
    since: "2.0"
    """
    page = news(render_of(text, "2.0"), "1.0")
    assert page.lead == ("From 1.0 to 2.0, 1 addition is known; 1 resource is documented for the first time.")
    assert [each.count for each in page.sections] == [1, 1]
    assert [said(line) for line in lines(page.sections[1])] == ["It is documented for the first time."]


def test_what_is_in_an_object_and_what_is_in_the_resource_is_told_apart(render_of: RenderOf) -> None:
    text = """
    === books/resource.yaml
    deprecated: {since: "1.1"}
    objects: {book: {fields: {id: {deprecated: {since: "1.1"}}}}}
    === books/get.yaml
    responses: {200: {body: {object: book}}}
    """
    [resource] = section(news(render_of(text)), "Deprecated").resources
    assert [(each.title, each.href) for each in resource.parts] == [
        ("The whole resource", None),
        ("Objects", None),
    ]


# What it begins with


def lead(text: str, render_of: RenderOf, older: str | None = None, release: str = "1.1") -> str:
    return news(render_of(text, release), older).lead


def test_a_page_of_news_begins_with_how_much_there_is(render_of: RenderOf) -> None:
    assert lead(LIBRARY, render_of) == (
        "From 1.0 to 1.1, 1 breaking change, 2 additions, 1 other change, 1 deprecation and 1 removal are "
        "known; 1 endpoint and 1 parameter are documented for the first time."
    )
    html = words(render_of(LIBRARY).page("whats-new").html)
    assert html.startswith("What's new in 1.1 From 1.0 to 1.1, 1 breaking change")


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ('a: {since: "1.1"}', "From 1.0 to 1.1, 1 addition is known."),
        (
            "a: {type: integer, changes: [{release: '1.1', before: {required: true}}]}",
            "From 1.0 to 1.1, 1 change is known.",
        ),
        (
            'a: {since: "1.1"}, b: {documented_since: "1.1"}',
            "From 1.0 to 1.1, 1 addition is known; 1 parameter is documented for the first time.",
        ),
        (
            'a: {documented_since: "1.1"}',
            "No change of the API from 1.0 to 1.1 is known; 1 parameter is documented for the first time.",
        ),
        (
            'a: {documented_since: "1.1"}, b: {documented_since: "1.1"}, '
            'c: {enum: [d, {value: e, documented_since: "1.1"}]}',
            "No change of the API from 1.0 to 1.1 is known; 2 parameters and 1 value are documented for the "
            "first time.",
        ),
        ("a: {}", "Nothing that a program would notice is known to have changed between 1.0 and 1.1."),
    ],
)
def test_the_first_sentence_is_true_of_the_pair(parameters: str, sentence: str, render_of: RenderOf) -> None:
    assert lead(f"=== books/list.yaml\nparameters: {{query: {{{parameters}}}}}\n", render_of) == sentence


def test_all_that_can_be_documented_is_counted_in_words(render_of: RenderOf) -> None:
    text = """
    === maps/resource.yaml
    documented_since: "1.1"
    === books/resource.yaml
    objects: {book: {fields: {id: {}, price: {documented_since: "1.1"}}}}
    === books/get.yaml
    permissions: [{value: books.get, documented_since: "1.1"}]
    responses:
      200: {body: {object: book}}
      402: {documented_since: "1.1"}
      403: {body: {fields: {b: {documented_since: "1.1"}}}, changes: [{release: "1.1", before: {body: null}}]}
    """
    assert lead(text, render_of) == (
        "No change of the API from 1.0 to 1.1 is known; 1 resource, 1 field, 1 status, 1 permission and "
        "1 response body are documented for the first time."
    )
    told = words(render_of(text).page("whats-new").html)
    assert "It is documented to need the permission books.get." in told
    assert "It is documented to answer with 402." in told


def test_the_sentence_of_an_upgrade_is_about_its_own_releases(render_of: RenderOf) -> None:
    assert lead(LIBRARY, render_of, "1.0", "2.0").startswith(
        "From 1.0 to 2.0, 2 breaking changes, 2 additions"
    )


def test_headings_say_how_much_is_under_them_and_resources_stand_in_the_contents(
    render_of: RenderOf,
) -> None:
    text = f'{LIBRARY}=== maps/list.yaml\npath: /maps\nsince: "1.1"\n'
    page = render_of(text).page("whats-new")
    assert [(each.level, each.id, each.text) for each in page.headings[:5]] == [
        (1, "news", "What's new in 1.1"),
        (2, "breaking", "Breaking changes (1)"),
        (3, "breaking-books", "Books"),
        (2, "added", "Added (3)"),
        (3, "added-books", "Books"),
    ]
    assert page.headings[5].id == "added-maps"


def test_changes_stand_by_resource_in_the_order_of_the_navigation(render_of: RenderOf) -> None:
    text = """
    === guide.yaml
    groups: [{id: b, title: B}, {id: a, title: A}]
    === apples/resource.yaml
    title: Apples
    group: a
    === apples/list.yaml
    title: List apples
    since: "1.1"
    === berries/resource.yaml
    title: Berries
    group: b
    === berries/list.yaml
    title: List berries
    since: "1.1"
    """
    added = section(news(render_of(text)), "Added")
    assert [each.title for each in added.resources] == ["Berries", "Apples"]


def test_the_reason_of_an_exception_stands_beside_the_break(render_of: RenderOf) -> None:
    [line] = lines(section(news(render_of(LIBRARY)), "Breaking changes"))
    assert line.reason == 'It was a mistake; <a href="../books/lend/">lend</a> them.'
    html = render_of(LIBRARY).page("whats-new").html
    assert "An exception to the promise: It was a mistake;" in html


def test_a_reason_stands_beside_no_other_change(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY))
    others = [line for each in page.sections if each.id != "breaking" for line in lines(each)]
    assert len(others) > 4
    assert [line.reason for line in others] == [None] * len(others)


def test_the_writers_note_stands_beside_the_change(render_of: RenderOf) -> None:
    [line] = lines(section(news(render_of(LIBRARY)), "Changed"))
    assert line.note == 'One is <a href="../books/lend/">enough</a>.'


def test_a_change_links_to_its_part(render_of: RenderOf) -> None:
    html = render_of(LIBRARY).page("whats-new").html
    assert 'href="../books/get/#query-genre"' in html
    assert 'href="../books/#object-book-state"' in html
    assert 'href="../books/lend/"' in html


def test_what_is_gone_is_named_without_a_link(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY))
    [resource] = section(page, "Breaking changes").resources
    [endpoint] = resource.parts
    assert (resource.title, endpoint.title, endpoint.href) == ("Books", "Burn book", None)
    assert "books/burn" not in render_of(LIBRARY).page("whats-new").html


def test_what_is_gone_with_its_resource_is_named_by_its_title(render_of: RenderOf) -> None:
    text = (
        '=== maps/resource.yaml\ntitle: Old maps\nremoved: "1.1"\n=== maps/list.yaml\n=== books/list.yaml\n'
    )
    [resource] = section(news(render_of(text)), "Breaking changes").resources
    assert (resource.title, resource.href) == ("Old maps", None)
    assert {each.href for each in resource.parts} == {None}


def test_the_first_release_has_nothing_to_be_compared_with(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY, "1.0"))
    assert (page.older, page.sections, page.others) == (None, (), ())
    html = render_of(LIBRARY, "1.0").page("whats-new").html
    assert "This is the first release that has a guide" in html
    assert "<h2" not in html


def test_a_release_that_changed_nothing_says_so(render_of: RenderOf) -> None:
    html = render_of(LIBRARY, "3.0").page("whats-new").html
    assert "Nothing that a program would notice is known to have changed between 2.0 and 3.0." in html
    assert "<h2" not in html


def test_an_upgrade_page_compares_with_the_release_it_is_named_for(render_of: RenderOf) -> None:
    page = news(render_of(LIBRARY, "2.0"), "1.0")
    assert (page.title, page.older) == ("Changes from 1.0 to 2.0", "1.0")
    told = words(render_of(LIBRARY, "2.0").page("whats-new/from-1.0").html)
    assert "Burn book It is gone." in told, "of 1.1"
    assert "size" in told, "of 2.0"
    assert "Programs that worked with 1.0 may have to be changed." in told
    newest = words(render_of(LIBRARY, "2.0").page("whats-new").html)
    assert "Burn book" not in newest
    assert "size" in newest


def test_each_page_of_news_leads_to_those_from_all_older_releases(render_of: RenderOf) -> None:
    assert news(render_of(LIBRARY, "2.0")).others == (("1.1", None), ("1.0", "from-1.0/"))
    assert news(render_of(LIBRARY, "2.0"), "1.0").others == (("1.1", "../"), ("1.0", None))
    listed = "Coming from an older release? Changes from 1.1, 1.0."
    assert listed in words(render_of(LIBRARY, "2.0").page("whats-new").html)
    assert "Coming from" not in words(render_of(LIBRARY, "1.1").page("whats-new").html), "there is no other"


# The promise


def test_the_promise_names_what_has_been_compared(render_of: RenderOf) -> None:
    renderer = render_of(LIBRARY, "2.0")
    assert renderer.news is not None
    page = renderer.news.compatibility()
    assert (page.since, page.release, page.pairs) == ("1.0", "2.0", (("1.0", "1.1"), ("1.1", "2.0")))
    assert page.endpoints == 3
    told = words(renderer.page("compatibility").html)
    assert "backward compatible since release 1.0" in told
    assert "1.0 with 1.1, 1.1 with 2.0." in told
    assert "A parameter is now required." in told, "what counts as a break"
    assert "An endpoint is new." not in told


def test_the_first_release_with_the_promise_has_compared_nothing_yet(render_of: RenderOf) -> None:
    told = words(render_of(LIBRARY, "1.0").page("compatibility").html)
    assert "nothing to compare it with yet" in told
    assert "There is no exception." in told


def test_exceptions_are_shown_up_to_the_release_shown(render_of: RenderOf) -> None:
    def broken(release: str) -> list[tuple[str, str, str | None]]:
        found = render_of(LIBRARY, release).news
        assert found is not None
        return [(each.release, each.at, each.href) for each in found.compatibility().broken]

    first = ("1.1", "books/burn", None)
    assert broken("1.0") == []
    assert broken("1.1") == [first]
    assert broken("2.0") == [first, ("2.0", "books/get#query-size", "../books/get/#query-size")]
    html = render_of(LIBRARY, "1.1").page("compatibility").html
    assert 'It was a mistake; <a href="../books/lend/">lend</a> them.' in html


def test_an_exception_for_a_field_leads_to_what_held_it(render_of: RenderOf) -> None:
    text = """
    === guide.yaml
    compatible_since: "1.0"
    exceptions: [{at: objects.book.state, release: "1.1", reason: Nobody read it.}]
    === books/get.yaml
    responses: {200: {body: {object: book}}}
    === books/resource.yaml
    objects: {book: {fields: {id: {type: integer}, state: {type: string, removed: "1.1"}}}}
    """
    renderer = render_of(text)
    assert renderer.news is not None
    [broken] = renderer.news.compatibility().broken
    assert (broken.at, broken.href) == ("book.state", "../books/#object-book")


def test_corrections_are_listed_in_the_guides_that_were_wrong(render_of: RenderOf) -> None:
    def listed(release: str) -> list[str]:
        found = render_of(LIBRARY, release).news
        assert found is not None
        return [each.release for each in found.compatibility().errata]

    assert listed("1.0") == ["2025-01-02", "2025-02-03"]
    assert listed("1.1") == ["2025-02-03"]
    assert listed("2.0") == []
    assert 'id="errata"' not in render_of(LIBRARY, "2.0").page("compatibility").html
    assert "It is no number." in render_of(LIBRARY, "1.1").page("compatibility").html


# An endpoint's page


def history(renderer: Renderer, id_: str = "books/get") -> dict[str, str]:
    assert renderer.news is not None
    return {release: words(" ".join(map(said, told))) for release, told in history_of(renderer, id_)}


def test_the_history_of_a_endpoint_goes_back_from_the_release_shown(render_of: RenderOf) -> None:
    assert list(history(render_of(LIBRARY, "3.0"))) == ["2.0", "1.1"]
    assert list(history(render_of(LIBRARY, "1.1"))) == ["1.1"]
    html = render_of(LIBRARY, "3.0").page("books/get").html
    told = html[html.index('id="history"') :]
    assert re.findall(r"<dt>(.*?)</dt>", told) == ["2.0", "1.1"]
    assert "1 query parameter first documented: author" in words(told)


def test_the_history_tells_of_what_the_response_holds(render_of: RenderOf) -> None:
    told = history(render_of(LIBRARY))["1.1"]
    assert "`state`" not in told
    assert "state of the response" in told


def test_a_endpoint_that_never_changed_has_no_history(render_of: RenderOf) -> None:
    assert history(render_of(LIBRARY, "1.0")) == {}
    assert 'id="history"' not in render_of(LIBRARY, "1.0").page("books/get").html
    assert 'id="history"' not in render_of(LIBRARY, "1.0").page("books").html


def test_the_history_of_a_endpoint_begins_with_where_it_came_from(render_of: RenderOf) -> None:
    assert history(render_of(LIBRARY, "3.0"), "books/lend") == {"1.1": "It is new."}
    assert history(render_of(LIBRARY, "3.0"), "books/count") == {
        "1.1": "It is documented for the first time."
    }


def test_whatever_bears_no_sign_any_more_is_told_in_the_history_of_its_page(render_of: RenderOf) -> None:
    text = """
    === books/resource.yaml
    notes: [{info: "Of *books*.", documented_since: "1.1"}]
    objects:
      book: {fields: {id: {type: integer}, size: {fields: {cm: {}, inch: {documented_since: "1.1"}}}}}
      gift: {documented_since: "1.1", fields: {id: {type: integer}}}
    === books/list.yaml
    title: List books
    notes: [{warning: Long., documented_since: "1.1"}]
    permissions: [{value: books.list, documented_since: "1.1"}]
    parameters:
      query: {sort: {enum: [a, {value: b, documented_since: "1.1"}]}}
      body: {x: {fields: {y: {}, z: {documented_since: "1.1"}, w: {fields: {v: {documented_since: "1.1"}}}}}}
    responses: {200: {body: {fields: {size: {fields: {cm: {}, inch: {documented_since: "1.1"}}},
                                      7: {documented_since: "1.1"}}}},
                402: {body: {fields: {a: {}, b: {documented_since: "1.1"}}}},
                403: {documented_since: "1.1"}}
    === books/add.yaml
    title: Add book
    method: POST
    documented_since: "1.1"
    """
    renderer = render_of(text, "2.0")
    assert renderer.news is not None
    [(release, told)] = history_of(renderer, "books/list")
    assert release == "1.1"
    assert [words(f"{said(line)} {line.note or ''}") for line in told] == [
        "It is documented to need the permission books.list.",
        "Query parameter sort is documented to take b.",
        "It is documented to answer with 403.",
        "This warning is documented: Long.",
        "first documented 2 parameters in x: z, w.v",
        "first documented 2 fields of the response: size.inch, 7",
        "first documented 1 field of the response 402: b",
    ]
    [(release, told)] = renderer.news.history_of_resource("books")
    assert release == "1.1"
    assert [words(f"{said(line)} {line.note or ''}") for line in told] == [
        "This info is documented: Of books.",
        "Object gift is documented.",
        "first documented 1 field of book: size.inch",
        "first documented 1 endpoint: Add book",
    ]
    for id_ in ("books", "books/list"):
        html = renderer.page(id_).html
        assert "ag-badge" not in html
        assert re.findall(r"<h2 id=\"(.*?)\"", html)[-1] == "history"


def test_names_in_a_history_lead_to_their_rows(render_of: RenderOf) -> None:
    text = """
    === books/resource.yaml
    objects: {book: {fields: {id: {}, a: {documented_since: "1.1", removed: "3.0"}}}}
    === books/list.yaml
    parameters: {query: {q: {documented_since: "1.1"}}}
    responses: {200: {body: {object: book}}}
    """
    html = render_of(text, "2.0").page("books/list").html
    assert '<a href="#query-q"><code>q</code></a>' in html
    assert '<a href="#response-a"><code>a</code></a>' in html
    assert '<a href="#object-book-a"><code>a</code></a>' in render_of(text, "2.0").page("books").html
    assert '<a href="../books/#object-book-a"><code>a</code></a>' in render_of(text).page("whats-new").html
    later = render_of(text, "3.0").page("books/list").html
    assert "1 field of the response first documented: <code>a</code>" in later, "it is gone since"


@pytest.mark.parametrize("number", [12, 13])
def test_a_long_list_of_names_is_folded(number: int, render_of: RenderOf) -> None:
    fields = ", ".join(f'f{each}: {{documented_since: "1.1"}}' for each in range(number))
    text = f"=== books/list.yaml\nparameters: {{query: {{{fields}}}}}\n"
    for id_, verb in (("books/list", " first documented"), ("whats-new", "")):
        html = render_of(text).page(id_).html
        summary = f"<summary>{number} query parameters{verb}</summary>"
        assert (summary in html) == (number > 12)
        assert (f"{number} query parameters{verb}: <a" in html) == (number == 12)
        assert html.count("<code>f") == number, "each is there, folded or not"


def test_a_part_that_is_gone_again_is_told_of_without_a_link(render_of: RenderOf) -> None:
    text = '=== books/get.yaml\nparameters: {query: {a: {type: string, since: "1.1", removed: "2.0"}}}\n'
    [(_, [gone]), (_, [new])] = history_of(render_of(text, "2.0"), "books/get")
    assert "a" in gone.text
    assert (gone.href, new.href) == (None, None)
    [(_, [then])] = history_of(render_of(text, "1.1"), "books/get")
    assert then.href == "#query-a"


def test_a_correction_stands_in_a_box_on_the_pages_that_were_wrong(render_of: RenderOf) -> None:
    def boxes(release: str, id_: str = "books/get") -> list[str]:
        html = render_of(LIBRARY, release).page(id_).html
        return re.findall(r"Corrected on (\S+)</p>", html)

    assert boxes("1.0") == ["2025-01-02", "2025-02-03"]
    assert boxes("1.1") == ["2025-02-03"]
    assert boxes("2.0") == []
    assert boxes("1.1", "books/lend") == []
    html = render_of(LIBRARY, "1.0").page("books/get").html
    assert "See lending." in words(html)
    assert "books/lend" not in html, "the release has no such endpoint"


# What is not there


@pytest.mark.parametrize(
    ("release", "url", "reason"),
    [
        ("1.0", "books/lend/", "It came with release 1.1."),
        ("1.0", "books/count/", "It is known from release 1.1 on; whether 1.0 has it is not documented."),
        ("1.1", "books/burn/", "It was removed in 1.1. Use Lend book instead."),
        ("3.0", "books/burn/", "It was removed in 1.1. Use Lend book instead."),
        ("1.0", "whats-new/from-1.1/", "It came with the guide of 2.0."),
        ("1.0", "prices/", "It came with the guide of 1.1."),
        ("2.0", "prices/", "The guide of 1.1 is the last that has it."),
    ],
)
def test_a_page_that_a_release_lacks_says_why(
    release: str, url: str, reason: str, render_of: RenderOf
) -> None:
    renderer = render_of(LIBRARY, release, prices='---\nsince: "1.1"\nremoved: "2.0"\n---\n# Prices')
    assert words(absent(renderer, url).reason) == reason
    told = words(renderer.page(url.rstrip("/")).html)
    assert f"This page is not in the guide of release {release}. {reason}" in told


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        ("", "It was removed in 2.0."),
        ("books/lend", "It was removed in 2.0. Use Lend instead."),
        ("books/nowhere", "It was removed in 2.0. Use books/nowhere instead."),
        ("your own eyes", "It was removed in 2.0. Use your own eyes instead."),
    ],
)
def test_what_is_gone_says_what_to_use_instead(use: str, reason: str, render_of: RenderOf) -> None:
    deprecated = f'deprecated: {{since: "1.1"{f", use: {use}" if use else ""}}}'
    text = f'=== books/burn.yaml\nremoved: "2.0"\n{deprecated}\n=== books/lend.yaml\ntitle: Lend\n'
    page = absent(render_of(text, "3.0"), "books/burn/")
    assert words(page.reason) == reason
    assert ('<a href="../lend/">' in page.reason) == (use == "books/lend")


def test_a_endpoint_says_when_its_resource_came_or_went(render_of: RenderOf) -> None:
    def reason(date: str, release: str) -> str:
        text = f'=== maps/resource.yaml\n{date}: "1.1"\n=== maps/list.yaml\n=== books/list.yaml\n'
        return words(absent(render_of(text, release), "maps/list/").reason)

    assert reason("since", "1.0") == "It came with release 1.1."
    assert reason("documented_since", "1.0").startswith("It is known from release 1.1 on;")
    assert reason("removed", "2.0") == "It was removed in 1.1."


@pytest.mark.parametrize("file", ["maps/resource.yaml", "maps/list.yaml"])
def test_what_is_there_again_later_says_so(file: str, render_of: RenderOf) -> None:
    gap = 'absent: [{from: "1.1", until: "3.0"}]'
    text = "=== maps/resource.yaml\n=== maps/list.yaml\n=== books/list.yaml\n".replace(file, f"{file}\n{gap}")
    for release in ("1.1", "2.0"):
        reason = words(absent(render_of(text, release), "maps/list/").reason)
        assert reason == "It was removed in 1.1. It came back in 3.0."
    assert "maps/list" in render_of(text, "3.0").view.endpoints


def test_what_is_not_there_leads_to_its_resource_and_to_the_nearest_release(render_of: RenderOf) -> None:
    page = absent(render_of(LIBRARY, "1.0"), "books/lend/")
    assert (page.title, page.release) == ("Lend book", "1.0")
    assert page.others == (
        ("1.1", "../../../1.1/books/lend/"),
        ("3.0", "../../../3.0/books/lend/"),
    )
    assert page.resource == ("Books", "../")


def test_a_resource_that_is_not_there_leads_to_no_resource(render_of: RenderOf) -> None:
    text = '=== maps/resource.yaml\nsince: "1.1"\n=== maps/list.yaml\n=== books/list.yaml\n'
    assert absent(render_of(text, "1.0"), "maps/").resource is None
    assert absent(render_of(text, "1.0"), "maps/list/").resource is None
    assert "in this guide" not in render_of(text, "1.0").page("maps/list").html


# Untrusted texts

HOSTILE = (
    "</p></td></table><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} [x](javascript:alert(1))"
)
HOSTILE_LIBRARY = f"""
=== guide.yaml
compatible_since: "1.0"
exceptions: [{{at: books/burn, release: "1.1", reason: "{HOSTILE}"}}]
errata: [{{at: books/get, releases: ["1.1"], date: "2025-01-02", reason: "{HOSTILE}"}}]
=== books/resource.yaml
title: "Books {HOSTILE}"
=== books/get.yaml
title: "Get {HOSTILE}"
path: "/books<script>"
parameters:
  query:
    "<script>alert(2)</script>": {{type: string, since: "1.1"}}
    "<svg onload=alert(2)>": {{type: string, documented_since: "1.1"}}
    a: {{type: string, changes: [{{release: "1.1", note: "{HOSTILE}", before: {{required: true}}}}]}}
    b: {{type: string, enum: [c, {{value: "<script>alert(3)</script>", since: "1.1"}}]}}
=== books/lend.yaml
title: "Lend {HOSTILE}"
documented_since: "1.1"
=== books/burn.yaml
title: "Burn {HOSTILE}"
removed: "1.1"
deprecated: {{since: "1.0", use: "{HOSTILE}"}}
"""


class _Elements(HTMLParser):
    """What of a page a browser would make more of than text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img"):
            self.faults.append(tag)
        self.faults += [name for name, _ in attrs if name.startswith("on")]
        self.faults += [v for n, v in attrs if n == "href" and v and v.startswith("javascript:")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("release", "id_", "shows"),
    [
        ("1.1", "whats-new", ["</script>", "{{7*7}}", "<script>alert(2)</script>", "<svg onload=alert(2)>"]),
        ("1.1", "compatibility", ["</script>", "{{7*7}}"]),
        ("1.1", "books/get", ["</script>", "{{7*7}}", "<script>alert(3)</script>"]),
        ("1.1", "books/burn", ["</script>", "{{7*7}}"]),
        ("1.0", "books/lend", ["</script>", "{{7*7}}"]),
    ],
)
def test_hostile_texts_stay_text(release: str, id_: str, shows: list[str], render_of: RenderOf) -> None:
    elements = _Elements(render_of(HOSTILE_LIBRARY, release).page(id_).html)
    assert elements.faults == []
    for each in shows:
        assert each in elements.text
    assert "49" not in elements.text
