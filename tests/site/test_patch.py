"""Other content is put into a page that is there, or nothing is."""

import pytest

from apiguide.rendering.render import RenderedPage, SearchEntry
from apiguide.rendering.templates import Heading
from apiguide.site.pages import BEGIN, END
from apiguide.site.patch import patched

OLD = '<h1 id="request">Get book</h1>\n<p>Gives a book.</p>'
PAGE = f"<head><title>Get book</title></head><article>{BEGIN}\n{OLD}\n{END}</article>"


def rendered(html: str) -> RenderedPage:
    entry = SearchEntry("books/get/", "Get book", ("Gives a book.",))
    headings = (Heading(1, "request", "Get book"),)
    return RenderedPage(
        "books/get/", "Get book", "Gives a book.", html, headings, frozenset({"request"}), entry
    )


def test_content_changes_and_nothing_else() -> None:
    new = '<h1 id="request">Get a book</h1>\n<p>Gives &amp; shows \\1.</p><h2 id="more">More</h2>'
    assert patched(PAGE, rendered(new)) == PAGE.replace(OLD, new)


@pytest.mark.parametrize("mark", [BEGIN, END])
def test_a_page_without_a_place_for_it_stays(mark: str) -> None:
    assert patched(PAGE.replace(mark, ""), rendered(OLD)) is None
