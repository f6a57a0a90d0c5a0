from collections.abc import Callable

import pytest

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"


def query(field: str) -> dict[str, tuple[str, str]]:
    """An endpoint with one query parameter `q`; it says what it is for."""
    return {CREATE: ("  body:\n", f"  query: {{q: {{description: Q., {field}}}}}\n  body:\n")}


WRONG = {
    "type: integer, example: «two»": ("wrong-type", "write only digits, as in 42"),
    "type: integer, example: «0755»": ("wrong-type", "write only digits, as in 42"),
    "type: integer, default: «1.0», example: 1": ("wrong-type", "write only digits, as in 42"),
    "type: integer, const: «one»": ("wrong-type", "write only digits, as in 42"),
    "type: integer, enum: [1, «two»]": ("wrong-type", "write only digits, as in 42"),
    "type: integer, enum: [1, {value: «two»}]": ("wrong-type", "write only digits, as in 42"),
    "type: decimal, example: «'1,5'»": ("wrong-type", "write it as JSON does, as in 9.90"),
    "type: float, example: «.5»": ("wrong-type", "write it as JSON does, as in 0.5"),
    "type: boolean, example: «yes»": ("wrong-type", "write true or false"),
    "type: date, example: «31.1.2024»": ("wrong-type", "write it as in 2024-01-31"),
    "type: date, example: «2024-02-31»": ("wrong-type", "write it as in 2024-01-31"),
    "type: datetime, example: «2024-01-31»": ("wrong-type", "write it as in 2024-01-31T12:00:00Z"),
    "type: datetime, example: «2018-01-01T00:01:01»": (
        "wrong-type",
        "without a time zone is `datetime-local`",
    ),
    "type: datetime-local, example: «2018-01-01T00:01:01Z»": ("wrong-type", "with a time zone is `datetime`"),
    "type: datetime-local, example: «2018-01-32T00:01:01»": (
        "wrong-type",
        "write it as in 2024-01-31T12:00:00",
    ),
    "type: [integer, boolean], example: «two»": ("wrong-type", "write only digits"),
    "type: string, example: «[»a]": ("wrong-kind", "write one value"),
    "type: array, items: {type: integer}, example: «1»": ("wrong-kind", "write […]"),
    "type: array, items: {type: integer}, example: [1, «two»]": (
        "wrong-type",
        "write only digits, as in 42",
    ),
    "type: array, example: «[»1]": ("no-items", "state `items: {type: …}`"),
    "items: {type: integer, enum: [1, «two»]}, example: [1]": (
        "wrong-type",
        "write only digits, as in 42",
    ),
    "type: object, additional_fields: {type: integer, default: «two»}, example: {a: 1}": (
        "wrong-type",
        "write only digits, as in 42",
    ),
    "type: object, fields: {a: {description: A.}}, example: «a»": ("wrong-kind", "write `key: value` pairs"),
    "additional_fields: {type: integer, description: A., example: 1}, example: {a: «b»}": (
        "wrong-type",
        "digits",
    ),
    "enum: [paper, audio], example: «papre»": ("not-in-enum", "did you mean `paper`?"),
    "enum: [paper, audio], example: «x»": ("not-in-enum", "choose from `paper` and `audio`"),
    "enum: [paper, audio], default: «x»": ("not-in-enum", "choose from `paper` and `audio`"),
    'const: "1", default: «2»': ("not-the-constant", "write that"),
    "type: string, max_length: 3, example: «abcd»": ("too-long", "shorten it"),
    "type: integer, example: «null»": ("null-not-allowed", 'state `nullable: true`, or quote "null"'),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_value_that_its_field_does_not_allow_is_named(field: str, finds: Callable[..., None]) -> None:
    code, remedy = WRONG[field]
    finds(code, remedy, query(field))


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("type: integer, minimum: 3, example: 2", "too-small"),
        ("type: decimal, maximum: 3, example: 3.01", "too-large"),
        ("type: string, pattern: '^[a-z]+$', example: A1", "not-the-pattern"),
    ],
)
def test_a_value_keeps_to_limits(field: str, code: str, codes: Callable[..., list[str]]) -> None:
    assert codes(query(field)) == [code]


@pytest.mark.parametrize(
    ("pattern", "code", "remedy", "severity"),
    [
        ("'(?!a)b'", "untried-pattern", "make sure that the examples match", "warning"),
        (r"'\Aa\Z'", "bad-pattern", "write `^…$`", "error"),
        ("'(a'", "bad-pattern", "put `\\` before", "error"),
    ],
)
def test_a_pattern_that_cannot_be_tried_is_named(
    pattern: str, code: str, remedy: str, severity: str, finds: Callable[..., None]
) -> None:
    finds(code, remedy, query(f"type: string, pattern: «{pattern}», example: x"), severity=severity)


@pytest.mark.parametrize(
    ("format_", "type_"),
    [("date", "date"), ("date-time", "datetime"), ("date-time-local", "datetime-local")],
)
def test_a_format_that_is_a_type_is_named(format_: str, type_: str, finds: Callable[..., None]) -> None:
    field = f"type: string, format: «{format_}», example: 2024-01-31"
    finds("type-as-format", f"write `type: {type_}`", query(field), severity="warning")


@pytest.mark.parametrize(
    "field", ["type: string, format: uuid, example: a", "type: integer, format: date, example: 1"]
)
def test_a_format_that_is_none_is_not(field: str, codes: Callable[..., list[str]]) -> None:
    assert codes(query(field)) == []


@pytest.mark.parametrize("pattern", ["(?!a)b", "(a"])
def test_a_pattern_that_cannot_be_tried_hides_nothing(pattern: str, codes: Callable[..., list[str]]) -> None:
    field = f"type: string, pattern: '{pattern}', max_length: 2, example: xyz"
    assert "too-long" in codes(query(field))
    former = f"type: string, example: x, changes: [{{release: '1.1', before: {{pattern: '{pattern}'}}}}]"
    assert len(codes(query(former))) == 1


@pytest.mark.parametrize(
    "field",
    [
        'type: string, example: "null"',
        "type: integer, nullable: true, example: null",
        "type: integer, example: 1, default: null",
        "type: [integer, string], example: two",
        "type: boolean, allow_empty_value: true, example: ''",
        "type: datetime, example: 2024-01-31T12:00:00+02:00",
        "type: datetime-local, example: 2024-01-31T12:00:00",
        "type: datetime-local, example: 2024-01-31 12:00:00.5",
        "type: [datetime, datetime-local], example: 2024-01-31T12:00:00",
        "example: anything",
        "type: integer, minimum: 2, maximum: 2, example: 2",
        "additional_fields: {type: integer, description: A., example: 1}, example: {de: 1, en: 2}",
    ],
)
def test_a_value_that_its_field_allows_is_none(field: str, codes: Callable[..., list[str]]) -> None:
    assert codes(query(field)) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (BOOKS, "12}\n      title", "«twelve»}\n      title"),
        (BOOKS, "12}\nobjects", "«twelve»}\nobjects"),
        (
            GET,
            "{object: book}",
            "{fields: {id: {type: integer, description: N., example: 1, default: «one»}}}",
        ),
        (
            GET,
            "{object: book}",
            "{type: array, items: {name: n, fields: {id: {type: integer, description: N., example: «one»}}}}",
        ),
        (GUIDE, "It is not there.}", "Gone., body: {object: book}, example: {id: «one»}}"),
        (GUIDE, "statuses:", "paging: {page: {type: integer, description: P., example: «one»}}\nstatuses:"),
    ],
    ids=["object", "path parameter", "response", "list", "status", "paging"],
)
def test_values_are_checked_wherever_they_stand(
    file: str, old: str, new: str, finds: Callable[..., None]
) -> None:
    files = {file: (old, new)}
    if "paging" in new:
        files["books/list.yaml"] = (  # type: ignore[assignment]
            "title: List\nmethod: GET\npath: /books\ndescription: All.\npaging: true\nresponses: {200: {}}\n"
        )
    finds("wrong-type", "write only digits", files)


def example(text: str) -> tuple[str, str]:
    return ("", f"examples:\n  - title: One\n    {text}\n")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("parameters: {path: {«idd»: 1}}", "did you mean `id`?"),
        ("parameters: {query: {«q»: 1}}", "declare it, or delete it"),
        ("parameters: {body: {«book»: {}}}", "declare it, or delete it"),
        ("responses: {200: {«titel»: Emma}}", "did you mean `title`?"),
        ('since: "1.1"\n    responses: {200: {«titel»: Emma}}', "did you mean `title`?"),
        ('removed: "1.1"\n    responses: {200: {«titel»: Emma}}', "did you mean `title`?"),
    ],
)
def test_a_stated_value_has_a_declared_name(text: str, remedy: str, finds: Callable[..., None]) -> None:
    finds("undeclared-value", remedy, {GET: example(text)})


def test_a_misspelt_name_inside_a_field_that_came_later_is_named(finds: Callable[..., None]) -> None:
    author = (
        '      author: {description: Who., since: "1.1", fields: {name: {description: N., example: Jane}}}\n'
    )
    files = {
        BOOKS: ("      id: {", f"{author}      id: {{"),
        GET: example("responses: {200: {author: {«nmae»: Jane}}}"),
    }
    finds("undeclared-value", "did you mean `name`?", files)


@pytest.mark.parametrize("when", ['since: "1.1"', 'removed: "1.1"'])
def test_a_stated_value_of_a_field_that_not_all_releases_have_is_good(
    when: str, codes: Callable[..., list[str]]
) -> None:
    files = {
        BOOKS: ("example: Emma", f"example: Emma, {when}"),
        CREATE: ("fields: {title: {required: true}}", "fields: {title: {}}"),
        GET: example("responses: {200: {title: Persuasion}}"),
    }
    assert codes(files) == []


def test_only_an_older_release_that_does_not_allow_a_value_is_named(finds: Callable[..., None]) -> None:
    field = 'type: string, example: «ten», changes: [{release: "2.0", before: {type: integer}}]'
    finds("wrong-type", "write only digits", query(field), says="in release 1.1, `ten` is not an integer")


def test_a_value_that_the_newest_release_does_not_allow_is_wrong_without_a_release(
    problems: Callable[..., list[object]],
) -> None:
    field = 'type: integer, example: ten, changes: [{release: "2.0", before: {type: string}}]'
    (problem,) = problems(query(field))
    assert getattr(problem, "message", "") == "`ten` is not an integer"


def test_an_allowed_value_that_came_later_is_no_example_of_before(finds: Callable[..., None]) -> None:
    field = 'enum: [paper, {value: audio, since: "2.0"}], example: «audio»'
    says = "in release 1.1, `audio` is not among the allowed values"
    finds("not-in-enum", "choose from `paper`", query(field), says=says)


def test_one_value_of_an_object_is_one_problem_however_many_endpoints_show_it(
    codes: Callable[..., list[str]],
) -> None:
    endpoints = {
        f"books/get{n}.yaml": f"title: Get {n}\nmethod: GET\npath: /books/{n}\nsafe: true\ndescription: G.\n"
        "responses: {200: {body: {object: book}}}\n"
        for n in range(5)
    }
    assert codes({BOOKS: ("12}\n      title", "twelve}\n      title"), **endpoints}) == ["wrong-type"]


def test_a_number_beyond_all_bounds_is_named(finds: Callable[..., None]) -> None:
    finds(
        "number-out-of-range",
        "write at most 300 digits",
        query("type: decimal, minimum: 0, example: «1e99999999999999999999»"),
    )


def test_an_example_that_no_machine_can_hold_is_named(finds: Callable[..., None]) -> None:
    field = "{{object: o{}, description: A.}}"
    objects = [
        f"  o{n}: {{fields: {{a: {field.format(n + 1)}, b: {field.format(n + 1)}}}}}\n" for n in range(30)
    ]
    last = "  o30: {fields: {a: {description: A., example: a}}}\n"
    endpoint = "method: GET\npath: /books/:id\ndescription: G.\nresponses: {200: {body: {object: o0}}}\n"
    files = {
        BOOKS: ("objects:\n", f"objects:\n{''.join(objects)}{last}"),
        GET: f"title: «Get book»\n{endpoint}",
        "docs/index.md": "{{ example('books/get') }}\n",
    }
    finds("too-large-example", "choose fields with `only`", files)


def test_a_wrong_value_inside_an_object_that_holds_itself_is_named_once(finds: Callable[..., None]) -> None:
    field = "description: A., additional_fields: {object: book}, example: {en: «Novel»}"
    finds(
        "wrong-kind",
        "write `key: value` pairs",
        {BOOKS: ("      id: {", f"      by: {{{field}}}\n      id: {{")},
    )


def test_a_value_of_an_object_that_no_endpoint_uses_is_checked(finds: Callable[..., None]) -> None:
    tape = "  tape: {fields: {minutes: {type: integer, description: How long., example: «two»}}}\n"
    finds("wrong-type", "write only digits", {BOOKS: ("", tape)})


@pytest.mark.parametrize(("examples", "found"), [("", []), ("{title: A}, {title: B}", ["too-large-example"])])
def test_the_values_of_all_examples_of_a_endpoint_are_counted(
    examples: str, found: list[str], codes: Callable[..., list[str]]
) -> None:
    field = "{{object: o{}, description: A.}}"
    objects = [
        f"  o{n}: {{fields: {{a: {field.format(n + 1)}, b: {field.format(n + 1)}}}}}\n" for n in range(11)
    ]
    last = "  o11: {fields: {a: {description: A., example: a}}}\n"
    files = {
        BOOKS: ("objects:\n", f"objects:\n{''.join(objects)}{last}"),
        GET: ("{object: book}}", f"{{object: o0}}}}\nexamples: [{examples}]"),
    }
    assert codes(files) == found


# What a field inherits, and what it then allows


def shapes(base: str, own: str) -> dict[str, str | tuple[str, str]]:
    """Two objects of which one extends the other, and a field of both, as these state it."""
    objects = f"""\
objects:
  shape: {{fields: {{kind: {{description: Which., {base}}}}}}}
  square: {{extends: shape, fields: {{{own}}}}}
"""
    return {GUIDE: ("statuses:\n", f"{objects}statuses:\n")}


ENUM = "type: string, enum: [circle, square]"

NARROWED = [
    (f"{ENUM}, example: circle", "«kind»: {enum: [square]}", "not-in-enum", "state `example` here too"),
    (f"{ENUM}, default: circle", "«kind»: {enum: [square], example: square}", "not-in-enum", "`default`"),
    ("type: string, enum: [circle, cub]", "«kind»: {max_length: 3}", "too-long", "state `enum` here too"),
    ("type: string, example: circle", "«kind»: {max_length: 3}", "too-long", "`example`"),
    ("type: string, example: circle", "«kind»: {pattern: s.*}", "not-the-pattern", "`example`"),
    ("type: integer, example: 50", "«kind»: {maximum: 10}", "too-large", "`example`"),
    ("type: integer, example: 5", "«kind»: {minimum: 10}", "too-small", "`example`"),
    ("type: string, example: circle", "«kind»: {type: integer}", "wrong-type", "`example`"),
    (
        "type: array, items: {type: string, name: k}, example: [circle]",
        "«kind»: {items: {enum: [square]}}",
        "not-in-enum",
        "`example`",
    ),
    (
        "type: array, items: {type: string, name: k, example: circle}",
        "«kind»: {items: {enum: [square]}}",
        "not-in-enum",
        "`example`",
    ),
    (
        "fields: {a: {description: D., example: 1}, b: {description: D., example: 2}}, example: {a: 1, b: 2}",
        "«kind»: {fields: {a: {}}}",
        "undeclared-value",
        "`example`",
    ),
]


@pytest.mark.parametrize(("base", "own", "code", "remedy"), NARROWED)
def test_a_value_that_a_field_inherits_but_does_not_allow_is_named_at_that_field(
    base: str, own: str, code: str, remedy: str, finds: Callable[..., None]
) -> None:
    finds(code, remedy, shapes(base, own), says="and is inherited as")


def test_a_parameter_names_what_it_inherits_but_does_not_allow(finds: Callable[..., None]) -> None:
    edit = ("title: {required: true}", "«title»: {enum: [Oz]}")
    finds("not-in-enum", "state `example` here too", {CREATE: edit})


@pytest.mark.parametrize(
    ("base", "own"),
    [
        (f"{ENUM}, example: circle, default: circle", "kind: {const: square}"),
        ("type: string, const: circle", "kind: {enum: [square, circle]}"),
        ("type: string, const: circle", "kind: {const: square}"),
        (f"{ENUM}, example: circle", "kind: {enum: [square], example: square}"),
        (
            "type: string, example: circle, default: none",
            "kind: {type: array, items: {type: integer, name: k}}",
        ),
    ],
)
def test_what_a_field_says_of_its_values_takes_the_place_of_what_it_would_inherit(
    base: str, own: str, codes: Callable[..., list[str]]
) -> None:
    assert [code for code in codes(shapes(base, own)) if code != "no-example"] == []


@pytest.mark.parametrize(
    ("base", "own", "code"),
    [
        ("type: string, pattern: c.*, example: circle", "kind: {const: «square»}", "not-the-pattern"),
        ("type: integer, maximum: 3, example: 1", "kind: {enum: [1, «4»]}", "too-large"),
        ("type: integer, maximum: 3, example: 1", "kind: {example: «4»}", "too-large"),
    ],
)
def test_a_value_of_its_own_that_a_field_does_not_allow_is_named_where_it_stands(
    base: str, own: str, code: str, finds: Callable[..., None]
) -> None:
    finds(code, "", shapes(base, own))
