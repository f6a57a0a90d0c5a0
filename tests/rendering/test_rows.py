from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.model import Field, Guide
from apiguide.prose import Prose
from apiguide.rendering.pages import Pages
from apiguide.rendering.render import Renderer
from apiguide.rendering.rows import FieldRow, limits, type_in_words
from apiguide.rendering.templates import Templates
from apiguide.texts import texts_of
from apiguide.yaml_source import load

GuideOf = Callable[[str], Guide]
Shown = Callable[..., dict[str, FieldRow]]


@pytest.fixture
def shown(guide_of: GuideOf) -> Shown:
    """`shown(text, release)`: the rows of the page of books/create by their anchors."""

    def rows(text: str, release: str | None = None) -> dict[str, FieldRow]:
        guide = guide_of(text)
        page = Pages(at(guide, release or guide.newest), Prose()).endpoint("books/create")
        lists = [
            *page.parameters,
            *(response.fields for response in page.responses if response.fields is not None),
        ]
        return {row.anchor: row for fields in lists for row in fields.rows}

    return rows


def field(text: str) -> Field:
    return Field.model_validate(load(text.encode(), "field.yaml").root)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("type: string", "string"),
        ("type: [integer, string]", "integer or string"),
        ("type: string\nformat: email", "string (email)"),
        ("description: Nobody knows.", None),
        ("type: object", "object"),
        ("fields: {a: {}}", "object"),
        ("type: array", "array"),
        ("items: {}", "array"),
        ("items: {type: integer}", "array of integers"),
        ("items: {type: [integer, string]}", "array of integers or strings"),
        ("items: {type: [date, integer, string]}", "array of dates or integers or strings"),
        ("additional_fields: {type: [integer, boolean]}", "map of integers or booleans"),
        ("items: {items: {type: [integer, string]}}", "array of arrays of integers or strings"),
        ("items: {type: [integer, string], format: id}", "array of integers or strings (id)"),
        ("items: {items: {type: integer}}", "array of arrays of integers"),
        ("items: {fields: {a: {}}}", "array of objects"),
        ("additional_fields: {type: integer}", "map of integers"),
        ("additional_fields: {}", "map"),
    ],
)
def test_a_type_is_said_in_words(text: str, words: str | None) -> None:
    assert type_in_words(field(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("items: {type: [integer, string]}", "Liste von Ganzzahlen oder Zeichenketten"),
        ("items: {type: [boolean, datetime]}", "Liste von Wahrheitswerten oder Zeitpunkten"),
        ("type: [boolean, datetime]", "Wahrheitswert oder Zeitpunkt"),
    ],
)
def test_several_types_are_said_in_german(text: str, words: str) -> None:
    assert type_in_words(field(text), texts_of("de")) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minimum: 1\nmaximum: 5", ["from 1 to 5"]),
        ("minimum: 0", ["at least 0"]),
        ("maximum: 0.5", ["at most 0.5"]),
        ("max_length: 9", ["at most 9 characters"]),
        ("pattern: '^<b>$'", ["matches <code>^&lt;b&gt;$</code>"]),
        ("type: string", []),
    ],
)
def test_limits_are_said_in_words(text: str, words: list[str]) -> None:
    assert list(limits(field(text))) == words


def test_a_field_is_followed_by_those_inside_it(shown: Shown) -> None:
    rows = shown("""
    === books/resource.yaml
    objects:
      author: {fields: {name: {type: string}}}
    === books/create.yaml
    method: POST
    parameters:
      body:
        book:
          fields:
            author: {object: author}
            tags: {items: {fields: {word: {type: string}}}}
            labels: {additional_fields: {fields: {text: {type: string}}}}
            title: {type: string}
    """)
    assert [(anchor, row.name, row.level) for anchor, row in rows.items()] == [
        ("body-book", "book", 0),
        ("body-book-author", "author", 1),
        ("body-book-author-name", "name", 2),
        ("body-book-tags", "tags", 1),
        ("body-book-tags-word", "word", 2),
        ("body-book-labels", "labels", 1),
        ("body-book-labels-text", "text", 2),
        ("body-book-title", "title", 1),
    ]
    assert rows["body-book-author"].object == "author"
    assert rows["body-book-author"].object_href == "../#object-author"


def test_an_object_inside_itself_is_named_and_not_listed_again(shown: Shown) -> None:
    rows = shown("""
    === books/resource.yaml
    objects: {book: {fields: {title: {type: string}, sequel: {object: book}}}}
    === books/create.yaml
    method: POST
    parameters: {body: {book: {object: book}}}
    responses: {200: {body: {object: book}}}
    """)
    assert list(rows) == [
        *("body-book", "body-book-title", "body-book-sequel"),
        *("response-title", "response-sequel"),
    ]
    assert rows["response-sequel"].object_href == "../#object-book"


def test_objects_inside_objects_come_to_an_end(shown: Shown) -> None:
    inner = "{type: string}"
    for name in "jihgfedcba":
        inner = f"{{fields: {{{name}: {inner}}}}}"
    rows = shown(f"=== books/create.yaml\nmethod: POST\nparameters: {{body: {{book: {inner}}}}}\n")
    assert max(row.level for row in rows.values()) == 6


def test_required_is_said_of_parameters_that_must_be_sent(shown: Shown) -> None:
    rows = shown("""
    === books/resource.yaml
    parameters: {id: {type: integer}}
    objects: {book: {fields: {title: {type: string, required: true, nullable: true}, pages: {type: integer}}}}
    === books/create.yaml
    method: POST
    path: /books/:id
    parameters:
      query: {q: {required: true}, p: {required: false}, r: {}}
      body: {book: {object: book, fields: {title: {}, pages: {required: true}}}}
    """)
    assert [anchor for anchor, row in rows.items() if row.required] == [
        "path-id",
        "query-q",
        "body-book-pages",
    ]
    assert not any(row.nullable for row in rows.values())


def test_required_parameters_come_first_within_their_object_and_their_section(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    method: POST
    parameters:
      query: {a: {}, b: {required: true}, c: {}, d: {required: true}}
      body:
        book:
          sections: [{title: Cover, fields: [e, f]}]
          fields: {e: {}, g: {}, f: {required: true}, h: {required: true}}
    responses: {200: {body: {fields: {a: {}, b: {required: true}}}}}
    """)
    assert list(rows) == [
        *("query-b", "query-d", "query-a", "query-c", "body-book"),
        *("body-book-h", "body-book-g", "body-book-f", "body-book-e"),
        *("response-a", "response-b"),
    ]
    assert [anchor for anchor, row in rows.items() if row.section] == ["body-book-f"]


def test_what_holds_a_required_parameter_is_needed_like_it(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    method: POST
    parameters:
      body:
        book: {fields: {cover: {fields: {color: {required: true}, size: {}}}, note: {fields: {text: {}}}}}
        copies: {fields: {count: {}}}
    responses: {200: {body: {fields: {id: {required: true}}}}}
    """)
    assert [anchor for anchor, row in rows.items() if row.is_needed] == [
        "body-book",
        "body-book-cover",
        "body-book-cover-color",
    ]


def test_a_parameter_that_is_required_no_more_has_no_asterisk(shown: Shown) -> None:
    text = """
    === books/create.yaml
    method: POST
    parameters: {query: {q: {changes: [{release: "1.1", before: {required: true}}]}}}
    """
    assert shown(text, "1.0")["query-q"].required
    assert not shown(text, "1.1")["query-q"].required


def test_null_is_said_where_a_response_may_have_it(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    responses: {200: {body: {fields: {due: {type: datetime, nullable: true}, id: {type: integer}}}}}
    """)
    assert [anchor for anchor, row in rows.items() if row.nullable] == ["response-due"]


def test_a_row_says_what_its_field_says(shown: Shown) -> None:
    row = shown("""
    === books/create.yaml
    parameters:
      query:
        size:
          {type: integer, unit: mm, description: "Of the **cover**.", default: 7, const: 7, maximum: 9,
           enum: [7, {value: 8, description: Large., since: "1.1"}]}
    """)["query-size"]
    assert (row.type, row.unit, row.default, row.const, row.limits) == (
        "integer",
        "mm",
        "7",
        "7",
        ("at most 9",),
    )
    assert row.description == "Of the <strong>cover</strong>."
    assert [(each.value, each.description, len(each.badges)) for each in row.allowed] == [
        ("7", None, 0),
        ("8", "Large.", 1),
    ]
    assert not row.is_bare


@pytest.mark.parametrize("key", ["default", "const"])
@pytest.mark.parametrize(
    ("text", "value", "shown_"),
    [
        ("type: string", "name", "name"),
        ("type: decimal", "1.50", "1.50"),
        ("type: array, items: {type: string, name: a}", "[name, 'b\"']", r'["name", "b\""]'),
        ("type: array, items: {type: string, name: a}", "[]", "[]"),
        ("type: array, items: {type: integer, name: a}", '[1, "2"]', "[1, 2]"),
        ("type: array, items: {type: string, name: a}", "[1, true]", '["1", "true"]'),
        ("type: array, items: {type: [integer, string], name: a}", '[1, "1", null]', '[1, "1", null]'),
        ("type: array, items: {type: decimal, name: a, json: {type: string}}", "[1.50]", '["1.50"]'),
        ("type: array, items: {name: a}", "[1, x, '2']", '[1, "x", "2"]'),
        ("type: object, additional_fields: {type: integer}", "{a: 1}", '{"a": 1}'),
        ("type: object", "{}", "{}"),
        ("type: object, fields: {a: {type: string}}", "{a: 1, ü: [2]}", '{"a": "1", "ü": [2]}'),
        ("type: object, additional_fields: {type: array, items: {type: date}}", "{}", "{}"),
    ],
)
def test_a_list_or_an_object_is_shown_as_json(
    key: str, text: str, value: str, shown_: str, shown: Shown
) -> None:
    rows = shown(f"=== books/create.yaml\nparameters: {{query: {{q: {{{text}, {key}: {value}}}}}}}\n")
    assert getattr(rows["query-q"], key) == shown_


@pytest.mark.parametrize(
    ("enum", "number"), [("[a]", 0), ("[{value: a, description: A.}]", 1), ("[a, b]", 2)]
)
def test_a_constant_is_not_listed_again(enum: str, number: int, shown: Shown) -> None:
    rows = shown(f"=== books/create.yaml\nparameters: {{query: {{q: {{const: a, enum: {enum}}}}}}}\n")
    assert (rows["query-q"].const, len(rows["query-q"].allowed)) == ("a", number)


# What a list or a map holds


ITEMS = "type: string, name: a, description: A word., enum: [a, {value: b, description: Like a.}], unit: mm"


@pytest.mark.parametrize(
    "text",
    [
        "{{type: array, items: {{{}}}}}",
        "{{type: array, items: {{type: array, name: b, items: {{{}}}}}}}",
        "{{type: object, additional_fields: {{{}}}}}",
        "{{type: object, additional_fields: {{type: array, items: {{{}}}}}}}",
    ],
)
def test_what_a_list_or_a_map_holds_is_shown_with_it(text: str, shown: Shown) -> None:
    stated = f"{ITEMS}, default: a, nullable: true, max_length: 3, pattern: '[ab]'"
    rows = shown(f"=== books/create.yaml\nparameters: {{query: {{q: {text.format(stated)}}}}}\n")
    row = rows["query-q"]
    assert row.each is not None
    assert row.each.descriptions == ("A word.",)
    assert [value.value for value in row.each.allowed] == ["a", "b"]
    assert (row.each.default, row.each.unit, row.each.nullable) == ("a", "mm", True)
    assert row.each.limits == ("at most 3 characters", "matches <code>[ab]</code>")
    assert (row.description, row.allowed, row.limits, row.default) == (None, (), (), None)
    assert not row.is_bare


@pytest.mark.parametrize(
    "text", ["type: string", "type: array, items: {type: string, name: a}", "type: array", "fields: {a: {}}"]
)
def test_a_row_has_nothing_to_say_of_what_says_nothing(text: str, shown: Shown) -> None:
    rows = shown(f"=== books/create.yaml\nparameters: {{query: {{q: {{{text}}}}}}}\n")
    assert rows["query-q"].each is None
    assert rows["query-q"].is_bare


def test_a_list_is_described_as_a_whole_and_what_is_in_it(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    parameters:
      query:
        q:
          type: array
          description: All.
          items:
            {type: array, description: A line., name: b, items: {const: 1, description: A word., name: a}}
    """)
    row = rows["query-q"]
    assert row.each is not None
    assert (row.description, row.each.descriptions) == ("All.", ("A line.", "A word."))
    assert row.each.const == "1"


def test_values_of_items_bear_the_sign_of_the_release_that_brought_them(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    parameters:
      query: {q: {type: array, items: {name: a, enum: [a, {value: b, since: "3.0"}]}}}
    """)
    each = rows["query-q"].each
    assert each is not None
    assert [[badge.kind for badge in value.badges] for value in each.allowed] == [[], ["new"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("enum: [a, b]", "Each one of <code>a</code>, <code>b</code>."),
        ("enum: [a, {value: b, description: Like a.}]", "Each one of:"),
        ("const: a", "Each is <code>a</code>."),
        ("type: integer, minimum: 1, maximum: 5", "Each from 1 to 5."),
        ("max_length: 3", "Each at most 3 characters."),
        ("pattern: '[ab]'", "Each matches <code>[ab]</code>."),
        ("default: a", "Default of each: <code>a</code>."),
        ('default: ""', "Default of each: <code>(empty)</code>."),
        ("description: A word.", "Each: A word."),
        ("unit: mm", "Each in mm."),
        ("nullable: true", "Each may be null."),
    ],
)
def test_a_page_says_what_is_true_of_each(text: str, words: str, guide_of: GuideOf) -> None:
    field = f"{{type: array, items: {{name: a, {text}}}}}"
    guide = guide_of(f"=== books/create.yaml\nparameters: {{query: {{q: {field}}}}}\n")
    assert words in Renderer(at(guide, "1.0"), Templates()).page("books/create").html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fields: {a: {}}, additional_fields: {type: string}", "Other fields may be there too: strings."),
        ("fields: {a: {}}, additional_fields: {}", "Other fields may be there too."),
        ("fields: {a: {}}", None),
        ("additional_fields: {type: string}", None),
    ],
)
def test_an_object_says_that_it_may_have_other_fields(text: str, words: str | None, shown: Shown) -> None:
    rows = shown(f"=== books/create.yaml\nparameters: {{query: {{q: {{{text}}}}}}}\n")
    assert rows["query-q"].others == words


def test_an_empty_default_is_a_default(shown: Shown) -> None:
    rows = shown('=== books/create.yaml\nparameters: {query: {q: {default: ""}, p: {}}}\n')
    assert rows["query-q"].default == ""
    assert rows["query-p"].default is None


def test_a_field_whose_object_is_not_in_the_release_says_so(shown: Shown) -> None:
    text = """
    === books/resource.yaml
    objects:
      author: {since: "1.1", fields: {name: {type: string}}}
      book: {fields: {title: {type: string}, author: {object: author}}}
    === books/create.yaml
    responses: {200: {body: {object: book}}}
    """
    lost, known = shown(text, "1.0")["response-author"], shown(text, "1.1")["response-author"]
    assert (lost.is_lost, lost.object, lost.object_href) == (True, "author", None)
    assert (known.is_lost, known.object_href) == (False, "../#object-author")


def test_fields_of_an_object_that_came_later_bear_the_sign_of_it_once(shown: Shown) -> None:
    text = """
    === books/resource.yaml
    objects:
      author: {since: "1.1", fields: {name: {type: string}, born: {type: date, since: "2.0"}}}
      book: {fields: {title: {type: string}, author: {object: author, since: "1.1"}}}
    === books/create.yaml
    responses: {200: {body: {object: book}}}
    """
    rows = shown(text, "2.0")
    assert {
        anchor: [(s.kind, s.release) for s in row.badges] for anchor, row in rows.items() if row.badges
    } == {
        "response-author": [("since", "1.1")],
        "response-author-born": [("new", "2.0")],
    }


def test_an_allowed_value_that_came_with_its_field_bears_no_sign_beside_it(shown: Shown) -> None:
    text = """
    === books/create.yaml
    since: "1.1"
    parameters: {query: {q: {enum: [a, {value: b, since: "1.1"}, {value: c, since: "2.0"}]}}}
    """
    allowed = shown(text, "2.0")["query-q"].allowed
    assert [(each.value, [badge.kind for badge in each.badges]) for each in allowed] == [
        ("a", []),
        ("b", []),
        ("c", ["new"]),
    ]


@pytest.mark.parametrize(
    ("deprecated", "html"),
    [
        ("{since: '1.1', use: books/list}", 'Use <a href="../list/">List books</a>.'),
        ("{since: '1.1', use: 'books/list#response'}", 'Use <a href="../list/#response">List books</a>.'),
        ("{since: '1.1', use: books}", 'Use <a href="../">Books</a>.'),
        ("{since: '1.1', use: name}", "Use <code>name</code>."),
        ("{since: '1.1', use: '<b>'}", "Use <code>&lt;b&gt;</code>."),
        ("{since: '1.1', note: It is *slow*.}", "It is <em>slow</em>."),
        ("{since: '1.1', use: name, note: It is slow.}", "Use <code>name</code>. It is slow."),
        ("{since: '1.1'}", ""),
    ],
)
def test_a_deprecated_field_says_what_to_use(deprecated: str, html: str, shown: Shown) -> None:
    text = f"""
    === books/create.yaml
    parameters: {{query: {{q: {{deprecated: {deprecated}}}}}}}
    === books/list.yaml
    title: List books
    responses: {{200: {{body: {{fields: {{id: {{}}}}}}}}}}
    """
    row = shown(text, "1.1")["query-q"]
    assert row.deprecation == html
    assert [(badge.kind, badge.release) for badge in row.badges] == [("deprecated", "1.1")]
    before = shown(text, "1.0")["query-q"]
    assert before.deprecation is None
    assert before.badges == ()


@pytest.mark.parametrize(
    ("row", "html"),
    [
        ("query-old", '<a href="#query-came"><code>came</code></a>'),
        ("query-moved", '<a href="#body-book-title"><code>book.title</code></a>'),
        ("body-book-titel", '<a href="#body-book-title"><code>title</code></a>'),
        ("response-titel", '<a href="#response-title"><code>title</code></a>'),
        ("query-lost", "<code>gone</code>"),
    ],
)
def test_the_field_to_use_instead_is_linked(row: str, html: str, shown: Shown) -> None:
    text = """
    === books/resource.yaml
    objects: {book: {fields: {titel: {deprecated: {since: '1.1', use: title}}, title: {}}}}
    === books/create.yaml
    parameters:
      query:
        old: {deprecated: {since: '1.1', use: came}}
        came: {}
        moved: {deprecated: {since: '1.1', use: book.title}}
        lost: {deprecated: {since: '1.1', use: gone}}
        gone: {removed: '1.1'}
      body: {book: {object: book}}
    responses: {201: {description: Done., body: {object: book}}}
    """
    assert shown(text, "1.1")[row].deprecation == f"Use {html}."


def test_a_link_in_a_description_leads_on_where_its_target_is(shown: Shown) -> None:
    text = """
    === books/create.yaml
    parameters: {query: {q: {description: "As in [the list](ref:books/list)."}}}
    === books/list.yaml
    since: "1.1"
    """
    assert shown(text, "1.0")["query-q"].description == "As in the list."
    assert shown(text, "1.1")["query-q"].description == 'As in <a href="../list/">the list</a>.'


SECTIONS = """
    === books/resource.yaml
    objects:
      book:
        sections: [{title: Place, fields: [shelf, hall]}, {title: Later, fields: [gift]}]
        fields:
          hall: {type: string}
          shelf: {type: string}
          title: {type: string}
          gift: {type: boolean, since: "2.0"}
          price:
            sections: [{title: Net, fields: [net]}]
            fields: {gross: {type: decimal}, net: {type: decimal}}
    === books/create.yaml
    method: POST
    parameters: {body: {book: {object: book, fields: {hall: {}, shelf: {}, price: {fields: {net: {}}}}}}}
    responses: {201: {body: {object: book}}}
"""


@pytest.mark.parametrize(
    ("location", "release", "shown_rows"),
    [
        ("response", "2.0", ["title", "price", "gross", "Net: net", "Place: shelf", "hall", "Later: gift"]),
        ("response", "1.0", ["title", "price", "gross", "Net: net", "Place: shelf", "hall"]),
        ("body", "2.0", ["book", "price", "Net: net", "Place: shelf", "hall"]),
    ],
)
def test_fields_stand_under_the_titles_of_their_sections(
    shown: Shown, location: str, release: str, shown_rows: list[str]
) -> None:
    rows = [row for anchor, row in shown(SECTIONS, release).items() if anchor.startswith(location)]
    assert [f"{row.section}: {row.name}" if row.section else row.name for row in rows] == shown_rows
    anchors = [row.section_anchor for row in rows if row.section]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor.startswith(f"{location}-") and "--" in anchor for anchor in anchors)


def test_a_field_that_replaces_another_has_its_anchor_too(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    parameters:
      body:
        book:
          replaces: item
          since: "2.0"
          fields:
            name: {removed: "2.0"}
            title: {replaces: name, since: "2.0"}
            kind: {}
        item: {removed: "2.0", fields: {name: {}}}
    """)
    former = {name: row.former for name, row in rows.items()}
    assert former == {
        "body-book": ("body-item",),
        "body-book-title": ("body-book-name", "body-item-title", "body-item-name"),
        "body-book-kind": ("body-item-kind",),
    }


def test_an_anchor_leads_to_one_field(shown: Shown) -> None:
    rows = shown("""
    === books/create.yaml
    parameters:
      query:
        old: {}
        new: {replaces: old}
        gone: {removed: "1.1"}
        one: {replaces: gone}
        two: {replaces: gone}
    """)
    assert [row.former for row in rows.values()] == [(), (), ("query-gone",), ()]
