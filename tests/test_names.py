"""Which parameters and fields the endpoints of a release take and return."""

from collections.abc import Callable

import pytest

from apiguide.history import views
from apiguide.model import Guide
from apiguide.name_ranges import SIZE, dictionary_key, letter, range_of, ranges
from apiguide.names import Names, names

GuideOf = Callable[[str], Guide]

LIBRARY = """
=== books/resource.yaml
objects:
  book:
    fields:
      id: {type: integer}
      title: {type: string}
      author: {fields: {name: {type: string}}}
=== books/get.yaml
path: /books/:id
responses: {200: {body: {object: book}}}
=== books/list.yaml
parameters: {query: {title: {type: string}}}
responses: {200: {body: {items: {object: book}}}}
=== books/count.yaml
responses: {200: {body: {fields: {total: {type: integer}, books: {items: {object: book}}}}}}
"""


def of(guide: Guide, release: str = "3.0") -> Names:
    return names(views(guide)[release])


def listed(found: Names, page: str) -> list[tuple[str, str, bool]]:
    return [(use.name, use.anchor, use.is_sent) for use in found.uses(page)]


def test_a_endpoint_takes_its_parameters_and_returns_the_fields_of_its_responses(guide_of: GuideOf) -> None:
    assert listed(of(guide_of(LIBRARY)), "books/list") == [
        ("title", "query-title", True),
        ("id", "response-id", False),
        ("title", "response-title", False),
        ("author", "response-author", False),
        ("name", "response-author-name", False),
    ]


def test_a_resource_has_the_fields_of_its_objects(guide_of: GuideOf) -> None:
    assert listed(of(guide_of(LIBRARY)), "books")[:2] == [
        ("id", "object-book-id", False),
        ("title", "object-book-title", False),
    ]


def test_what_a_response_only_repeats_of_an_object_has_its_place_on_the_page_of_the_resource(
    guide_of: GuideOf,
) -> None:
    locations = of(guide_of(LIBRARY)).locations
    assert [(page, use.anchor) for page, use in locations["title"]] == [
        ("books/list", "query-title"),
        ("books/count", "response-books-title"),
        ("books", "object-book-title"),
    ]
    assert [page for page, _ in locations["name"]] == ["books/count", "books"]


def test_an_object_of_guide_yaml_has_no_page_and_is_listed_by_the_endpoints(guide_of: GuideOf) -> None:
    text = """
    === guide.yaml
    objects: {errors: {fields: {reason: {}}}}
    === books/get.yaml
    responses: {422: {body: {object: errors}}}
    """
    assert [page for page, _ in of(guide_of(text)).locations["reason"]] == ["books/get"]


def test_the_first_row_of_a_name_is_one_that_is_sent(guide_of: GuideOf) -> None:
    found = of(guide_of(LIBRARY))
    assert found.first_row("title") == "books/list/#query-title"
    assert found.first_row("name") == "books/count/#response-books-author-name"


def test_releases_share_the_rows_of_pages_that_are_alike(guide_of: GuideOf) -> None:
    text = """
    === books/get.yaml
    parameters: {query: {title: {}}}
    === books/list.yaml
    parameters: {query: {page: {}, size: {since: "2.0"}}}
    """
    seen = views(guide_of(text))
    old, new = names(seen["1.0"]), names(seen["2.0"])
    assert old.uses("books/get")[0] is new.uses("books/get")[0]
    assert [use.name for use in old.uses("books/list")] == ["page"]
    assert [use.name for use in new.uses("books/list")] == ["page", "size"]


@pytest.mark.parametrize(
    ("whole", "field", "start", "is_documented"),
    [
        ("", "", 0, True),
        ("", 'since: "2.0"', 2, False),
        ("", 'documented_since: "2.0"', 2, True),
        ('since: "1.1"', "", 1, False),
        ('documented_since: "1.1"', "", 1, True),
        ('documented_since: "1.1"', 'since: "2.0"', 2, False),
        ('since: "2.0"', 'since: "1.1"', 2, False),
    ],
)
def test_a_name_is_as_old_as_it_and_its_endpoint_are_known_to_be(
    guide_of: GuideOf, whole: str, field: str, start: int, is_documented: bool
) -> None:
    text = f"=== books/get.yaml\n{whole}\nparameters: {{query: {{title: {{{field}}}}}}}\n"
    (use,) = of(guide_of(text)).uses("books/get")
    assert use.introduced == start
    assert use.is_documented == is_documented or not start


def test_a_page_that_a_release_does_not_have_lists_nothing(guide_of: GuideOf) -> None:
    assert of(guide_of(LIBRARY)).uses("books/burn") == ()


# The pages of a dictionary.


def test_a_dictionary_goes_by_letters_whatever_the_case_and_the_signs_before_them() -> None:
    found = sorted(["b", "_c", "A", "x-y", "X", "9", "é", "constructor", "__proto__"], key=dictionary_key)
    assert found == ["A", "b", "_c", "constructor", "__proto__", "X", "x-y", "9", "é"]
    assert [letter(name) for name in found] == ["A", "B", "C", "C", "P", "X", "X", "Other", "Other"]


def test_one_page_holds_a_small_dictionary() -> None:
    assert ranges({"a": SIZE // 2, "b": SIZE // 2}) == ()
    assert ranges({}) == ()


def test_a_large_one_has_as_few_pages_as_can_hold_it_each_of_whole_letters() -> None:
    third = SIZE // 3
    weights = {"apple": third, "ant": third, "bee": third, "cat": third, "dog": third, "elk": third, "1": 5}
    found = ranges(weights)
    assert [(each.id, each.title) for each in found] == [("a-b", "A–B"), ("c-e", "C–E"), ("other", "Other")]
    assert [range_of(found, name).id for name in weights] == [
        *("a-b", "a-b", "a-b"),
        *("c-e", "c-e", "c-e"),
        "other",
    ]


def test_a_letter_with_very_many_names_has_several_pages() -> None:
    half = SIZE // 2 + 1
    weights = {"aa": half, "ab": half, "ac": half, "b": half}
    found = ranges(weights)
    assert [each.id for each in found] == ["aa", "ab", "ac", "b"]
    assert [range_of(found, name).id for name in weights] == ["aa", "ab", "ac", "b"]


def test_a_name_that_came_to_be_after_the_pages_has_one_too() -> None:
    found = ranges({"d": SIZE, "m": SIZE})
    assert [range_of(found, name).id for name in ("a", "e", "m", "z")] == ["d", "d", "m", "m"]


def test_the_address_of_a_page_has_english_letters_alone() -> None:
    found = ranges(dict.fromkeys(("яблоко", "ёлка", "мост"), SIZE))
    assert [each.id for each in found] == ["part-1", "part-2", "part-3"]


def test_names_that_no_letters_tell_apart_share_a_page() -> None:
    assert [each.id for each in ranges({"aaaaa": SIZE, "aaaab": SIZE, "b": 1})] == ["aaaa", "b"]
