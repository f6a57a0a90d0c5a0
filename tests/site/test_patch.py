"""Other content is put into a page that is there, or nothing is."""

import pytest

from apiguide.rendering.render import Heading, RenderedPage, SearchEntry
from apiguide.site.pages import BEGIN, END
from apiguide.site.patch import patched

OLD = '<h1 id="call">Get book</h1>\n<p>Gives a book.</p>'
PAGE = (
    f'<head><meta name="description" content="Gives a book."></head><article>{BEGIN}\n{OLD}\n{END}</article>'
)


def rendered(html: str, description: str = "Gives a book.", title: str = "Get book") -> RenderedPage:
    entry = SearchEntry("books/get/", title, (description,))
    headings = (Heading(1, "call", title),)
    return RenderedPage("books/get/", title, description, html, headings, frozenset({"call"}), (), entry)


def test_content_and_description_change_and_nothing_else() -> None:
    new = '<h1 id="call">Get book</h1>\n<p>Gives &amp; shows \\1.</p>'
    page = patched(PAGE, rendered(new, 'Gives & "shows" \\1.'))
    assert page == PAGE.replace(OLD, new).replace(
        'content="Gives a book."', 'content="Gives &amp; &quot;shows&quot; \\1."'
    )


def test_other_headings_leave_the_former_table_of_contents() -> None:
    assert patched(PAGE, rendered(f'{OLD}<h2 id="more">More</h2>')) == PAGE.replace(
        OLD, f'{OLD}<h2 id="more">More</h2>'
    )


@pytest.mark.parametrize(
    "page",
    [PAGE.replace(END, ""), PAGE.replace('name="description"', 'name="other"')],
    ids=["no marks", "no description"],
)
def test_a_page_without_a_place_for_it_stays(page: str) -> None:
    assert patched(page, rendered(OLD)) is None
