"""The HTML of hand-written pages, once it is clean."""

import pytest
from markdown import Markdown

from apiguide.site.docs_pages import clean, with_base


def test_cells_of_a_table_stand_where_they_are_put_without_a_style() -> None:
    text = "| a | b | c |\n|:--|:-:|--:|\n| d | e | f |\n"
    html = clean(Markdown(extensions=["tables"]).convert(text))
    assert [f'class="ag-{side}"' in html for side in ("start", "center", "end")] == [True] * 3
    assert "style" not in html


@pytest.mark.parametrize("html", ['<td style="color: red">a</td>', '<p style="text-align: right;">a</p>'])
def test_other_styles_are_dropped(html: str) -> None:
    assert "style" not in clean(html)
    assert "class" not in clean(html)


@pytest.mark.parametrize(
    ("link", "base", "there"),
    [
        ("/docs/a?b#c", "https://www.library.test", "https://www.library.test/docs/a?b#c"),
        ("/", "https://www.library.test/en/", "https://www.library.test/en/"),
        ("/docs", None, "/docs"),
        ("//other.test/a", "https://www.library.test", "//other.test/a"),
        ("../books/", "https://www.library.test", "../books/"),
        ("https://other.test/a", "https://www.library.test", "https://other.test/a"),
    ],
)
def test_root_relative_links_are_relative_to_what_the_guide_says(
    link: str, base: str | None, there: str
) -> None:
    html = '<a class="b" title="/x > y" href="{}">a</a> <img src="/a.png"> <code>href="/x"</code>'
    assert with_base(html.format(link), base) == html.format(there)
