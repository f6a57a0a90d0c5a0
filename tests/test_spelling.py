"""Slips of the fingers: how far a typed word is from a known one, and that hints name the right key."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.model import Endpoint, Resource, Settings
from apiguide.model.part import Part
from apiguide.problems import Problem, nearest
from apiguide.spelling import distance
from apiguide.validation import validate
from apiguide.yaml_source import Map, Seq, Text, load

FOLDER = Path(__file__).parent / "guides" / "every_key"
FILES: dict[type[Part], str] = {
    Settings: (FOLDER / "guide.yaml").read_text(),
    Resource: (FOLDER / "books" / "resource.yaml").read_text(),
    Endpoint: (FOLDER / "books" / "create.yaml").read_text(),
}
"""A file of each kind that states each key of the format."""

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def beside(letter: str, chance: random.Random) -> str:
    """The key to the left or right of one on a keyboard."""
    row = next((row for row in ROWS if letter in row), LETTERS)
    index = row.find(letter)
    return chance.choice([row[i] for i in (index - 1, index + 1) if 0 <= i < len(row)])


def cut(key: str, at: int, put: str, skip: int = 1) -> str:
    return key[:at] + put + key[at + skip :]


SLIPS: dict[str, Callable[[str, int, random.Random], str]] = {
    "a letter too many": lambda key, at, chance: cut(key, at, chance.choice(LETTERS), 0),
    "a letter too few": lambda key, at, _: cut(key, at, ""),
    "a wrong letter": lambda key, at, chance: cut(key, at, chance.choice(LETTERS)),
    "letters that have changed places": lambda key, at, _: cut(key, at, key[at : at + 2][::-1], 2),
    "a letter twice": lambda key, at, _: cut(key, at, key[at] * 2),
    "the key beside the right one": lambda key, at, chance: cut(key, at, beside(key[at], chance)),
    "no underscore": lambda key, _, __: key.replace("_", ""),
    "a hyphen for an underscore": lambda key, _, __: key.replace("_", "-"),
    "capitals": lambda key, at, _: in_capitals(key, at),
}


def in_capitals(key: str, at: int) -> str:
    """The key in capitals, as a title, or as JSON Schema would write it."""
    first, *others = key.split("_")
    return (key.upper(), key.title(), first + "".join(word.title() for word in others))[at % 3]


def told(model: type[Part], text: str) -> dict[tuple[int, int], Problem]:
    """What is wrong in a text, by place."""
    document = load(text.encode(), "a.yaml")
    problems = list(document.problems)
    validate(model, document, problems)
    return {problem.where[1:3]: problem for problem in problems}


def respelt(text: str, key: Text, typed: str) -> str:
    lines = text.splitlines()
    line, start = lines[key.mark.line - 1], key.mark.column - 1
    lines[key.mark.line - 1] = f"{line[:start]}{typed}{line[start + len(key) :]}"
    return "\n".join(lines)


def names(node: object) -> list[Text]:
    """The keys of all mappings inside a node."""
    if isinstance(node, Map):
        return [*node, *(name for value in node.values() for name in names(value))]
    return [name for item in node for name in names(item)] if isinstance(node, Seq) else []


def keys(model: type[Part], text: str) -> list[Text]:
    """The keys of the format that a text states, and no names of the API: they cannot be called otherwise."""
    assert told(model, text) == {}
    found = names(load(text.encode(), "a.yaml").root)
    return [key for key in found if key.mark[1:3] in told(model, respelt(text, key, "qqqqqqqqqqqq"))]


KEYS = [(model, key) for model, text in FILES.items() for key in keys(model, text)]


def test_the_hint_names_the_right_key_for_95_of_100_keys_with_one_slip() -> None:
    chance = random.Random(11)
    made: list[tuple[str, str, str, str | None]] = []
    while len(made) < 200:
        model, key = chance.choice(KEYS)
        slip = list(SLIPS)[len(made) % len(SLIPS)]
        typed = SLIPS[slip](str(key), chance.randrange(len(key)), chance)
        if typed and typed != key and all(typed != known for _, known in KEYS):
            problem = told(model, respelt(FILES[model], key, typed))[key.mark[1:3]]
            made.append((slip, str(key), typed, problem.hint))
    wrong = [each for each in made if each[3] != f"did you mean `{each[1]}`?"]
    assert len(wrong) <= 10, wrong


def test_every_key_of_the_format_is_among_those_that_are_misspelt() -> None:
    models: list[type[Part]] = [Settings, Resource, Endpoint]
    seen: set[type[Part]] = set()
    while models:
        model = models.pop()
        if model not in seen:
            seen.add(model)
            models += parts_of(model)
    known = {info.alias or name for model in seen for name, info in model.model_fields.items()}
    assert known == {str(key) for _, key in KEYS}


def parts_of(annotation: Any) -> list[type[Part]]:
    """The models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [part for info in annotation.model_fields.values() for part in models_in(info.annotation)]
    return []


def models_in(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for each in get_args(annotation) for part in models_in(each)]


@pytest.mark.parametrize(
    ("typed", "known", "slips"),
    [
        ("title", "title", 0),
        ("titel", "title", 1),
        ("tittle", "title", 0.7),
        ("tutle", "title", 0.7),  # `u` is beside `i`
        ("tatle", "title", 1),
        ("maxlength", "max_length", 0.2),
        ("max-length", "max_length", 0.2),
        ("maxLength", "max_length", 0.4),
        ("tile", "title", 1),
        ("ca", "abc", None),  # two slips of one letter
    ],
)
def test_each_slip_counts_by_how_easily_it_is_made(typed: str, known: str, slips: float | None) -> None:
    assert distance(typed, known, 2) == (None if slips is None else pytest.approx(slips))


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_word_is_as_far_from_another_as_that_is_from_it(one: str, other: str) -> None:
    assert distance(one, other, 99) == pytest.approx(distance(other, one, 99))


@given(st.text(max_size=8), st.text(max_size=8), st.floats(0, 4))
def test_a_limit_only_leaves_out_what_is_farther(one: str, other: str, most: float) -> None:
    whole = distance(one, other, 99)
    assert whole is not None
    assert distance(one, other, most) == (whole if whole <= most else None)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("host", ("url", "description")),
        ("fee", ("type", "unit", "items")),
        ("xy", ("id", "at", "in")),
        ("c", ("d",)),
        ("books", ("loans", "authors")),
        ("3.9", ("3.0", "3.1", "3.2")),  # none is nearer than the others
        ("a" * 10_000, ("a" * 9_999,)),
    ],
)
def test_what_is_not_alike_is_not_suggested(typed: str, known: tuple[str, ...]) -> None:
    assert nearest(typed, known) is None


def test_a_release_is_suggested_where_a_single_one_is_near() -> None:
    assert nearest("2025-04-02", ("2024-10-01", "2025-04-01")) == "2025-04-01"
    assert nearest("3.1.0", ("3.0", "3.1", "4.2")) is None


def test_a_word_that_is_cut_short_is_completed_where_that_can_be_only_one() -> None:
    assert nearest("desc", ("description", "title")) == "description"
    assert nearest("max", ("max_length", "maximum")) is None
