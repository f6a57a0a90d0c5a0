"""The table of what differences mean: it has every key, and every difference is told as it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apiguide.changes import RULES, Impact, changes
from apiguide.changes.table import (
    CAME,
    FIELD,
    ITSELF,
    NARROWER,
    OTHER,
    TABLES,
    UNKNOWN,
    WENT,
    WIDER,
    code_of,
)
from apiguide.history import views
from apiguide.model import Endpoint, Field, Guide, Object, Part, Resource, Response, Value

GuideOf = Callable[[str], Guide]

MODELS: dict[str, type[Part]] = {
    "parameter or field": Field,
    "allowed value": Value,
    "permission": Value,
    "endpoint": Endpoint,
    "response": Response,
    "object": Object,
    "resource": Resource,
}


@pytest.mark.parametrize("noun", TABLES)
def test_each_key_has_a_row(noun: str) -> None:
    rows = {key for key in TABLES[noun] if not key.startswith(ITSELF)}
    assert rows == {*MODELS[noun].key_names()} - {"changes"}


def test_each_rule_is_in_the_table() -> None:
    codes = {
        code for table in TABLES.values() for row in table.values() for pair in row.values() for code in pair
    }
    assert codes - {None} == RULES.keys() - {"noted"}


@pytest.mark.parametrize(
    ("key", "what", "request_", "response"),
    [
        ("nullable", WENT, Impact.BREAKING, Impact.SAFE),
        ("nullable", CAME, Impact.SAFE, Impact.RISKY),
        ("allow_empty_value", WENT, Impact.BREAKING, None),
        ("required", CAME, Impact.BREAKING, Impact.SAFE),
        ("required", WENT, Impact.SAFE, Impact.BREAKING),
        ("type", NARROWER, Impact.BREAKING, Impact.SAFE),
        ("type", OTHER, Impact.BREAKING, Impact.BREAKING),
        ("maximum", NARROWER, Impact.BREAKING, Impact.SAFE),
        ("maximum", WIDER, Impact.SAFE, Impact.RISKY),
        ("pattern", UNKNOWN, Impact.RISKY, Impact.RISKY),
        ("pattern", CAME, Impact.BREAKING, Impact.SAFE),
        ("enum", NARROWER, Impact.BREAKING, Impact.SAFE),
        ("enum", WIDER, Impact.SAFE, Impact.RISKY),
        (ITSELF, WENT, Impact.BREAKING, Impact.BREAKING),
    ],
)
def test_what_breaks_in_requests_is_mostly_safe_in_responses(
    key: str, what: Any, request_: Impact, response: Impact | None
) -> None:
    found = [code_of(key, what, is_request=is_request) for is_request in (True, False)]
    assert [RULES[code].impact if code else None for code in found] == [request_, response]


# The law: each key that differs is told by a rule of its row, and nothing else is told.

words = st.sampled_from(["a", "b", "c"])
numbers = st.sampled_from([1, 2, 3])
types = st.sampled_from(
    [
        "string",
        "integer",
        "decimal",
        "float",
        "boolean",
        "date",
        ["integer", "string"],
        ["integer", "boolean"],
    ]
)
KEYS: dict[str, st.SearchStrategy[Any]] = {
    "type": types,
    "unit": words,
    "description": words,
    "required": st.just(value=True),
    "nullable": st.just(value=True),
    "allow_empty_value": st.just(value=True),
    "default": words,
    "example": words,
    "enum": st.lists(words, min_size=1, max_size=2, unique=True).map(sorted),
    "minimum": numbers,
    "maximum": numbers,
    "max_length": numbers,
    "pattern": words,
    "format": words,
    "name": words,
    "wrapped": st.just(value=False),
    "xml": words.map(lambda word: {"type": word}),
    "json": st.just({"type": "string"}),
}
states = st.fixed_dictionaries({}, optional=KEYS)
PLACES = {
    "query": "parameters: {query: {p: %s}}",
    "header": "parameters: {header: {p: %s}}",
    "body": "parameters: {body: {p: %s}}",
    "nested": "parameters: {body: {o: {fields: {p: %s}}}}",
    "item": "parameters: {body: {o: {items: %s}}}",
    "map": "parameters: {body: {o: {additional_fields: %s}}}",
    "items of items": "parameters: {query: {o: {items: {fields: {p: {items: %s}}}}}}",
    "response": "responses: {200: {body: {fields: {p: %s}}}}",
    "whole response": "responses: {200: {body: %s}}",
    "list of a response": "responses: {200: {body: {items: {fields: {p: {items: %s}}}}}}",
    "error": "responses: {200: {}, 402: {body: {fields: {p: %s}}}}",
}


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=states, after=states)
def test_each_difference_is_told_unless_the_table_says_that_it_is_none(
    guide_of: GuideOf, place: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    former = {key: before.get(key) for key in KEYS if before.get(key) != after.get(key)}
    change = {"changes": [{"release": "1.1", "before": former}]} if former else {}
    guide = guide_of(f"=== books/create.yaml\nmethod: POST\n{PLACES[place] % json.dumps(after | change)}\n")
    seen = views(guide)
    told = {each.code for each in changes(seen["1.0"], seen["1.1"])}
    is_request = PLACES[place].startswith("parameters")
    rows = {key: {pair[0 if is_request else 1] for pair in FIELD[key].values()} for key in former}
    assert told <= {code for row in rows.values() for code in row}, "what is told is in the table"
    if {"type-narrowed", "field-retyped"} & told:
        return  # it is another value now: whatever else is said of it is told by that
    for key, row in rows.items():
        if row and not _is_none(key, row, before, after, is_request=is_request):
            assert row & told, f"{key} is told"


def _is_none(
    key: str, row: set[str | None], before: dict[str, Any], after: dict[str, Any], *, is_request: bool
) -> bool:
    """Whether the table says that a difference of a key is none."""
    if row == {None}:
        return True
    if key in ("type", "unit") and None in (before.get(key), after.get(key)):
        return True  # what was not known is no difference
    if key == "format":
        return before.get("type") != after.get("type")  # told by that
    return key == "default" and is_request and bool(before.get("required") or after.get("required"))
