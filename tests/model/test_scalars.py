"""Scalars of the format: each is read from text, and says in the writer's words what it wanted."""

from __future__ import annotations

import warnings
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.model import Field, Settings
from apiguide.problems import Problem
from apiguide.validation import validate
from apiguide.yaml_source import load


def field(text: str) -> Field:
    problems: list[Problem] = []
    found = validate(Field, load(text.encode(), "field.yaml"), problems)
    assert found is not None, problems
    return found


def refused(text: str) -> str:
    """Code, message and remedy of a field's one problem, which stands where its value does."""
    document = load(text.encode(), "field.yaml")
    problems: list[Problem] = list(document.problems)
    assert validate(Field, document, problems) is None
    (found,) = problems
    key, _, typed = text.partition(": ")
    assert found.where[1:3] == (1, len(key) + 3), typed
    return f"{found.code}: {found.message}; {found.hint}"


@pytest.mark.parametrize(("typed", "read"), [("true", True), ("false", False)])
def test_a_boolean_is_true_or_false(typed: str, read: bool) -> None:
    assert field(f"required: {typed}").required is read


@pytest.mark.parametrize(
    "typed", ["yes", "no", "on", "off", "y", "n", "True", "TRUE", "False", "1", "0", "''", "truee"]
)
def test_nothing_else_is_a_boolean(typed: str) -> None:
    word = typed.strip("'")
    assert refused(f"required: {typed}") == f"not-a-boolean: `{word}` is not a boolean; write true or false"


@pytest.mark.parametrize(("typed", "kind"), [("[title]", "a list"), ("{a: b}", "a mapping")])
def test_a_list_or_mapping_is_no_boolean(typed: str, kind: str) -> None:
    told = f"wrong-kind: true or false is expected here, not {kind}; write true or false"
    assert refused(f"nullable: {typed}") == told


@pytest.mark.parametrize(("typed", "read"), [("0", 0), ("42", 42), ("-7", -7), ('"42"', 42)])
def test_an_integer_is_digits(typed: str, read: int) -> None:
    assert field(f"max_length: {typed}").max_length == read


@pytest.mark.parametrize(
    "typed", ["007", "0x1F", "0o17", "1_000", "1,000", "+1", "1.0", "1e3", "ten", "٣", "''"]
)
def test_nothing_else_is_an_integer(typed: str) -> None:
    told = f"not-an-integer: `{typed.strip(chr(39))}` is not an integer; write only digits, as in 42"
    assert refused(f"max_length: {typed}") == told


@pytest.mark.parametrize("typed", ["0", "-0", "42", "0.50", "-1.5", "1e3", "1E+3", "2.5e-7"])
def test_a_number_is_what_json_endpoints_one(typed: str) -> None:
    assert field(f"minimum: {typed}").minimum == Decimal(typed)


@pytest.mark.parametrize(
    "typed",
    ["0755", ".5", "5.", "+1", "1,000", "1_000", "0x1F", "12:30", "NaN", ".inf", "1e", "1e1.5", "1/2", "''"],
)
def test_nothing_else_is_a_number(typed: str) -> None:
    told = f"not-a-number: `{typed.strip(chr(39))}` is not a number; write it as JSON does, as in 0.5"
    assert refused(f"minimum: {typed}") == told


@pytest.mark.parametrize("key", ["minimum", "max_length"])
@pytest.mark.parametrize("typed", ["9" * 301, "9" * 5000])
def test_a_number_of_thousands_of_digits_is_refused(key: str, typed: str) -> None:
    told = f"number-out-of-range: `{'9' * 59}…` is out of range; write at most 300 digits"
    assert refused(f"{key}: {typed}") == told


@pytest.mark.parametrize("typed", ["1e301", "1e-301", "1e99999999999999999999"])
def test_an_exponent_that_makes_such_a_number_is_refused(typed: str) -> None:
    told = f"number-out-of-range: `{typed}` is out of range; write at most 300 digits"
    assert refused(f"minimum: {typed}") == told


@given(st.integers(-(10**299) + 1, 10**299 - 1))
def test_any_integer_is_read_as_it_was_typed(number: int) -> None:
    assert field(f"max_length: {number}").max_length == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_any_decimal_keeps_its_digits(number: Decimal) -> None:
    assert str(field(f"minimum: {number:f}").minimum) == f"{number:f}"


def test_a_text_keeps_what_was_typed() -> None:
    assert field("unit: 3.10").unit == "3.10"
    assert field("unit: on").unit == "on"
    assert field("unit: 'null'").unit == "null"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('""', "empty-text: the text is empty; write one, or delete the key"),
        ("'  '", "empty-text: the text is empty; write one, or delete the key"),
        ("null", 'null-not-allowed: a text is expected here, not null; delete the key, or quote "null"'),
        ("~", 'null-not-allowed: a text is expected here, not null; delete the key, or quote "null"'),
        ("[a, b]", "wrong-kind: a text is expected here, not a list; write a single text"),
        ("{a: b}", "wrong-kind: a text is expected here, not a mapping; write a single text"),
    ],
)
def test_a_text_has_something_in_it(typed: str, told: str) -> None:
    assert refused(f"description: {typed}") == told


@pytest.mark.parametrize(
    ("key", "wanted"), [("required", "true or false"), ("max_length", "an integer"), ("minimum", "a number")]
)
def test_null_is_no_value_of_a_key_that_wants_one(key: str, wanted: str) -> None:
    told = f"null-not-allowed: {wanted} is expected here, not null; delete the key"
    assert refused(f"{key}: null") == told


@pytest.mark.parametrize("typed", ["^[a-z]+$", r"'[\[a]'", r"'\d{3}'"])
def test_a_pattern_is_a_regular_expression(typed: str) -> None:
    with warnings.catch_warnings(action="error"):
        assert field(f"pattern: {typed}").pattern == typed.strip("'")


@pytest.mark.parametrize("typed", ["'[a'", "a(?=b)", r"(a)\1", "'(?i)a'"])
def test_a_text_is_taken_as_a_pattern_whatever_a_check_says_of_it(typed: str) -> None:
    """So that a pattern that is wrong hides nothing else in its file."""
    assert field(f"pattern: {typed}").pattern == typed.strip("'")


def test_a_type_is_one_word_or_several() -> None:
    assert field("type: integer").type == ("integer",)
    assert field("type: [integer, string]").type == ("integer", "string")


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("bool", "did you mean `boolean`?"),
        ("Integer", "did you mean `integer`?"),
        ("number", "did you mean `decimal`?"),
        (
            "uuid",
            "write one of string, integer, decimal, float, boolean, date, datetime, datetime-local, object, "
            "array",
        ),
    ],
)
def test_a_type_that_nobody_knows_is_answered_by_those_that_are_known(typed: str, remedy: str) -> None:
    assert refused(f"type: {typed}") == f"unknown-word: `{typed}` is not a type; {remedy}"


def test_an_empty_list_of_types_is_refused() -> None:
    document = load(b"type: []", "field.yaml")
    problems: list[Problem] = []
    assert validate(Field, document, problems) is None
    assert [(p.code, p.message, p.hint) for p in problems] == [
        ("empty-value", "at least one is needed here", "add one")
    ]


GUIDE = """\
title: Guide
servers: [{{url: "http://library.test"}}]
releases: [{{release: "1.0", date: {}}}]
formats: {{json: {{media_type: application/json}}}}
"""


@pytest.mark.parametrize("typed", ["2024-01-15", '"2024-02-29"', "1999-12-31"])
def test_a_date_prints_as_it_was_typed(typed: str) -> None:
    problems: list[Problem] = []
    settings = validate(Settings, load(GUIDE.format(typed).encode(), "guide.yaml"), problems)
    assert settings is not None
    assert settings.releases[0].date == typed.strip('"')


@pytest.mark.parametrize("typed", ["2023-02-29", "2024-1-5", "15.01.2024", "20240115", "2024-W03-1", "soon"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    problems: list[Problem] = []
    assert validate(Settings, load(GUIDE.format(typed).encode(), "guide.yaml"), problems) is None
    (found,) = problems
    assert (found.code, found.message) == ("not-a-date", f"`{typed}` is not a date")
    assert found.hint == 'write year, month and day, as in "2024-06-01"'
    assert found.where[1:3] == (3, 35)
