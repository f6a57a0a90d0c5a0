"""What parts take from others, sentence by sentence."""

from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.inheritance import resolve_inheritance
from apiguide.inheritance.sources import extended
from apiguide.lifespan import Span, span_of
from apiguide.model import Endpoint, Field, FieldKeys, Guide, Object
from apiguide.view import GuideView

GuideOf = Callable[[str], Guide]

BOOKS = """
    === books/resource.yaml
    objects:
      book:
        fields:
          id: {type: integer, description: Number of the book., required: true, example: 12}
          title: {type: string, description: Title as on the cover., nullable: true, example: Emma}
          size:
            type: object
            description: Size of the cover.
            fields:
              height: {type: integer, unit: mm, description: Top to bottom., required: true, example: 210}
              width: {type: integer, unit: mm, description: Left to right., nullable: true, example: 140}
"""


def body(guide: Guide, name: str = "book", endpoint: str = "books/create") -> Field:
    return resolve_inheritance(guide).endpoints[endpoint].parameters.body[name]


def book(guide: Guide, endpoint: str = "books/create") -> dict[str, Field]:
    fields = body(guide, endpoint=endpoint).fields
    assert fields is not None
    return dict(fields)


def endpoint_at(guide: Guide, release: str, endpoint: str = "books/create") -> tuple[GuideView, Endpoint]:
    view = at(guide, release)
    return view, view.endpoints[endpoint]


def book_at(guide: Guide, release: str, endpoint: str = "books/create") -> dict[str, Field]:
    fields = endpoint_at(guide, release, endpoint)[1].parameters.body["book"].fields
    assert fields is not None
    return dict(fields)


# Which fields


def test_an_object_with_fields_has_only_those_listed(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {title: {}}}}}
    """
    )
    assert list(book(guide)) == ["title"]


def test_an_object_without_fields_has_all(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book}}}
    """
    )
    view, endpoint = endpoint_at(guide, "1.0")
    assert list(view.members(endpoint.parameters.body["book"]) or {}) == ["id", "title", "size"]


@pytest.mark.parametrize(
    ("choice", "names"), [("only: [size, id]", "id size"), ("without: [id]", "title size")]
)
def test_only_and_without_choose_for_responses(guide_of: GuideOf, choice: str, names: str) -> None:
    guide = guide_of(
        BOOKS
        + f"""
    === books/get.yaml
    responses: {{200: {{body: {{object: book, {choice}}}}}}}
    """
    )
    view, endpoint = endpoint_at(guide, "1.0", "books/get")
    response = endpoint.responses["200"]
    assert response is not None
    assert response.body is not None
    assert list(view.members(response.body) or {}) == names.split()


# Which keys


def test_a_listed_field_takes_each_key_that_it_does_not_state(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {title: {description: Its title.}}}}}
    """
    )
    title = book(guide)["title"]
    assert (title.type, title.description, title.example) == (("string",), "Its title.", "Emma")


def test_a_field_that_the_object_does_not_have_stands_alone(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {shelf_id: {type: integer}}}}}
    """
    )
    assert book(guide)["shelf_id"] == Field(type="integer")


def test_a_field_that_the_object_does_not_have_is_there_as_long_as_the_endpoint(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {since: "2.0", fields: {id: {}}}}
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {id: {}, gift: {}}}}}
    """)
    fields = book(guide)
    assert (fields["id"].since, fields["gift"].since) == ("2.0", None)


def test_fields_within_fields_take_likewise(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {size: {fields: {height: {example: 300}}}}}}}
    """
    )
    size = book(guide)["size"]
    assert size.description == "Size of the cover."
    assert list(size.fields or {}) == ["height"]
    height = (size.fields or {})["height"]
    assert (height.type, height.unit, height.example) == (("integer",), "mm", "300")


def test_fields_within_an_object_that_a_field_holds_take_from_that_object(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      author: {fields: {name: {type: string, description: Name of the author.}}}
      book: {fields: {author: {object: author, description: Who wrote it.}}}
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {author: {fields: {name: {required: true}}}}}}}
    """)
    author = book(guide)["author"]
    assert author.description == "Who wrote it."
    assert (author.fields or {})["name"] == Field(
        type="string", description="Name of the author.", required=True
    )


def test_an_object_named_by_the_field_itself_comes_before_that_of_what_it_takes_from(
    guide_of: GuideOf,
) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      author: {fields: {name: {type: string}}}
      press: {fields: {name: {type: string, description: Name of the press.}}}
      book: {fields: {by: {object: author, only: [name], description: Who made it.}}}
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {by: {object: press}}}}}
    """)
    by = book(guide)["by"]
    assert (by.object, by.only, by.description) == ("press", None, "Who made it.")


def test_a_field_of_another_kind_takes_no_keys_that_contradict_it(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      author: {fields: {name: {type: string}}}
      book:
        fields:
          authors: {type: array, items: {object: author}, description: Who wrote it.}
          editor: {object: author}
          press: {type: string, description: Its press.}
    === books/create.yaml
    parameters:
      body:
        book:
          object: book
          fields:
            authors: {type: string}
            editor: {type: array, items: {type: integer, name: editor_id}}
            press: {fields: {name: {type: string}}}
    """)
    fields = book(guide)
    assert fields["authors"] == Field(type="string", description="Who wrote it.")
    assert fields["editor"] == Field(type="array", items=Field(type="integer", name="editor_id"))
    assert fields["press"].type is None
    assert fields["press"].is_object


def test_items_of_a_list_take_likewise(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book:
        fields:
          marks: {type: array, items: {name: mark, fields: {page: {type: integer, required: true}}}}
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {marks: {required: true}}}}}
    """)
    items = book(guide)["marks"].items
    assert items is not None
    assert items.name == "mark"
    assert items.fields == {"page": Field(type="integer")}


@pytest.mark.parametrize("key", ["required", "nullable"])
def test_a_parameter_takes_neither_required_nor_nullable(guide_of: GuideOf, key: str) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {id: {}, title: {}, size: {}}}}}
    === books/create_whole.yaml
    parameters: {body: {book: {object: book}}}
    """
    )
    fields = book(guide)
    size = fields["size"].fields or {}
    assert [getattr(each, key) for each in (*fields.values(), *size.values())] == [None] * 5
    view, endpoint = endpoint_at(guide, "1.0", "books/create_whole")
    members = view.members(endpoint.parameters.body["book"], request=True) or {}
    inner = view.members(members["size"], request=True) or {}
    assert [getattr(each, key) for each in (*members.values(), *inner.values())] == [None] * 5


def test_in_a_response_required_means_always_sent_and_is_taken(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/get.yaml
    responses: {200: {body: {object: book, fields: {id: {}, title: {}}}}}
    """
    )
    response = resolve_inheritance(guide).endpoints["books/get"].responses["200"]
    assert response is not None
    assert response.body is not None
    fields = response.body.fields or {}
    assert (fields["id"].required, fields["title"].nullable) == (True, True)


def test_query_parameters_take_as_those_of_bodies_do(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/search.yaml
    parameters: {query: {filter: {object: book, fields: {title: {}}}}}
    """
    )
    query = resolve_inheritance(guide).endpoints["books/search"].parameters.query["filter"]
    assert (query.fields or {})["title"].description == "Title as on the cover."


def test_a_query_parameter_takes_neither_required_nor_nullable(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/search.yaml
    parameters: {query: {filter: {object: book, fields: {id: {}, title: {}}}}}
    """
    )
    fields = resolve_inheritance(guide).endpoints["books/search"].parameters.query["filter"].fields or {}
    assert (fields["id"].required, fields["title"].nullable) == (None, None)


def test_items_of_a_list_that_is_the_endpoints_own_take_from_their_object(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters:
      body:
        books:
          items: {object: book, fields: {title: {}}}
          changes: [{release: "2.0", before: {description: Some.}}]
    """
    )
    items = body(guide, "books").items
    assert items is not None
    assert (items.fields or {})["title"].description == "Title as on the cover."


# extends


def test_what_extends_has_the_fields_of_its_base_before_its_own(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
      audio_book:
        extends: book
        without: [size]
        fields: {minutes: {type: integer}, title: {description: Title as on the box.}}
    """
    )
    fields = resolve_inheritance(guide).objects["audio_book"].fields
    assert list(fields) == ["id", "title", "minutes"]
    assert (fields["title"].description, fields["title"].example) == ("Title as on the box.", "Emma")
    assert (fields["id"].required, fields["title"].nullable) == (True, True)


def test_extends_takes_fields_alone(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book: {name: volume, plural: volumina, wrapped: false, description: A book., fields: {id: {}}}
      audio_book: {extends: book}
    """)
    audio = resolve_inheritance(guide).objects["audio_book"]
    assert list(audio.fields) == ["id"]
    assert (audio.name, audio.plural, audio.wrapped, audio.description) == (None, None, None, None)


def test_what_extends_has_the_brief_of_its_base_unless_it_has_its_own(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book: {brief: [id], fields: {id: {}, title: {}}}
      tape: {extends: book}
      cover: {extends: book, brief: [title]}
    """)
    objects = resolve_inheritance(guide).objects
    assert (objects["tape"].brief, objects["cover"].brief) == (("id",), ("title",))


def test_a_field_that_is_left_out_of_what_is_extended_is_not_taken_from(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
      tape: {extends: book, without: [title]}
    === books/create.yaml
    parameters: {body: {book: {object: tape, fields: {title: {}, id: {}}}}}
    """
    )
    fields = book(guide)
    assert fields["title"].description is None
    assert fields["id"].description == "Number of the book."


def test_a_chain_of_extends_takes_through_all_of_it(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      tape: {extends: audio_book, fields: {id: {example: 3}}}
      audio_book: {extends: book, fields: {id: {description: Its number.}}}
      book: {fields: {id: {type: integer}}}
    """)
    taken = resolve_inheritance(guide).objects["tape"].fields["id"]
    assert (taken.type, taken.description, taken.example) == (("integer",), "Its number.", "3")


def test_objects_that_extend_each_other_are_each_gone_through_once() -> None:
    objects = {"a": Object(extends="b"), "b": Object(extends="c"), "c": Object(extends="b")}
    assert list(extended(objects, "a")) == ["a", "b", "c"]
    assert list(extended({"a": Object(extends="x")}, "a")) == ["a"]


def test_an_object_may_list_fields_of_itself(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      part:
        fields:
          whole: {object: part, fields: {id: {}, title: {}}}
          id: {type: integer, example: 3}
          title: {type: string, example: Volume I}
    """)
    whole = resolve_inheritance(guide).objects["part"].fields["whole"]
    assert {name: each.example for name, each in (whole.fields or {}).items()} == {
        "id": "3",
        "title": "Volume I",
    }


def test_a_field_that_lists_itself_ends_somewhere(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      part: {fields: {whole: {object: part, description: What it is in., fields: {whole: {}}}}}
    """)
    whole = resolve_inheritance(guide).objects["part"].fields["whole"]
    assert (whole.fields or {})["whole"].description == "What it is in."


# Endpoints take path parameters and paging


def test_a_endpoint_takes_the_path_parameters_of_its_resource(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    parameters: {id: {type: integer, description: Number of the book.}, page: {type: integer}}
    === books/get.yaml
    path: /books/:id
    parameters: {path: {id: {example: 12}}}
    """)
    path = resolve_inheritance(guide).endpoints["books/get"].parameters.path
    assert path == {
        "id": Field(type="integer", description="Number of the book.", example="12", required=True)
    }


def test_a_path_parameter_of_the_endpoint_alone_stands_alone(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    parameters: {id: {type: integer}}
    === books/get.yaml
    path: /shelves/:shelf/books/:id
    parameters: {path: {shelf: {type: string}}}
    """)
    path = resolve_inheritance(guide).endpoints["books/get"].parameters.path
    assert path == {"shelf": Field(type="string", required=True), "id": Field(type="integer", required=True)}


def test_a_path_parameter_of_a_former_path_is_there_as_long_as_that_path(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    parameters: {id: {type: integer}, isbn: {type: string}}
    === books/get.yaml
    path: /books/:id
    changes: [{release: "2.0", before: {path: "/books/:isbn"}}]
    """)
    paths = {r: list(endpoint_at(guide, r, "books/get")[1].parameters.path) for r in guide.releases}
    assert paths == {"1.0": ["isbn"], "1.1": ["isbn"], "2.0": ["id"], "3.0": ["id"]}


PAGING = """
    === guide.yaml
    paging: {page: {type: integer, required: true}, per_page: {type: integer, since: "2.0"}}
"""


def paged(guide: Guide) -> dict[str, str]:
    endpoints = {r: at(guide, r).endpoints["books/list"] for r in guide.releases}
    return {release: " ".join(endpoint.parameters.query) for release, endpoint in endpoints.items()}


def test_a_endpoint_that_pages_takes_the_guides_paging_parameters(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    paging: true
    parameters: {query: {q: {}}}
    """
    )
    assert paged(guide) == {
        "1.0": "page q",
        "1.1": "page q",
        "2.0": "page per_page q",
        "3.0": "page per_page q",
    }
    assert resolve_inheritance(guide).endpoints["books/list"].parameters.query["page"].required


def test_paging_that_came_later_brings_its_parameters_then(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    paging: true
    changes: [{release: "1.1", before: {paging: null}}]
    """
    )
    assert paged(guide) == {"1.0": "", "1.1": "page", "2.0": "page per_page", "3.0": "page per_page"}
    assert resolve_inheritance(guide).endpoints["books/list"].parameters.query["page"].since == "1.1"


def test_paging_that_went_took_its_parameters_with_it(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    changes: [{release: "1.1", before: {paging: false}}, {release: "3.0", before: {paging: true}}]
    """
    )
    assert paged(guide) == {"1.0": "", "1.1": "page", "2.0": "page per_page", "3.0": ""}


def test_paging_that_went_and_came_back_brings_its_parameters_then(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    paging: true
    changes:
      - {release: "1.1", before: {paging: true}}
      - {release: "3.0", before: {paging: false}}
    """
    )
    assert paged(guide) == {"1.0": "", "1.1": "", "2.0": "", "3.0": "page per_page"}


def test_changes_of_other_things_do_not_change_paging(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    paging: true
    changes:
      - {release: "1.1", before: {path: /all_books}}
      - {release: "2.0", note: It is quicker now.}
    """
    )
    assert paged(guide) == {"1.0": "page", "1.1": "page", "2.0": "page per_page", "3.0": "page per_page"}


def test_that_there_was_paging_may_be_said_twice(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    paging: true
    changes: [{release: "1.1", before: {paging: null}}, {release: "2.0", before: {paging: true}}]
    """
    )
    assert paged(guide) == {"1.0": "", "1.1": "page", "2.0": "page per_page", "3.0": "page per_page"}


def test_that_there_was_no_paging_may_be_said_twice(guide_of: GuideOf) -> None:
    guide = guide_of(
        PAGING
        + """
    === books/list.yaml
    changes: [{release: "1.1", before: {paging: true}}, {release: "2.0", before: {paging: false}}]
    """
    )
    assert paged(guide) == {"1.0": "page", "1.1": "", "2.0": "", "3.0": ""}


# Each key comes with its own history


HISTORY = """
    === books/resource.yaml
    objects:
      book:
        fields:
          title:
            type: string
            description: Title as on the cover.
            max_length: 200
            changes:
              - {release: "1.1", note: Longer titles., before: {max_length: 100}}
              - {release: "2.0", note: Said better., before: {description: The title.}}
"""


def test_a_change_travels_with_the_key_that_is_taken(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {title: {required: true}}}}}
    """
    )
    assert [(c.release, c.note) for c in book(guide)["title"].changes] == [
        ("1.1", "Longer titles."),
        ("2.0", "Said better."),
    ]
    titles = {release: book_at(guide, release)["title"] for release in guide.releases}
    assert {r: (t.max_length, t.description) for r, t in titles.items()} == {
        "1.0": (100, "The title."),
        "1.1": (200, "The title."),
        "2.0": (200, "Title as on the cover."),
        "3.0": (200, "Title as on the cover."),
    }


def test_a_change_does_not_travel_where_the_key_is_stated(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {title: {max_length: 50}}}}}
    """
    )
    assert [c.release for c in book(guide)["title"].changes] == ["2.0"]
    assert {book_at(guide, release)["title"].max_length for release in guide.releases} == {50}


def test_changes_of_both_in_one_release_become_one(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    parameters:
      body:
        book:
          object: book
          fields:
            title: {required: true, changes: [{release: "2.0", note: Now needed., before: {required: null}}]}
    """
    )
    changes = book(guide)["title"].changes
    assert [(c.release, c.note) for c in changes] == [("1.1", "Longer titles."), ("2.0", "Now needed.")]
    former = book_at(guide, "1.1")["title"]
    assert (former.required, former.description) == (None, "The title.")


def test_a_change_of_both_says_what_one_of_them_says(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    parameters:
      body:
        book: {object: book, fields: {title: {unit: cm, changes: [{release: "2.0", before: {unit: mm}}]}}}
    """
    )
    assert {c.release: c.note for c in book(guide)["title"].changes}["2.0"] == "Said better."


def test_a_change_of_a_key_that_was_stated_then_does_not_travel(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    parameters:
      body:
        book: {object: book, fields: {title: {changes: [{release: "3.0", before: {description: Mine.}}]}}}
    """
    )
    told = {release: book_at(guide, release)["title"].description for release in guide.releases}
    assert told == {"1.0": "Mine.", "1.1": "Mine.", "2.0": "Mine.", "3.0": "Title as on the cover."}


def test_a_key_that_was_not_stated_then_was_taken_as_it_was_then(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    parameters:
      body:
        book:
          object: book
          fields: {title: {description: Mine., changes: [{release: "3.0", before: {description: null}}]}}
    """
    )
    told = {release: book_at(guide, release)["title"].description for release in guide.releases}
    assert told == {
        "1.0": "The title.",
        "1.1": "The title.",
        "2.0": "Title as on the cover.",
        "3.0": "Mine.",
    }


def test_a_change_travels_also_to_releases_where_the_objects_field_is_missing(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book:
        fields:
          title:
            type: string
            since: "2.0"
            description: Title as on the cover.
            changes: [{release: "3.0", before: {description: The title.}}]
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {title: {since: "1.1"}}}}}
    """)
    assert "book" not in at(guide, "1.1").objects
    told = {release: book_at(guide, release)["title"].description for release in guide.releases[1:]}
    assert told == {"1.1": "The title.", "2.0": "The title.", "3.0": "Title as on the cover."}


def test_a_change_from_before_the_field_came_does_not_travel(guide_of: GuideOf) -> None:
    guide = guide_of(
        HISTORY
        + """
    === books/create.yaml
    since: "1.1"
    parameters: {body: {book: {object: book, fields: {title: {}}}}}
    """
    )
    assert [c.release for c in book(guide)["title"].changes] == ["2.0"]


def test_a_deprecation_is_taken_unless_the_field_has_one(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {fields: {a: {deprecated: {since: "1.1"}}, b: {deprecated: {since: "1.1"}}}}}
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {a: {}, b: {deprecated: {since: "2.0"}}}}}}
    """)
    since = {name: each.deprecated and each.deprecated.since for name, each in book(guide).items()}
    assert since == {"a": "1.1", "b": "2.0"}


# Taking inside of `before`


def test_former_fields_take_too(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/create.yaml
    parameters:
      body:
        book: {object: book, fields: {title: {}}, changes: [{release: "2.0", before: {fields: {id: {}}}}]}
    """
    )
    assert book_at(guide, "1.1")["id"].description == "Number of the book."
    assert book_at(guide, "1.1")["id"].required is None
    assert list(book_at(guide, "2.0")) == ["title"]


def test_fields_take_from_the_object_that_was_named_then(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book: {fields: {title: {description: Of a book.}}}
      volume: {fields: {title: {description: Of a volume.}}}
    === books/create.yaml
    parameters:
      body: {book: {object: book, fields: {title: {}}, changes: [{release: "2.0", before: {object: volume}}]}}
    """)
    told = {release: book_at(guide, release)["title"].description for release in guide.releases}
    assert told == {"1.0": "Of a volume.", "1.1": "Of a volume.", "2.0": "Of a book.", "3.0": "Of a book."}


def test_a_change_of_a_response_that_is_not_of_its_body_leaves_that(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/get.yaml
    responses:
      200:
        description: A book.
        body: {object: book, fields: {title: {}}}
        changes:
          - {release: "1.1", note: It is quicker now.}
          - {release: "2.0", before: {description: Some book.}}
    """
    )
    for release in guide.releases:
        response = endpoint_at(guide, release, "books/get")[1].responses["200"]
        assert response is not None
        assert response.body is not None
        assert (response.body.fields or {})["title"].example == "Emma"


def test_a_former_body_of_a_response_takes_too(guide_of: GuideOf) -> None:
    guide = guide_of(
        BOOKS
        + """
    === books/get.yaml
    responses:
      200:
        body: {object: book}
        changes: [{release: "2.0", before: {body: {object: book, fields: {title: {}}}}}]
    """
    )
    response = at(guide, "1.0").endpoints["books/get"].responses["200"]
    assert response is not None
    assert response.body is not None
    assert (response.body.fields or {})["title"].description == "Title as on the cover."


# When what is taken is there


def starts(fields: dict[str, Field]) -> dict[str, str]:
    def told(field: Field) -> str:
        kind = "since" if field.since else "documented" if field.documented_since else "with it"
        end = f" to {field.removed}" if field.removed else ""
        return f"{kind} {field.introduced or ''}".strip() + end

    return {name: told(each) for name, each in fields.items()}


SPANS = """
    === books/resource.yaml
    objects:
      book:
        fields:
          old: {}
          came: {since: "2.0"}
          seen: {documented_since: "2.0"}
          went: {removed: "3.0"}
"""


def test_a_field_that_takes_starts_and_ends_with_what_it_takes_from(guide_of: GuideOf) -> None:
    guide = guide_of(
        SPANS
        + """
    === books/create.yaml
    since: "1.1"
    parameters: {body: {book: {object: book, fields: {old: {}, came: {}, seen: {}, went: {}}}}}
    """
    )
    assert starts(book(guide)) == {
        "old": "with it",
        "came": "since 2.0",
        "seen": "documented 2.0",
        "went": "with it to 3.0",
    }


def test_at_the_start_of_its_whole_it_bears_no_mark_of_its_own(guide_of: GuideOf) -> None:
    guide = guide_of(
        SPANS
        + """
    === books/create.yaml
    since: "2.0"
    parameters:
      body: {book: {object: book, fields: {came: {}, seen: {}, went: {since: "2.0"}, own: {since: "1.1"}}}}
    """
    )
    assert set(starts(book(guide)).values()) == {"with it", "with it to 3.0"}


def test_its_own_start_comes_before_that_of_what_it_takes_from(guide_of: GuideOf) -> None:
    guide = guide_of(
        SPANS
        + """
    === books/create.yaml
    parameters:
      body:
        book:
          object: book
          fields:
            came: {since: "1.1"}
            seen: {since: "3.0"}
            old: {documented_since: "1.1"}
            went: {since: "1.1"}
    """
    )
    assert starts(book(guide)) == {
        "came": "since 1.1",
        "seen": "since 3.0",
        "old": "documented 1.1",
        "went": "since 1.1 to 3.0",
    }


def test_it_ends_with_the_earlier_end(guide_of: GuideOf) -> None:
    guide = guide_of(
        SPANS
        + """
    === books/create.yaml
    removed: "3.0"
    parameters: {body: {book: {object: book, fields: {old: {removed: "2.0"}, went: {}, came: {}}}}}
    === books/edit.yaml
    parameters: {body: {book: {object: book, fields: {went: {removed: "1.1"}, old: {removed: "2.0"}}}}}
    """
    )
    assert starts(book(guide)) == {"old": "with it to 2.0", "went": "with it", "came": "since 2.0"}
    assert starts(book(guide, "books/edit")) == {"went": "with it to 1.1", "old": "with it to 2.0"}


def test_the_whole_of_a_field_taken_from_is_its_object_and_that_objects_resource(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === authors/resource.yaml
    since: "1.1"
    removed: "3.0"
    objects: {author: {fields: {name: {}}}, pen_name: {documented_since: "2.0", fields: {name: {}}}}
    === books/create.yaml
    parameters:
      body: {author: {object: author, fields: {name: {}}}, pen: {object: pen_name, fields: {name: {}}}}
    """)
    parameters = resolve_inheritance(guide).endpoints["books/create"].parameters.body
    assert starts(dict(parameters["author"].fields or {})) == {"name": "since 1.1 to 3.0"}
    assert starts(dict(parameters["pen"].fields or {})) == {"name": "documented 2.0 to 3.0"}


def test_fields_inside_a_field_that_started_earlier_start_with_those_they_are_taken_from(
    guide_of: GuideOf,
) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {fields: {size: {since: "2.0", fields: {height: {}, width: {since: "3.0"}}}}}}
    === books/create.yaml
    parameters: {body: {book: {object: book, fields: {size: {since: "1.1"}}}}}
    """)
    inner = book(guide)["size"].fields or {}
    assert starts(dict(inner)) == {"height": "since 2.0", "width": "since 3.0"}


def test_inherited_fields_start_with_the_later_of_the_two_objects(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book: {since: "1.1", fields: {id: {}, isbn: {since: "3.0"}}}
      tape: {since: "2.0", extends: book}
      cover: {extends: book}
    """)
    objects = resolve_inheritance(guide).objects
    assert starts(dict(objects["tape"].fields)) == {"id": "with it", "isbn": "since 3.0"}
    assert starts(dict(objects["cover"].fields)) == {"id": "since 1.1", "isbn": "since 3.0"}


def test_a_span_is_cut_to_its_whole() -> None:
    order: dict[str | None, int] = {None: 0, "1": 0, "2": 1, "3": 2}
    whole = Span(1, documented=True, end=3)
    assert span_of(Field(), order, whole) == whole
    assert span_of(Field(since="2"), order, whole) == whole
    assert span_of(Field(since="3"), order, whole) == Span(2, documented=False, end=3)
    assert span_of(Field(documented_since="3", removed="3"), order) == Span(2, documented=True, end=2)


def test_bodies_that_the_guide_gives_statuses_take_too(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === guide.yaml
    objects: {errors: {fields: {errors: {type: array, description: What is wrong.}}}}
    statuses: {422: {title: Not valid, body: {object: errors, fields: {errors: {}}}}}
    """)
    body = resolve_inheritance(guide).settings.statuses["422"].body
    assert body is not None
    assert (body.fields or {})["errors"].description == "What is wrong."


def test_a_field_has_the_changes_of_its_own_and_those_that_can_be_seen_of_what_it_takes_from(
    guide_of: GuideOf,
) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      book:
        fields:
          label:
            max_length: 40
            unit: px
            changes: [{release: "2.0", before: {max_length: 20, unit: mm}}]
    === books/create.yaml
    parameters:
      body:
        book:
          object: book
          fields: {label: {unit: cm, required: true, changes: [{release: "3.0", before: {required: null}}]}}
    """)
    label = book(guide)["label"]
    assert (label.max_length, label.unit, label.required) == (40, "cm", True)
    before = {change.release: change.before for change in label.changes}
    assert before == {"2.0": FieldKeys(max_length=20), "3.0": FieldKeys(required=None)}


# Values


@pytest.mark.parametrize(
    ("own", "keys"),
    [
        ("const: paper", {"const": "paper", "enum": None, "example": None, "default": None}),
        ("enum: [audio]", {"const": None, "example": "audio", "default": "audio"}),
        ("max_length: 9", {"const": "audio", "example": "audio", "default": "audio"}),
    ],
)
def test_which_values_are_allowed_is_taken_from_one_of_the_two(
    own: str, keys: dict[str, str | None], guide_of: GuideOf
) -> None:
    base = "{type: string, const: audio, example: audio, default: audio}"
    if "const" in own:
        base = "{type: string, enum: [audio, paper], example: audio, default: audio}"
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{book: {{fields: {{form: {base}}}}}}}
    === books/create.yaml
    parameters: {{body: {{book: {{object: book, fields: {{form: {{{own}}}}}}}}}}}
    """)
    form = book(guide)["form"]
    assert {key: getattr(form, key) for key in keys} == keys


def test_a_constant_that_came_later_left_the_list_of_values_until_then(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {fields: {form: {type: string, enum: [audio, paper]}}}}
    === books/create.yaml
    parameters:
      body:
        book:
          object: book
          fields: {form: {const: paper, changes: [{release: "2.0", before: {const: null}}]}}
    """)
    shown = {}
    for release in ("1.0", "2.0"):
        form = at(guide, release).endpoints["books/create"].parameters.body["book"].fields["form"]
        shown[release] = form.const, [each.value for each in form.enum or ()]
    assert shown == {"1.0": (None, ["audio", "paper"]), "2.0": ("paper", [])}
