"""Other content is put into a page that is there, or nothing is."""

import json

import pytest

from apiguide.rendering.render import RenderedPage, SearchEntry
from apiguide.rendering.templates import Heading
from apiguide.site.pages import BEGIN, END
from apiguide.site.patch import patched, patched_search

OLD = '<h1 id="call">Get book</h1>\n<p>Gives a book.</p>'
PAGE = (
    f'<head><meta name="description" content="Gives a book."></head><article>{BEGIN}\n{OLD}\n{END}</article>'
)


def rendered(html: str, description: str = "Gives a book.", title: str = "Get book") -> RenderedPage:
    entry = SearchEntry("books/get/", title, (description,))
    headings = (Heading(1, "call", title),)
    return RenderedPage("books/get/", title, description, html, headings, frozenset({"call"}), entry)


def test_content_and_description_change_and_nothing_else() -> None:
    new = '<h1 id="call">Get book</h1>\n<p>Gives &amp; shows \\1.</p>'
    page = patched(PAGE, rendered(new, 'Gives & "shows" \\1.'))
    assert page == PAGE.replace(OLD, new).replace(
        'content="Gives a book."', 'content="Gives &amp; &quot;shows&quot; \\1."'
    )


@pytest.mark.parametrize(
    ("page", "html"),
    [
        (PAGE, '<h1 id="call">Get a book</h1>'),
        (PAGE, f'{OLD}<h2 id="more">More</h2>'),
        (PAGE.replace(END, ""), OLD),
        (PAGE.replace('name="description"', 'name="other"'), OLD),
    ],
    ids=["another title", "another heading", "no marks", "no description"],
)
def test_where_more_would_change_nothing_does(page: str, html: str) -> None:
    title = "Get a book" if "Get a book" in html else "Get book"
    more = (Heading(2, "more", "More"),) if "more" in html else ()
    new = rendered(html, title=title)
    assert patched(page, RenderedPage(**{**new.__dict__, "headings": new.headings + more})) is None


def test_the_search_index_has_the_new_words() -> None:
    entries = [
        {"location": "", "title": "Start", "text": "<p>é</p>"},
        {"location": "books/get/", "title": "a", "text": ""},
    ]
    index = json.dumps({"config": {"lang": ["en"]}, "docs": entries}, separators=(",", ":"))
    new = patched_search(index, [SearchEntry("books/get/", "Get <book>", ("Gives", "", "GET /books"))])
    assert new is not None
    assert json.loads(new)["docs"] == [
        entries[0],
        {"location": "books/get/", "title": "Get &lt;book&gt;", "text": "<p>Gives</p><p>GET /books</p>"},
    ]
    assert new.startswith(index[:60])


def test_a_search_index_of_another_kind_stays() -> None:
    assert patched_search('{"docs": []}', []) is None
    assert patched_search('{"docs":[]}', [SearchEntry("books/get/", "Get book", ())]) is None
