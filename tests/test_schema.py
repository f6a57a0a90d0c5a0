"""The schemas for editors: they accept every file that is right, and find what the model refuses."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from apiguide.checks.stated import check_stated
from apiguide.cli import main
from apiguide.model import Endpoint, Guide, Part, Resource, Settings
from apiguide.problems import Problem
from apiguide.schema import GLOBS, MODELS, schemas
from apiguide.starter import STARTER
from apiguide.validation import validate
from apiguide.yaml_source import Map, Node, Seq, Text, load

TESTS = Path(__file__).parent
EVERY_KEY = TESTS / "guides" / "every_key"
FOLDERS = (
    EVERY_KEY,
    TESTS / "guides" / "twelve" / "reference",
    TESTS / "guides" / "parcels" / "reference",
    TESTS.parent / "reference",
    STARTER / "reference",
)


class Core(yaml.CSafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2 (§10.3.2), with keys as texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

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
    return yaml.load(text, Core)


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


# Files with a fault

Tree = dict[str, Any] | list[Any] | str
"""A file to change: mappings and lists, and scalars as they are typed."""


def tree(node: Node) -> Tree:
    if isinstance(node, Map):
        return {str(key): tree(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [tree(item) for item in node]
    assert isinstance(node, Text)
    is_bare = node.plain and re.fullmatch(r"[\w.]+", node)
    return str(node) if is_bare else json.dumps(node)


def typed(each: Tree) -> str:
    """The YAML of a tree."""
    if isinstance(each, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {typed(value)}" for key, value in each.items()) + "}"
    return "[" + ", ".join(map(typed, each)) + "]" if isinstance(each, list) else each


def locations(each: Tree) -> Iterator[tuple[Any, Any]]:
    """Each mapping or list inside a tree with each of its keys or places."""
    for key, value in list(each.items() if isinstance(each, dict) else enumerate(each)):
        yield each, key
        if not isinstance(value, str):
            yield from locations(value)


def misspell(holder: Any, key: Any, chance: random.Random) -> None:
    if isinstance(holder, dict):
        at = chance.randrange(len(key))
        holder[key[:at] + chance.choice("qxz") + key[at + 1 :]] = holder.pop(key)


def add(holder: Any, key: Any, chance: random.Random) -> None:
    if isinstance(holder, dict):
        holder[chance.choice(["extra", "id", "since", "note", "value"])] = chance.choice(["a", "{}", "[1]"])


def put(*texts: str) -> Callable[[Any, Any, random.Random], None]:
    """Puts one of the texts where something else stands."""

    def change(holder: Any, key: Any, chance: random.Random) -> None:
        holder[key] = chance.choice(texts)

    return change


def reword(holder: Any, key: Any, chance: random.Random) -> None:
    if isinstance(holder[key], str):
        word = holder[key].strip('"')
        words = (f"{word}x", word.upper(), word[1:], f"{word} {word}", f"'{word}'", f"0{word}", f"{word}.0")
        holder[key] = chance.choice([each for each in words if each.strip()] or ["x"])


def delete(holder: Any, key: Any, _: random.Random) -> None:
    del holder[key]


FAULTS: dict[str, Callable[[Any, Any, random.Random], None]] = {
    "a key or item less": delete,
    "a misspelt key": misspell,
    "a key too many": add,
    "a mapping": put("{}", "{a: b}", "{type: string}", "{object: book}", "{title: a}"),
    "a list": put("[]", "[a]", "[[a]]", "[{}]"),
    "a text": put("a", "yes", '"true"', "string", "'  '", "''", "3.1.0"),
    "a number": put("42", "3.1", "-1", "0755", "1e3", ".5", "0x1F", "1_000"),
    "a boolean": put("true", "false", "True", "on", "no", "y"),
    "null": put("null", "~", "Null", "'null'"),
    "nothing": put(""),
    "a word that is not quite right": reword,
}


def broken(number: int) -> Iterator[tuple[str, type[Part], str]]:
    """Files with one fault each: what was done, what the file is, and its text."""
    chance = random.Random(5)
    paths = [path for folder in FOLDERS[:3] for path in sorted(folder.rglob("*.yaml"))]
    while number:
        path = chance.choice([*paths, *([paths[0], paths[1], paths[2]] * 4)])
        root = load(path.read_bytes(), path.name).root
        assert root is not None
        whole = tree(root)
        holder, key = chance.choice(list(locations(whole)))
        fault = chance.choice(list(FAULTS))
        FAULTS[fault](holder, key, chance)
        if whole != tree(root) and is_read(typed(whole)):
            number -= 1
            yield fault, model_of(path), typed(whole)


def is_read(text: str) -> bool:
    """Whether the parser of these tests, unlike editors, takes an item that is left out: `[a, , b]`."""
    try:
        core(text)
    except yaml.YAMLError:
        return False
    return True


def respelt(text: str) -> str:
    """The same values as an editor sees them, spelt as in JSON: `True` becomes true, nothing becomes null."""
    return json.dumps(core(text))


ALLOWED = re.compile(
    r"\$(?:.*\.)?(?:url|method|path|responses|since|documented_since|release): "
    r"|.*(?:None|True|False)\]? is not (?:of type|valid under)"
)
"""What the schema may find and the validator of a file alone not: what the check of the whole guide
finds, a release that is no text to an editor, and a text such as `Null` or `true` that is none to it."""


def test_what_the_validator_finds_in_500_broken_files_the_schema_finds() -> None:
    found: Counter[str] = Counter()
    missed, alarms, spelling = [], [], 0
    for fault, model, text in broken(500):
        refused, faulty = refusals(model, text), faults(model, text)
        if refused and faulty:
            found[fault] += 1
        elif refused and not refusals(model, respelt(text)):
            spelling += 1
        elif refused:
            missed.append((fault, [str(each) for each in refused], text))
        alarms += [] if refused else [each for each in faulty if not ALLOWED.match(each)]
    assert missed == []
    assert alarms == []
    assert set(found) == set(FAULTS)
    assert found.total() >= 250
    assert spelling <= 10


NEEDED = {
    Settings: core(
        "{title: A, servers: [{url: http://a.test}], releases: [{release: '1'}], "
        "formats: {json: {media_type: a/b}}}"
    ),
    Resource: {"title": "A"},
    Endpoint: {"title": "A", "method": "GET", "path": "/a"},
}


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Settings, "servers: [{url: ftp://a.test}]"),
        (Settings, "releases: [{release: a/b}]"),
        (Settings, "releases: [{release: 1.0}]"),
        (Settings, "formats: {yaml: {media_type: a/b}}"),
        (Settings, "formats: {json: {media_type: json}}"),
        (Settings, "formats: {json: {media_type: a/b, extension: '?'}}"),
        (Settings, "curl: {options: [-i, rm]}"),
        (Settings, "methods: {get: {description: A.}}"),
        (Settings, "statuses: {4040: {title: A}}"),
        (Settings, "errata: [{at: a, releases: '1', date: 2024-02-30, reason: a}]"),
        (Resource, "objects: {a b: {}}"),
        (Resource, "parameters: {id: {enum: []}}"),
        (Resource, "parameters: {id: {pattern: '('}}"),
        (Resource, "parameters: {id: {type: [string, object]}}"),
        (Resource, "parameters: {id: {type: string, items: {}}}"),
        (Resource, "parameters: {id: {type: [array, string], items: {}, fields: {}}}"),
        (Resource, "parameters: {id: {type: string, object: book}}"),
        (Resource, "objects: {book: {only: [id], fields: {}}}"),
        (Resource, "objects: {book: {without: [id], fields: {}}}"),
        (Resource, "parameters: {id: {extends: id}}"),
        (Resource, "parameters: {id: {extends: a.b, object: a}, c: {}}"),
        (Resource, "parameters: {id: {extends: a.b, fields: {}}, c: {}}"),
        (Resource, "changes: [{release: '2'}]"),
        (Resource, "changes: [{release: '2', before: {}}]"),
        (Resource, "since: 2"),
        (Resource, "{since: '1', documented_since: '2'}"),
        (Resource, "notes: [{note: A., info: B.}]"),
        (Endpoint, "method: get"),
        (Endpoint, "path: a"),
        (Endpoint, "path: /a//b"),
        (Endpoint, "path: /a?b"),
        (Endpoint, "path: '/a/{id}'"),
        (Endpoint, "path: /a/:1"),
        (Endpoint, "responses: {ok: {}}"),
        (Endpoint, "formerly: books/get.yaml"),
        (Endpoint, "parameters: {header: {'a,b': {type: string}}}"),
        (Endpoint, "parameters: {query: {é: {type: string}}}"),
    ],
)
def test_editors_tell_too_what_checks_tell_of_one_file_alone(
    model: type[Part], text: str, guide_of: Callable[[str], Guide]
) -> None:
    assert not list(VALIDATORS[model].iter_errors(NEEDED[model]))
    stated = {**NEEDED[model], **core(text)}
    assert list(VALIDATORS[model].iter_errors(stated))
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in stated.items())
    file = {Settings: "guide.yaml", Resource: "books/resource.yaml", Endpoint: "books/get.yaml"}[model]
    assert refusals(model, lines) or list(check_stated(guide_of(f"=== {file}\n{lines}")))


def parts(each: Any) -> Iterator[dict[str, Any]]:
    """The mappings in a schema, itself too."""
    if isinstance(each, dict):
        yield each
    for inner in each.values() if isinstance(each, dict) else each if isinstance(each, list) else ():
        yield from parts(inner)


PATTERNS = sorted({part["pattern"] for part in parts(schemas()) if isinstance(part.get("pattern"), str)})


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
def test_each_pattern_is_one_of_ecma_262_with_u_as_json_schema_has_them() -> None:
    names = [name for part in parts(schemas()) for name in part.get("patternProperties", {})]
    script = "for (const each of JSON.parse(process.argv[1])) new RegExp(each, 'u')"
    command = ["node", "--eval", script, json.dumps([*PATTERNS, *names])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(PATTERNS) > 10


def test_each_pattern_says_in_words_what_is_wrong() -> None:
    for part in parts(schemas()):
        if isinstance(part.get("pattern"), str):
            assert re.fullmatch(r"This (is|cannot) .*\.", part["patternErrorMessage"])
            assert part["pattern"] == r"\S" or part["pattern"][0] + part["pattern"][-1] == "^$"


def test_editors_offer_true_and_false_for_booleans_alone() -> None:
    """An editor offers them wherever `type` names them; a text may be one all the same."""
    for part in parts(schemas()):
        assert part.get("type") == "boolean" or "boolean" not in part.get("type", ())
    for text in ("title: 1984", "title: A", "title: 'true'"):
        assert not faults(Resource, text)
    for text in ("title:", "title: ''", "title: true", "title: {}", "title: [a]"):
        assert faults(Resource, text)


def test_any_value_has_a_kind_so_that_editors_write_the_colon_after_its_key() -> None:
    for name in ("example", "default", "const"):
        key = schemas()["resource.schema.json"]["$defs"]["Field"]["properties"][name]
        assert {"type", "anyOf"} & {*key}


@pytest.mark.parametrize("code", ["20", "999", "2000", "ok"])
def test_a_status_that_is_none_is_no_property(code: str) -> None:
    (told,) = faults(Endpoint, f"{{title: A, method: GET, path: /a, responses: {{{code}: {{}}}}}}")
    assert "do" in told
    assert "match any of the regexes" in told


def test_two_starts_are_told_at_the_second_of_them() -> None:
    (told,) = faults(Resource, "{title: A, since: '1', documented_since: '2'}")
    assert told.endswith("False schema does not allow '2'")


def test_what_a_key_is_for_is_told_in_plain_words_and_as_markdown() -> None:
    for part in parts(schemas()):
        if isinstance(part.get("description"), str):
            assert "`" not in part["description"]
            plain = part.get("markdownDescription", "`").replace("`", "")
            assert plain in ("", part["description"])
    path = schemas()["endpoint.schema.json"]["properties"]["path"]
    assert "`:placeholders`" in path["markdownDescription"]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_key_is_explained_and_no_value_is_said_to_be_the_usual_one(name: str) -> None:
    schema = schemas()[name]
    assert '"default":' not in json.dumps({**schema, "$defs": {}, "properties": {}})
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        for key, each in part["properties"].items():
            assert each["description"], key


# The command


def test_the_command_writes_a_schema_for_each_kind_of_file(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "schemas"
    result = CliRunner().invoke(main, ["schema", str(folder)])
    assert result.exit_code == 0, result.output
    for name, schema in schemas().items():
        assert json.loads((folder / name).read_text(encoding="utf-8")) == schema
        assert f"{folder}/{name}" in result.stdout
    assert json.loads(result.stderr[result.stderr.index("{") :])["yaml.schemas"] == {
        f"{folder}/{name}": globs for name, globs in GLOBS.items()
    }


def test_each_file_of_a_guide_is_matched_by_its_schema_alone() -> None:
    def matches(path: Path, globs: list[str]) -> bool:
        return any(path.match(each) for each in globs if not each.startswith("!")) and not any(
            path.match(each[1:]) for each in globs if each.startswith("!")
        )

    for path in (STARTER / "reference").rglob("*.yaml"):
        (name,) = (name for name, globs in GLOBS.items() if matches(path, globs))
        assert MODELS[name] is model_of(path)


def test_the_handbook_shows_the_settings_that_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = CliRunner().invoke(main, ["schema"]).stderr
    shown = re.findall(
        r"```json\n(.*?)```", (TESTS.parent / "handbook/editors.md").read_text(encoding="utf-8"), re.DOTALL
    )
    settings = [json.loads(each) for each in shown if "yaml.schemas" in each]
    assert settings == [json.loads(printed[printed.index("{") :])]


def test_the_command_writes_the_same_again(tmp_path: Path) -> None:
    runs = []
    for _ in range(2):
        assert CliRunner().invoke(main, ["schema", str(tmp_path)]).exit_code == 0
        runs.append({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    assert runs[0] == runs[1]


def test_the_command_cannot_write_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(main, ["schema", str(tmp_path / "file")])
    assert result.exit_code == 2
