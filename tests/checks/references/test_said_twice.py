"""What an endpoint says word for word as an object does, wherever it could take it from there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.history import views
from apiguide.problems import Problem, Severity

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"
OBJECT = "      title: {"
STATUS = """\
      status:
        type: string
        description: Where the book is.
        example: lent
        enum: [{value: shelved, description: At its place.}, lent, {value: lost, since: "2.0"}]
"""
WITH_STATUS = {BOOKS: (OBJECT, STATUS + OBJECT)}


def query(field: str) -> dict[str, tuple[str, str]]:
    return {GET: ("responses:", f"parameters: {{query: {{{field}}}}}\nresponses:"), **WITH_STATUS}


def test_a_description_of_the_object_that_the_endpoint_returns_is_told(finds: Callable[..., None]) -> None:
    field = "status: {type: string, description: «Where the book is.», example: lost, enum: [lost, lent]}"
    hint, says = "write `extends: book.status`", "`status` repeats the description of `book.status`"
    finds("said-twice", hint, query(field), says=says, severity=Severity.WARNING)


@pytest.mark.parametrize(
    "values",
    [
        '[«shelved», lent, {value: lost, since: "2.0"}]',
        '[{value: «shelved», description: At its place.}, lent, {value: lost, since: "2.0"}]',
    ],
)
def test_allowed_values_are_told(values: str, finds: Callable[..., None]) -> None:
    field = f"status: {{type: string, description: Only those., example: lent, enum: {values}}}"
    says = "`status` repeats the allowed values of `book.status`"
    finds("said-twice", "extends: book.status", query(field), says=says, severity=Severity.WARNING)


def test_of_the_values_only_those_count_that_the_field_was_there_with(finds: Callable[..., None]) -> None:
    field = (
        'status: {type: string, removed: "2.0", description: Some., example: lent, enum: [«shelved», lent]}'
    )
    finds("said-twice", "extends: book.status", query(field), severity=Severity.WARNING)


@pytest.mark.parametrize(
    "values",
    [
        "[shelved, lent]",
        "[shelved, lent, lost]",
        '[lent, shelved, {value: lost, since: "2.0"}]',
        '[{value: shelved, description: In the rack.}, lent, {value: lost, since: "2.0"}]',
    ],
)
def test_other_values_are_another_fact(values: str, codes: Callable[..., list[str]]) -> None:
    field = f"status: {{type: string, description: Only those., example: lent, enum: {values}}}"
    assert codes(query(field)) == []


REPEATS = "id: {type: integer, description: «Number on its label.», example: 12}"
SENT = "    book: {object: book, fields: {title: {required: true}}}"
RETURNED = "200: {body: {object: book}}"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (BOOKS, "id: {type: integer, description: Number of the book., example: 12}", REPEATS),
        (CREATE, SENT, f"    volume: {{fields: {{{REPEATS}}}}}"),
        (CREATE, SENT, f"    {REPEATS}"),
        (CREATE, SENT, f"    book_{REPEATS}"),
        (CREATE, SENT, f"    volumes: {{type: array, items: {{name: volume, fields: {{{REPEATS}}}}}}}"),
        (CREATE, RETURNED, f"200: {{body: {{fields: {{{REPEATS}, book: {{object: book}}}}}}}}"),
        (CREATE, RETURNED, f"200: {{body: {{type: array, items: {{name: volume, fields: {{{REPEATS}}}}}}}}}"),
    ],
)
def test_it_is_told_wherever_it_stands(file: str, old: str, new: str, finds: Callable[..., None]) -> None:
    finds("said-twice", "write `extends: book.id`", {file: (old, new)}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    "field",
    [
        "shelf: {type: string, description: Where the book is., example: a}",
        "status: {extends: book.status, description: Only those.}",
        "title: {type: string, description: Title as on the spine., example: Emma}",
    ],
    ids=["another name", "taken already", "other words"],
)
def test_what_is_said_once_is_left_alone(field: str, codes: Callable[..., list[str]]) -> None:
    assert codes(query(field)) == []


def titles(of_object: str, of_parameter: str = "") -> dict[str, tuple[str, str]]:
    parameter = f"title: {{type: string, {of_parameter}description: Title as on the cover., example: Emma}}"
    return {
        BOOKS: ("description: Title as", f"{of_object}, description: Title as"),
        CREATE: ("  body:\n", f"  query: {{{parameter}}}\n  body:\n"),
    }


MORE = ["default: Emma", "max_length: 9", "pattern: 'E.*'", 'since: "1.1"', 'removed: "2.0"']
ABSENT = 'absent: [{from: "1.1", until: "2.0"}]'
TIMES = [ABSENT, 'deprecated: {since: "2.0"}', 'changes: [{release: "2.0", before: {description: Old.}}]']


@pytest.mark.parametrize("more", [*MORE, *TIMES])
def test_nothing_is_told_where_extends_would_say_more(more: str, codes: Callable[..., list[str]]) -> None:
    assert "said-twice" not in codes(titles(more))


@pytest.mark.parametrize("more", [*MORE, *TIMES])
def test_it_is_told_where_the_field_says_that_too(more: str, codes: Callable[..., list[str]]) -> None:
    assert "said-twice" in codes(titles(more, f"{more}, "))


def test_what_is_inherited_is_told_once(finds: Callable[..., None]) -> None:
    inherited = (
        "{title: {required: true}}",
        '{status: {enum: [«shelved», lent, {value: lost, since: "2.0"}]}}',
    )
    finds("said-twice", "delete `enum`", {CREATE: inherited, **WITH_STATUS}, severity=Severity.WARNING)


def test_a_path_parameter_repeats_that_of_its_resource(finds: Callable[..., None]) -> None:
    edit = ("responses:", "parameters: {path: {id: {description: «Number of the book.»}}}\nresponses:")
    finds("said-twice", "delete it", {GET: edit}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    "enum",
    [
        "[shelved, lent]",
        '[shelved, sold, {value: lost, since: "2.0"}]',
        '[shelved, lent, {value: lost, since: "1.1"}]',
        '[{value: shelved, description: In the rack.}, lent, {value: lost, since: "2.0"}]',
        '[shelved, lent, {value: lost, since: "2.0"}], changes: [{release: "2.0", before: {enum: [a]}}]',
    ],
)
def test_other_allowed_values_than_the_inherited_are_another_fact(
    enum: str, codes: Callable[..., list[str]]
) -> None:
    edit = ("{title: {required: true}}", f"{{status: {{example: shelved, enum: {enum}}}}}")
    assert "said-twice" not in codes({CREATE: edit, **WITH_STATUS})


def test_what_is_told_can_be_taken_and_nothing_else_changes(
    project: Callable[..., Path], problems: Callable[..., list[Problem]]
) -> None:
    field = 'status: {{{}, since: "1.1", description: Only those., example: lost}}'
    values = '[{value: shelved, description: At its place.}, lent, {value: lost, since: "2.0"}]'
    found = []
    for said in (f"type: string, enum: {values}", "extends: book.status"):
        checked = check(project(query(field.format(said))))
        assert checked.guide is not None
        seen = views(checked.guide).values()
        found.append([view.endpoints["books/get"].parameters.query.get("status") for view in seen])
    assert found[0] == found[1]
