"""What is known of a page from its data is what a reader finds in its HTML."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from tests.rendering.reading import Reading
from tests.rendering.test_golden_pages import LIBRARY as GOLDEN
from tests.rendering.test_links import LIBRARY as LINKS
from tests.rendering.test_news import LIBRARY as NEWS

from apiguide.anchors import anchors, has_part
from apiguide.history import views
from apiguide.model import Guide
from apiguide.reader import read
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Heading, Templates
from apiguide.site_releases import SiteReleases
from apiguide.view import GuideView

GuideOf = Callable[[str], Guide]

TWELVE = Path(__file__).parents[1] / "guides" / "twelve"

# Sections inside of each other, and twice in one page: once in a list that folds.
SECTIONS = """
=== guide.yaml
compatible_since: "1.0"
exceptions: [{at: "books/get#response-f1", release: "2.0", reason: It had to be.}]
statuses: {404: {title: Not Found, when: path_parameters}}
=== books/resource.yaml
objects:
  book:
    sections: [{title: 'Pages & "leaves"', fields: [f1, f2]}, {title: Other, fields: [f3]}]
    fields:
      %s
      f3:
        sections: [{title: Inside, fields: [a]}]
        fields: {a: {sections: [{title: Deeper, fields: [b]}], fields: {b: {example: x}}}}
=== books/get.yaml
title: Get <book> & more
path: /books/:id
since: "1.1"
parameters: {path: {id: {type: integer, example: 1}}, query: {'a&b"c': {example: x}}}
responses: {200: {description: Done., body: {object: book}}}
examples: [{title: A *first* one}, {}, {title: Another}]
=== books/add.yaml
method: POST
deprecated: {since: "2.0", use: books/get}
responses:
  201: {description: Done., body: {object: book, only: [f1, f3]}}
  202: {description: "See [it](ref:books/get#response-f1).", body: {type: array, items: {object: book}}}
""" % "\n      ".join(f"f{number}: {{example: x}}" for number in (1, 2, *range(4, 30)))  # noqa: UP031


@pytest.fixture(params=["golden", "links", "news", "sections", "twelve"])
def guide(request: pytest.FixtureRequest, guide_of: GuideOf) -> Guide:
    if request.param == "twelve":
        read_guide = read(TWELVE).guide
        assert read_guide is not None
        return read_guide
    texts = {"golden": GOLDEN, "links": LINKS, "news": NEWS, "sections": SECTIONS}
    return guide_of(texts[request.param])


def pages(guide: Guide, seen: Mapping[str, GuideView]) -> Iterator[tuple[str, RenderedPage]]:
    """The pages of all releases with these; one `Templates` renders them all, as a build does."""
    templates, site_releases = Templates(), SiteReleases(guide, seen)
    for release in site_releases.releases:
        view, absent = seen[release], [url.rstrip("/") for url in site_releases.absent(release)]
        renderer = Renderer(view, templates, site_releases=site_releases)
        for id_ in (*view.endpoints, *view.resources, *site_releases.made(release), *absent):
            yield release, renderer.page(id_)


def test_headings_and_ids_are_those_in_the_html(guide: Guide) -> None:
    levels = set()
    for release, page in pages(guide, views(guide)):
        reading = Reading(page.html)
        assert list(page.headings) == reading.headings, (release, page.url)
        assert page.anchors == {*reading.ids}, (release, page.url)
        assert len(reading.ids) == len(page.anchors), (release, page.url)
        levels |= {heading.level for heading in page.headings}
    assert levels >= {1, 2, 3}


def test_every_link_to_a_part_leads_to_one(guide: Guide) -> None:
    made = {(release, page.url): page for release, page in pages(guide, views(guide))}
    for (release, url), page in made.items():
        for link in Reading(page.html).links:
            target, fragment = urldefrag(urljoin(f"http://x/{release}/{url}", link))
            if target.startswith("http://x/"):
                to, _, to_url = target.removeprefix("http://x/").partition("/")
                assert (to, to_url) in made, (release, url, link)
                assert not fragment or unquote(fragment) in made[to, to_url].anchors, (release, url, link)


def test_sections_stand_in_the_contents_but_for_folded_and_deep_ones(guide_of: GuideOf) -> None:
    found = {page.url: page for release, page in pages(*of(guide_of)) if release == "2.0"}
    sections = [heading for heading in found["books/"].headings if heading.level == 4]
    assert sections == [
        Heading(4, "object-book--pages-leaves", 'Pages & "leaves"'),
        Heading(4, "object-book--other", "Other"),
        Heading(4, "object-book-f3--inside", "Inside"),
    ]
    assert "object-book-f3-a--deeper" in found["books/"].anchors
    folded = found["books/get/"]
    assert "response--other" in folded.anchors
    assert 4 not in {heading.level for heading in folded.headings}


def test_what_stands_in_two_pages_is_in_the_contents_of_both(guide_of: GuideOf) -> None:
    """What a macro makes of one value is kept, and its headings with it."""
    found = [page.headings for _, page in pages(*of(guide_of)) if page.url == "books/add/"]
    assert len(found) == 4
    for headings in found:
        assert "response--other" in {heading.id for heading in headings}


def of(guide_of: GuideOf) -> tuple[Guide, Mapping[str, GuideView]]:
    guide = guide_of(SECTIONS)
    return guide, views(guide)


OWN = """{% from "headings.html.jinja" import heading %}
{% macro resource(page) -%}
{{ heading(1, "resource", page.title) }}
<h2 id="raw">Not in the contents</h2>
{{ heading(2, "see-also", "See " ~ page.title) }}
<p class="x">{{ "Far below" | in_toc(5, "below") }}</p>
{%- endmacro %}
"""


def test_a_macro_of_the_project_makes_headings_that_stand_in_the_contents(
    tmp_path: Path, guide_of: GuideOf
) -> None:
    (tmp_path / "resource.html.jinja").write_text(OWN)
    guide = guide_of("=== books/resource.yaml\ntitle: Books & maps\n=== maps/resource.yaml\ntitle: Maps\n")
    renderer = Renderer(views(guide)["1.0"], Templates(tmp_path))
    for id_, title in (("books", "Books & maps"), ("maps", "Maps"), ("books", "Books & maps")):
        page = renderer.page(id_)
        assert page.headings == (
            Heading(1, "resource", title),
            Heading(2, "see-also", f"See {title}"),
            Heading(5, "below", "Far below"),
        )
        assert page.anchors == {"resource", "see-also", "below"}


def test_anchors_are_known_without_the_page(guide: Guide) -> None:
    """Only the history of an endpoint is not known from one release alone."""
    seen = views(guide)
    found = 0
    for release, page in pages(guide, seen):
        id_ = page.url.rstrip("/")
        if id_ in seen[release].endpoints or id_ in seen[release].resources:
            known = [*anchors(seen[release], id_)]
            assert {*known} == page.anchors - {"history"}, (release, id_)
            assert all(has_part(seen[release], id_, each) for each in known)
            found += len(known)
        else:
            assert [*anchors(seen[release], id_)] == []
    assert found > 50
