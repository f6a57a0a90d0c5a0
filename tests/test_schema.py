"""The schemas for editors: they accept every file that is right, and find what the model refuses."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from apiguide.cli import main
from apiguide.model import Endpoint, Part, Resource, Settings
from apiguide.problems import Problem
from apiguide.reader import validate
from apiguide.schema import GLOBS, MODELS, schemas
from apiguide.starter import STARTER
from apiguide.yaml_source import Map, Node, Seq, Text, load

TESTS = Path(__file__).parent
EVERY_KEY = TESTS / "guides" / "every_key"
FOLDERS = (
    EVERY_KEY,
    TESTS / "guides" / "twelve" / "reference",
    STARTER / "reference",
    TESTS.parent / "reference",
)


class Core(yaml.CSafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2 (§10.3.2), with keys as texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _number(text: str) -> float:
    special = {"inf": float("inf"), "nan": float("nan")}
    bare = text.lower().lstrip("+-").lstrip(".")
    return special[bare] * (-1 if text[0] == "-" else 1) if bare in special else float(text)


def _integer(text: str) -> int:
    return int(text, 0) if text[1:2] in ("o", "x") else int(text)


SCALARS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "null": (r"null|Null|NULL|~|", lambda _: None),
    "bool": (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", _integer),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        _number,
    ),
}
for name, (pattern, made) in SCALARS.items():
    tag = f"tag:yaml.org,2002:{name}"
    Core.add_implicit_resolver(tag, re.compile(rf"(?:{pattern})\Z"), None)
    Core.add_constructor(tag, lambda loader, node, made=made: made(node.value))
Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


def core(text: str) -> Any:
    """What an editor makes of a text."""
    return yaml.load(text, Core)  # noqa: S506


VALIDATORS = {
    MODELS[name]: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, schema in schemas().items()
}


def faults(model: type[Part], text: str) -> list[str]:
    """What the schema finds in a text."""
    return [f"{each.json_path}: {each.message[:120]}" for each in VALIDATORS[model].iter_errors(core(text))]


def refusals(model: type[Part], text: str) -> list[Problem]:
    """What the validator finds in the text of a file, by itself."""
    document = load(text.encode(), "a.yaml")
    problems = list(document.problems)
    if document.root is not None:
        validate(model, document, problems)
    return problems


def model_of(path: Path) -> type[Part]:
    return {"guide.yaml": Settings, "resource.yaml": Resource}.get(path.name, Endpoint)


def test_the_schemas_are_schemas() -> None:
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("True", True),
        ("~", None),
        ("3.10", 3.1),
        ("0755", 755),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000.0),
        ("12:30:45", "12:30:45"),
        ("2024-01-15", "2024-01-15"),
        ('"42"', "42"),
        ("1_000", "1_000"),
    ],
)
def test_the_tests_read_yaml_as_editors_do(text: str, value: object) -> None:
    assert core(f"a: {text}") == {"a": value}
    assert core(f"{text}: a") == {text.strip('"'): "a"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_files_that_are_right_are_right_for_editors(folder: Path) -> None:
    paths = sorted(folder.rglob("*.yaml"))
    found = {path: faults(model_of(path), path.read_text(encoding="utf-8")) for path in paths}
    assert {path: each for path, each in found.items() if each} == {}
    assert len(paths) >= 3
