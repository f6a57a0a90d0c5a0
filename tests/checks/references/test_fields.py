from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.problems import Problem, Severity

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"
FIELDS = "fields: {title: {required: true}}"
OBJECTS = "objects:\n"

# Where an object can be named, each time one that is not there.
UNKNOWN = {
    "in a response": (GET, ("{object: book}", "{object: «bok»}")),
    "as what the items of a list are": (GET, ("{object: book}", "{type: array, items: {object: «bok»}}")),
    "as what the values of a map are": (GET, ("{object: book}", "{additional_fields: {object: «bok»}}")),
    "in a parameter": (CREATE, ("{object: book, fields", "{object: «bok», fields")),
    "in a field of an object": (
        BOOKS,
        ("      id: {", "      part: {object: «bok», description: A.}\n      id: {"),
    ),
    "in a field inside a field": (BOOKS, ("type: string, ", "fields: {a: {object: «bok»}}, ")),
    "as what another extends": (BOOKS, (OBJECTS, "objects:\n  audio_book: {extends: «bok»}\n")),
    "in the body of a status": (GUIDE, ("It is not there.}", "It is not there., body: {object: «bok»}}")),
    "in a former state of a field": (
        BOOKS,
        ("example: Emma", 'example: Emma, changes: [{release: "1.1", before: {type: null, object: «bok»}}]'),
    ),
    "in a former body": (
        GET,
        ("{object: book}", '{object: book}, changes: [{release: "1.1", before: {body: {object: «bok»}}}]'),
    ),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_an_unknown_object_is_named(case: str, finds: Callable[..., None]) -> None:
    file, edit = UNKNOWN[case]
    finds("unknown-object", "did you mean `book`?", {file: edit}, says="there is no object `bok`")


def test_what_objects_there_are_is_said_where_none_is_alike(finds: Callable[..., None]) -> None:
    finds("unknown-object", "choose from `book`", {GET: ("{object: book}", "{object: «periodical»}")})


def test_an_object_is_declared_once(finds: Callable[..., None]) -> None:
    halls = (
        "title: Halls\ndescription: H.\nobjects:\n  «book»: {fields: {id: {description: N., example: 1}}}\n"
    )
    says = "declared twice; the first is in reference/books/resource.yaml:7"
    finds("duplicate-object", "rename one of them", {"halls/resource.yaml": halls}, says=says)


@pytest.mark.parametrize(
    ("objects", "says"),
    [
        ("  a: {extends: «a»}\n", "`a` extends itself"),
        ("  a: {extends: «b»}\n  b: {extends: «a»}\n", "extends itself through"),
        ("  a: {extends: «b»}\n  b: {extends: «c»}\n  c: {extends: «a»}\n", "through"),
        ("  a: {extends: b}\n  b: {extends: «c»}\n  c: {extends: «b»}\n", "through"),
    ],
    ids=["of one", "of two", "of three", "beside which another stands"],
)
def test_a_circle_of_objects_is_named_at_each_of_them(
    objects: str, says: str, finds: Callable[..., None]
) -> None:
    finds("extends-circle", "delete one `extends`", {BOOKS: (OBJECTS, f"objects:\n{objects}")}, says=says)


@pytest.mark.parametrize("key", ["only", "without"])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (GET, "{object: book}", "{{object: book, {}: [id, «titel»]}}"),
        (GET, "{object: book}", "{{type: array, items: {{object: book, {}: [«titel»]}}}}"),
        (BOOKS, OBJECTS, "objects:\n  audio_book: {{extends: book, {}: [«titel»]}}\n"),
    ],
)
def test_only_fields_of_the_object_can_be_chosen(
    key: str, file: str, old: str, new: str, finds: Callable[..., None]
) -> None:
    finds(
        "unknown-field",
        "did you mean `title`?",
        {file: (old, new.format(key))},
        says="the object `book` has no field",
    )


def test_an_object_that_extends_itself_does_so_by_way_of_none(
    problems: Callable[..., list[Problem]],
) -> None:
    (problem,) = problems({BOOKS: (OBJECTS, "objects:\n  a: {extends: a}\n")})
    assert problem.message == "`a` extends itself"


def test_fields_are_chosen_of_the_object_that_a_field_takes(finds: Callable[..., None]) -> None:
    inner = "      part: {object: book, description: One of it.}\n      title:"
    files = {
        BOOKS: ("      title:", inner),
        GET: ("{object: book}", "{object: book, fields: {part: {only: [id, «titel»]}}}"),
    }
    finds("unknown-field", "did you mean `title`?", files, says="the object `book` has no field")


@pytest.mark.parametrize("name", ["id", "pages"])
def test_fields_that_an_object_takes_can_be_chosen(name: str, codes: Callable[..., list[str]]) -> None:
    objects = "objects:\n  atlas: {extends: book, fields: {pages: {description: P., example: 9}}}\n"
    files = {BOOKS: (OBJECTS, objects), GET: ("{object: book}", f"{{object: atlas, only: [{name}]}}")}
    assert codes(files) == []


@pytest.mark.parametrize("file", [CREATE, BOOKS])
def test_fields_are_chosen_of_an_object(file: str, finds: Callable[..., None]) -> None:
    edits = {
        CREATE: (
            "{object: book, fields: {title: {required: true}}}",
            "{fields: {a: {example: a, description: A.}}, only: [«a»]}",
        ),
        BOOKS: ("  book:\n", "  book:\n    without: [«id»]\n"),
    }
    finds(
        "nothing-to-choose", "add `object: …`" if file == CREATE else "add `extends: …`", {file: edits[file]}
    )


@pytest.mark.parametrize("says", ["{}", "{required: true}", '{since: "1.1"}'])
def test_a_listed_field_that_says_nothing_is_one_of_the_object(says: str, finds: Callable[..., None]) -> None:
    finds("nothing-to-take", "did you mean `title`?", {CREATE: (FIELDS, f"fields: {{«titel»: {says}}}")})


def test_a_listed_field_of_no_object_says_what_it_is(finds: Callable[..., None]) -> None:
    finds(
        "nothing-to-take",
        "give it a `type` and a `description`",
        {CREATE: (FIELDS, "fields: {«xyz»: {}}")},
    )


def test_a_field_inside_a_listed_field_takes_from_the_object_of_that(finds: Callable[..., None]) -> None:
    author = "  author: {fields: {name: {type: string, description: N., example: Jane}}}\n"
    files = {
        BOOKS: (
            "  book:\n    fields:\n",
            f"{author}  book:\n    fields:\n      author: {{object: author, description: W.}}\n",
        ),
        CREATE: (FIELDS, "fields: {author: {fields: {«nam»: {}}}}"),
    }
    finds("nothing-to-take", "did you mean `name`?", files)


def test_a_field_may_be_new_in_a_endpoint(codes: Callable[..., list[str]]) -> None:
    assert (
        codes({CREATE: (FIELDS, "fields: {copies: {type: integer, description: How many., example: 2}}")})
        == []
    )


def test_a_description_that_would_be_taken_anyway_is_said(finds: Callable[..., None]) -> None:
    edit = (FIELDS, "fields: {title: {description: «Title as on the cover.»}}")
    says = "`title` repeats the description that it inherits"
    finds("said-twice", "delete it", {CREATE: edit}, says=says, severity=Severity.WARNING)


def test_a_renamed_field_stands_beside_the_old_one(finds: Callable[..., None]) -> None:
    edit = ("      id: {", "      name: {replaces: «titel», description: A., example: a}\n      id: {")
    finds("unknown-field", "did you mean `title`?", {BOOKS: edit}, says="`name` replaces `titel`")


def test_a_renamed_field_without_the_old_one_is_told_to_keep_it(finds: Callable[..., None]) -> None:
    edit = ("      id: {", "      name: {replaces: «old», description: A., example: a}\n      id: {")
    finds("unknown-field", "keep the old field, with `removed: …`", {BOOKS: edit})


def body(field: str) -> dict[str, tuple[str, str]]:
    """An endpoint with one parameter in its body."""
    old = "    book: {object: book, fields: {title: {required: true}}}\n"
    return {CREATE: (old, f"    {field}\n")}


@pytest.mark.parametrize(
    "field",
    [
        "tags: {type: array, description: A., items: {type: «string»}, example: [a]}",
        "«tags»: {type: array, description: A., items: {}, example: [a]}",
        "«tags»: {type: array, description: A., items: {fields: {a: {description: A., example: a}}}}",
        "tags: {type: array, description: A., items: {type: «array», items: {name: a}}, example: [[a]]}",
    ],
)
def test_items_that_are_no_objects_have_a_name_in_xml(field: str, finds: Callable[..., None]) -> None:
    finds("items-without-name", "add `name: …`, in the singular", body(field))


def test_items_of_a_response_have_a_name_in_xml(finds: Callable[..., None]) -> None:
    edit = ("{object: book}", "{type: array, items: {type: «string»}, example: [a]}")
    finds("items-without-name", "in the singular", {GET: edit})


@pytest.mark.parametrize(
    "files",
    [
        body("tags: {type: array, description: A., items: {object: book}}"),
        body("tags: {type: array, description: A., items: {type: string, name: tag}, example: [a]}"),
        {
            CREATE: (
                "  body:\n",
                "  query: {tags: {description: A., items: {type: string}, example: [a]}}\n  body:\n",
            )
        },
        {
            GET: (
                "{body: {object: book}}",
                "{body: {type: array, items: {type: string}, example: [a]}}\nformats: [json]",
            )
        },
    ],
    ids=["of objects", "with a name", "in a query", "in JSON alone"],
)
def test_items_may_go_without_a_name(
    files: dict[str, tuple[str, str]], codes: Callable[..., list[str]]
) -> None:
    assert codes(files) == []


@pytest.mark.parametrize(
    ("field", "remedy"),
    [
        ("a: {type: «string», description: A., items: {type: string, name: b}}", "write `type: array`"),
        ("a: {type: «string», description: A., object: book}", "leave `type` out"),
        ("a: {type: «integer», description: A., fields: {b: {}}}", "leave `type` out"),
        ("a: {type: «array», description: A., fields: {b: {}}}", "write `items: {fields: …}`"),
        ("«a»: {description: A., object: book, items: {object: book}}", "write `items: {object: …}`"),
        ("«a»: {type: integer, description: A., minimum: 5, maximum: 4, example: 4}", "swap them"),
        ("«a»: {type: string, description: A., max_length: -1, example: b}", "write a number from 0 on"),
        ("a: {type: «string», description: A., minimum: 1, example: b}", "delete `minimum`"),
        ("a: {type: «boolean», description: A., maximum: 1, example: true}", "delete `maximum`"),
        ("a: {type: «integer», description: A., max_length: 9, example: 1}", "delete `max_length`"),
        ("a: {type: «date», description: A., pattern: '2.*', example: 2026-05-04}", "delete `pattern`"),
    ],
)
def test_a_field_does_not_contradict_itself(
    field: str, remedy: str, problems: Callable[..., list[object]], finds: Callable[..., None]
) -> None:
    files = body(field)
    found = [each for each in problems(files) if getattr(each, "code", "") == "contradiction"]
    assert [remedy in str(getattr(each, "hint", "")) for each in found] == [True]


@pytest.mark.parametrize(
    "field",
    [
        "a: {type: [integer, string], description: A., minimum: 1, max_length: 9, example: 1}",
        "a: {type: string, description: A., max_length: 0, example: ''}",
        "a: {type: float, description: A., maximum: 1.5, example: 1}",
        "a: {description: A., maximum: 5, example: 4}",
    ],
)
def test_a_limit_goes_with_one_of_the_types(field: str, problems: Callable[..., list[object]]) -> None:
    assert "contradiction" not in [getattr(each, "code", "") for each in problems(body(field))]


@pytest.mark.parametrize(
    ("of_object", "field", "says", "remedy"),
    [
        ("", "minimum: 1", "it inherits the type string", "delete `minimum`, or state the type"),
        ("", "items: {object: book}", "`items` is for lists, but it inherits", "write `type: array`"),
        ("", "fields: {a: {type: string}}", "for objects, but it inherits", "write `type: object`"),
        ("integer, minimum: 5", "maximum: 4", "greater than the maximum 4", "or state the minimum too"),
        ("integer, maximum: 4", "minimum: 5", "greater than the maximum 4", "or state the maximum too"),
        ("integer", "max_length: 9", "it inherits the type integer", "delete `max_length`"),
        ("integer", "pattern: 'E.*'", "it inherits the type integer", "delete `pattern`"),
    ],
)
def test_a_field_does_not_contradict_what_it_inherits(
    of_object: str, field: str, says: str, remedy: str, problems: Callable[..., list[Problem]]
) -> None:
    text = f"{{type: {of_object or 'string'}, description: Title as on the cover., example: 4}}"
    files = {
        BOOKS: ("{type: string, description: Title as on the cover., example: Emma}", text),
        CREATE: ("{title: {required: true}}", f"{{title: {{{field}}}}}"),
    }
    (found,) = [each for each in problems(files) if each.code == "contradiction"]
    assert (says in found.message, remedy in str(found.hint)) == (True, True)
    assert (found.where.source.path, found.where.line, found.where.column) == (f"reference/{CREATE}", 7, 35)


@pytest.mark.parametrize(
    "field",
    [
        "max_length: 9",
        "type: integer",
        "type: integer, minimum: 1",
        "type: array, items: {object: book}",
        "type: object, object: book",
        "description: Of it.",
    ],
)
def test_a_field_of_another_type_takes_no_limits(field: str, codes: Callable[..., list[str]]) -> None:
    files = {
        BOOKS: ("{type: string, description: Title", "{type: string, max_length: 40, description: Title"),
        CREATE: ("{title: {required: true}}", f"{{title: {{{field}}}}}"),
    }
    assert "contradiction" not in codes(files)


def test_what_an_object_extends_counts_too(finds: Callable[..., None]) -> None:
    row = "  tape: {extends: book, fields: {title: {nullable: true}}}\n"
    row += "  reel: {extends: tape, fields: {«title»: {minimum: 1}}}\n"
    finds("contradiction", "delete `minimum`", {BOOKS: (OBJECTS, OBJECTS + row)})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ('[{release: "1.1", before: {max_length: 9}}]', 1),
        ('[{release: "1.1", before: {type: string}}]', 1),
        ('[{release: "1.1", before: {type: string, max_length: 9, minimum: null}}]', 0),
        ('[{release: "1.1", before: {type: string}}, {release: "2.0", before: {minimum: null}}]', 0),
        ('[{release: "1.1", before: {minimum: null}}, {release: "2.0", before: {type: string}}]', 1),
        ('[{release: "1.1", before: {minimum: 9}}]', 0),
        ('[{release: "1.1", before: {maximum: 0}}]', 1),
    ],
)
def test_a_former_state_does_not_contradict_what_was_said_with_it(
    changes: str, said: int, problems: Callable[..., list[Problem]]
) -> None:
    field = f"a: {{type: integer, minimum: 1, description: A., example: 1, changes: {changes}}}"
    found = [each for each in problems(body(field)) if each.code == "contradiction"]
    assert len(found) == said


@pytest.mark.parametrize(
    "types", ["[string, «object»]", "[«object», string]", "[«array», object]", "[integer, string, «array»]"]
)
def test_a_field_is_no_object_or_list_and_something_else_as_well(
    types: str, finds: Callable[..., None]
) -> None:
    finds("mixed-types", "say in `description`", body(f"a: {{type: {types}, description: Who wrote it.}}"))


def test_a_field_was_no_object_and_something_else_either(finds: Callable[..., None]) -> None:
    before = "changes: [{release: '1.1', before: {type: [string, «object»]}}]"
    finds("mixed-types", "", body(f"a: {{type: string, description: Who wrote it., example: A, {before}}}"))


@pytest.mark.parametrize("types", ["[object]", "[integer, string]"])
def test_a_field_may_have_one_type_or_several_single_ones(
    types: str, codes: Callable[..., list[str]]
) -> None:
    assert "mixed-types" not in codes(body(f"a: {{type: {types}, description: Who wrote it.}}"))


def test_items_that_contradict_themselves_are_named_where_they_begin(finds: Callable[..., None]) -> None:
    field = "a: {description: A., items: {object: «book», items: {object: book}}}"
    finds("contradiction", "write `items: {object: …}`", body(field))


def test_allowed_values_are_not_empty(finds: Callable[..., None]) -> None:
    finds("empty-value", "fill it, or delete `enum`", body("«a»: {description: A., enum: [], example: a}"))


def test_an_allowed_value_stands_once(finds: Callable[..., None]) -> None:
    field = "a: {description: A., enum: [paper, {value: audio}, «paper»]}"
    finds("duplicate-value", "delete one of the two", body(field))


SECTION = "  book:\n    sections: [{title: Place, fields: [%s]}]\n"


@pytest.mark.parametrize(
    ("names", "code", "hint"),
    [
        ("«titel»", "unknown-field", "did you mean `title`?"),
        ("title, «title»", "duplicate-value", "delete one of the two"),
    ],
)
def test_a_section_names_each_field_of_its_object_once(
    names: str, code: str, hint: str, finds: Callable[..., None]
) -> None:
    finds(code, hint, {BOOKS: ("  book:\n", SECTION % names)})


def test_a_section_in_a_field_names_fields_inside_it(finds: Callable[..., None]) -> None:
    part = "      part: {description: A., sections: [{title: B, fields: [«c»]}], fields: {d: {example: x}}}\n"
    finds("unknown-field", "delete it here", {BOOKS: ("      id: {", f"{part}      id: {{")})


def test_a_brief_names_fields_of_its_object(finds: Callable[..., None]) -> None:
    finds("unknown-field", "did you mean `title`?", {BOOKS: ("  book:\n", "  book:\n    brief: [«titel»]\n")})


def test_fields_that_are_wrong_are_told_with_what_there_is(problems: Callable[..., list[Problem]]) -> None:
    fields = "".join(f"      f{n:02}: {{description: A., example: a}}\n" for n in range(14))
    objects = f"objects:\n  shelf:\n    fields:\n{fields}"
    (problem,) = [
        each
        for each in problems(
            {BOOKS: (OBJECTS, objects), GET: ("{object: book}", "{object: shelf, only: [xyz]}")}
        )
        if each.code == "unknown-field"
    ]
    names = ", ".join(f"`f{n:02}`" for n in range(12))
    assert problem.hint == f"it has {names} and 2 more"


def test_bodies_of_the_guides_statuses_have_names_that_its_formats_allow(finds: Callable[..., None]) -> None:
    body = "body: {fields: {«1st»: {description: A., example: a}}}"
    edit = ("404: {title: Not Found,", f"404: {{title: Not Found, {body},")
    finds("bad-name", "begin it with a letter", {GUIDE: edit})


UNUSED = "objects: {shelf: {fields: {floor: {type: integer, description: Where., example: 2}}}}\n"


def test_an_object_that_nothing_uses_is_named(project: Callable[..., Path]) -> None:
    found = [each for each in check(project({GUIDE: ("", UNUSED)})).problems if each.code == "unused-object"]
    assert [(each.message, each.where.line) for each in found] == [("nothing uses the object `shelf`", 12)]


@pytest.mark.parametrize(
    ("file", "use"),
    [
        (GET, "  404: {body: {object: shelf}}\n"),
        (GET, "  404: {body: {type: array, items: {object: shelf}}}\n"),
        (GET, 'changes: [{release: "1.1", before: {title: Fetch book}}]\nformats: [json]\n'),
        (GUIDE, "paging: {shelf: {object: shelf, description: Where.}}\n"),
        (BOOKS, "  room: {extends: shelf}\n"),
    ],
    ids=["response", "list", "no use", "paging", "object that extends it"],
)
def test_an_object_is_used_wherever_it_is_named(file: str, use: str, project: Callable[..., Path]) -> None:
    files = {GUIDE: ("", UNUSED + use if file == GUIDE else UNUSED)}
    if file != GUIDE:
        files[file] = ("", use)
    codes = [(each.code, each.message) for each in check(project(files)).problems]
    assert (("unused-object", "nothing uses the object `shelf`") in codes) == ("before" in use)


def test_what_a_file_with_errors_may_use_is_not_called_unused(project: Callable[..., Path]) -> None:
    files = {GUIDE: ("", UNUSED), "books/list.yaml": "title: List books\nmethode: GET\npath: /books\n"}
    assert "unused-object" not in [each.code for each in check(project(files)).problems]
