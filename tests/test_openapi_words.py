"""Each word of OpenAPI is answered with how the same is said here, and what the answer names is there."""

import re
from typing import Any

import pytest

from apiguide.model import TYPES, Endpoint, Example, Field, Object, Part, Resource, Response, Settings
from apiguide.model.endpoint import Parameters
from apiguide.model.settings import Authentication, Server, Status
from apiguide.openapi_words import LISTS, WORDS, instead
from apiguide.problems import Problem
from apiguide.validation import validate
from apiguide.yaml_source import load

OWNERS: dict[str, type[Part]] = {
    "a field": Field,
    "an object": Object,
    "an endpoint": Endpoint,
    "a response": Response,
    "a status": Status,
    "parameters": Parameters,
    "the guide": Settings,
    "a resource": Resource,
    "a server": Server,
    "an authentication scheme": Authentication,
    "an example": Example,
}
KEYS = {key for model in OWNERS.values() for key in model.key_names()} | {"release", "media_type"}
ENTRIES = [(noun, word) for noun, words in WORDS.items() for word in words]


def refused(model: type[Part], text: str) -> list[Problem]:
    problems: list[Problem] = []
    validate(model, load(text.encode(), "a.yaml"), problems)
    return problems


def test_the_words_of_every_kind_of_part_are_asked_for() -> None:
    assert WORDS.keys() == OWNERS.keys()
    assert all(model.noun == noun for noun, model in OWNERS.items())


@pytest.mark.parametrize(("noun", "word"), ENTRIES)
def test_a_word_is_answered_by_what_to_write(noun: str, word: str) -> None:
    model, said = OWNERS[noun], WORDS[noun][word]
    assert word not in model.key_names(), "it is a key, so nobody asks for it"
    (problem,) = (each for each in refused(model, f'"{word}": a') if each.code == "unknown-key")
    assert problem.hint == said.hint
    assert problem.where[1:] == (1, 1, 1, len(word) + 3)
    assert said.key is None or said.key in model.key_names()
    # What stands between backticks is YAML: its keys are those of the format, but for names in capitals.
    for code in re.findall("`([^`]*)`", said.hint):
        if code.startswith(("#", "name[")) or code == word:
            continue
        named = re.findall(r"([a-z_]+)(?=:)", code) or [code]
        assert {*named} - {"page", "json"} <= {*KEYS, *TYPES}, code
        if ":" in code:
            assert load(code.replace("…", "a").encode(), "a.yaml").problems == ()


@pytest.mark.parametrize("typed", ["minLength", "min_length", "min-length", "minlength", "MinLength"])
def test_a_word_is_known_in_every_style(typed: str) -> None:
    (problem,) = refused(Field, f"{typed}: 3")
    assert problem.hint == 'write `pattern: "^.{3,}$"` with the least number, or say it in `description`'


@pytest.mark.parametrize("word", ["x-internal", "x-amazon-apigateway"])
def test_an_extension_is_answered(word: str) -> None:
    (problem,) = refused(Field, f"{word}: 3")
    assert problem.hint is not None
    assert "no keys of one's own" in problem.hint


def test_a_media_type_is_answered() -> None:
    found = refused(Response, "body: {application/json: {schema: {}}}")
    assert found
    text = "title: T\nmethod: GET\npath: /a\nparameters: {body: {content: {application/json: {}}}}"
    (problem,) = refused(Endpoint, text)
    assert problem.hint is not None
    assert problem.hint.startswith("leave the media type out")


def test_a_word_that_says_a_key_makes_that_key_not_missed() -> None:
    text = "openapi: 3.1.0\ninfo: {title: T}\nhost: a.test\nversion: 1\nformats: {json: {media_type: a/b}}"
    assert [each.code for each in refused(Settings, text)] == ["unknown-key"] * 4


def test_a_word_of_one_part_is_none_of_another() -> None:
    assert instead("a field", "operationId") is None
    assert instead("an endpoint", "operationId") is not None
    assert instead("a field", "nonsense") is None


@pytest.mark.parametrize(("noun", "key"), LISTS)
def test_a_list_of_openapi_is_answered_by_what_to_write(noun: str, key: str) -> None:
    found = [each for each in refused(OWNERS[noun], f"{key}: [a, b]") if each.code == "wrong-kind"]
    assert [each.hint for each in found] == [LISTS[noun, key]]


@pytest.mark.parametrize(
    ("model", "text", "hint"),
    [
        (Field, "type: number", "did you mean `decimal`?"),
        (Field, "type: date-time", "did you mean `datetime`?"),
        (Field, "type: [string, 'null']", "write `nullable: true`"),
        (Field, "type: [string, null]", "write `nullable: true`"),
        (Field, "deprecated: true", "write `{since: …}`"),
        (Field, "properties: {}", "did you mean `fields`?"),
    ],
)
def test_a_value_of_openapi_is_answered_by_what_to_write(model: Any, text: str, hint: str) -> None:
    (problem,) = refused(model, text)
    assert problem.hint == hint


def test_a_key_that_is_like_no_other_of_many_is_answered_by_a_few_of_them() -> None:
    (problem,) = refused(Field, "maximal_length: 3")
    assert problem.hint is not None
    assert problem.hint.startswith("it has keys such as max")
    assert problem.hint.endswith(f"the format in the handbook lists all {len(Field.key_names())}")
    assert problem.hint.count(",") == 4
