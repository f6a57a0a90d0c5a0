"""What is found in a guide whose files have errors: all that is known, and nothing that follows from one."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.conftest import BASE

from apiguide.checks import Checked, check
from apiguide.checks.losses import _CERTAIN, _INDEPENDENT, _NEEDED, _OF_ALL, _OF_VALUES
from apiguide.checks.registry import FAMILIES, RULES, UNREADABLE
from apiguide.model import Settings
from apiguide.problems import Problem

GUIDE, BOOKS = "reference/guide.yaml", "reference/books/resource.yaml"
GET, CREATE = "reference/books/get.yaml", "reference/books/create.yaml"
PAGE = "docs/index.md"


@pytest.fixture
def checked(project: Callable[..., Path]) -> Callable[..., Checked]:
    return lambda files: check(project(files))


def told(found: Checked) -> list[tuple[str, str]]:
    return [(problem.where.source.path, problem.code) for problem in found.problems]


# One wrong value, and what else is found


def test_a_wrong_value_hides_no_wrong_reference_in_its_file(checked: Callable[..., Checked]) -> None:
    found = checked({GET: ("object: book}}", "object: bok}}\nsafe: maybe\nprefer: books/gte")})
    assert told(found) == [(GET, "unknown-object"), (GET, "not-a-boolean"), (GET, "unknown-endpoint")]
    assert found.not_checked == f"not checked in full: {GET}, since it has errors"


def test_a_key_that_is_missing_hides_no_wrong_reference_in_its_file(
    checked: Callable[..., Checked],
) -> None:
    found = checked({GET: "path: /books/:id\nresponses: {200: {body: {object: bok}}}\n"})
    assert told(found) == [(GET, "missing-key"), (GET, "missing-key"), (GET, "unknown-object")]


@pytest.mark.parametrize(
    "edit",
    [
        "curl: {options: [[-i]]}\n",
        "servers: []\n",
        "titel: Library\n",
        "exceptions: [{at: books/get}]\n",
        "releases: [{release: '1.0', date: 2024-30-01}, {release: '1.1'}, {release: '2.0'}]\n",
        "statuses: {200: {title: OK, description: []}, 404: {title: Not Found, description: Gone.}}\n",
    ],
)
def test_what_nothing_depends_on_in_guide_yaml_hides_nothing_in_other_files(
    edit: str, checked: Callable[..., Checked]
) -> None:
    text = BASE[GUIDE]
    key = "title" if edit.startswith("titel") else edit.partition(":")[0]
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(f"{key}:")]
    if key == "statuses":
        lines = [line for line in lines if not line.startswith("  200") and not line.startswith("  404")]
    wrong = {BOOKS: ("example: 12}\nobjects", "example: twelve}\nobjects"), GUIDE: "".join(lines) + edit}
    codes = {path: code for path, code in told(checked(wrong)) if path != GUIDE}
    assert codes == {BOOKS: "wrong-type"}


@pytest.mark.parametrize("text", ["title: [", "", "- a\n", None])
def test_a_guide_yaml_of_which_nothing_is_known_hides_no_wrong_reference(
    text: str | None, project: Callable[..., Path]
) -> None:
    root = project({GUIDE: text or "", GET: ("object: book", "object: bok")})
    if text is None:
        (root / GUIDE).unlink()
    found = check(root)
    assert {code for path, code in told(found) if path != GUIDE} == set()  # it may declare `bok`
    (root / CREATE).write_text(BASE[CREATE] + "prefer: books/gte\n", "utf-8")
    found = check(root)
    assert {code for path, code in told(found) if path != GUIDE} == {"unknown-endpoint"}
    assert found.not_checked.endswith(f"and 3 more files, since {GUIDE} has errors")
    assert found.guide is not None
    assert len(found.guide.endpoints) == 2


def test_a_guide_of_no_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    assert check(tmp_path).guide is None


def test_a_field_that_is_lost_is_not_missed_where_its_object_is_used(
    checked: Callable[..., Checked],
) -> None:
    files = {
        BOOKS: ("title: {type: string,", "title: {requierd: true, type: string,"),
        CREATE: ("fields: {title: {required: true}}", "only: [title, nothing]"),
        "books/list.yaml": "title: List\nmethod: GET\npath: /books\ndescription: All.\n"
        "parameters: {query: {n: {type: integer, description: How many books., example: x}}}\n"
        "responses: {200: {}}\n",
    }
    assert told(checked(files)) == [("reference/books/list.yaml", "wrong-type"), (BOOKS, "unknown-key")]


def test_an_object_that_is_lost_is_not_missed_and_another_is(checked: Callable[..., Checked]) -> None:
    files = {
        BOOKS: ("objects:\n", "objects:\n  pen: []\n"),
        GET: ("object: book", "object: pen"),
        CREATE: ("200: {body: {object: book}}", "200: {body: {object: pencil}}"),
    }
    assert told(checked(files)) == [(CREATE, "unknown-object"), (BOOKS, "wrong-kind")]


def test_a_path_parameter_that_is_lost_is_not_missed(checked: Callable[..., Checked]) -> None:
    assert told(checked({BOOKS: ("id: {type: integer, description", "id: {type: [[]], description")})) == [
        (BOOKS, "wrong-kind")
    ]


def test_what_is_ignored_by_a_rule_that_cannot_be_read_is_not_told(checked: Callable[..., Checked]) -> None:
    files = {GUIDE: ("", "rules: {ignore: [no-description]}\n"), GET: ("description: Gives a book.\n", "")}
    assert told(checked(files)) == [(GUIDE, "wrong-kind")]


def test_a_file_without_view_is_told_in_the_line(checked: Callable[..., Checked]) -> None:
    found = checked({BOOKS: ("title: Books", "title: Books\nsince: '9.9'")})
    files = f"reference/books/create.yaml and 2 more files, since {BOOKS} has errors"
    assert found.not_checked == f"not checked in full: {files}"


def test_a_sound_guide_is_checked_in_full(checked: Callable[..., Checked]) -> None:
    assert checked({}).not_checked == ""
    assert checked({GET: ("description: Gives a book.\n", "")}).not_checked == ""


# The lists of rules


def test_the_rules_that_are_named_are_there() -> None:
    """A code that is misspelt, or no longer there, would be silently ignored."""
    of_the_model = {rule.code for rule in RULES.values() if rule.family in UNREADABLE}
    assert {*_CERTAIN, *_OF_ALL, *_OF_VALUES}.union(*_NEEDED.values()) <= {*RULES}
    assert not _CERTAIN & of_the_model
    assert {*_NEEDED} <= {*Settings.key_names()}
    assert all(keys <= {*model.key_names()} for model, keys in _INDEPENDENT.items())
    assert FAMILIES.keys() >= UNREADABLE


# The law


def _faulty() -> dict[str, Any]:
    """The small guide with faults of many kinds, none of which keeps others from being found."""
    files = {name: yaml.load(text, Loader=yaml.BaseLoader) for name, text in BASE.items() if name != PAGE}
    guide, books, get, create = (files[name] for name in (GUIDE, BOOKS, GET, CREATE))
    guide["groups"].append({"id": "lending", "title": "Twice", "first": ["books", "nothing"]})
    guide["paging"] = {"page": {"type": "integer", "description": "Page.", "example": "1"}}
    guide["authentication"] = [{"id": "basic", "type": "basic", "title": "HTTP Basic"}]
    guide["rules"] = {"names": "snake_case", "ignore": {"no-example": "Later."}}
    guide["debt"] = {"books": "0"}
    guide["objects"] = {"errors": {"fields": {"errors": {"items": {"type": "string", "name": "error"}}}}}
    guide["statuses"]["404"] |= {"when": "path_parameters", "body": {"object": "errors"}}
    books["parameters"]["odd"] = {"type": "string", "pattern": "("}
    books["objects"]["author"] = {"fields": {"name": {"type": "string", "maximum": "3"}, "Born": {}}}
    books["objects"]["audio_book"] = {"extends": "book", "fields": {"title": {"max_length": "2"}}}
    books["objects"]["book"]["fields"]["author"] = {"object": "author", "since": "1.1"}
    get |= {"description": "See [it](ref:nothing) or TODO", "prefer": "books/gte", "formats": ["xlm"]}
    get["deprecated"] = {"since": "2.0", "use": "books/create"}
    create["parameters"]["query"] = {"n": {"type": "integer", "example": "many", "minimum": "2"}}
    create["examples"] = [{"title": "A", "parameters": {"body": {"book": {"titel": "x"}}}}]
    files["reference/pens/resource.yaml"] = {
        "title": "Pens",
        "group": "lendng",
        "objects": {"pen": {"fields": {"book": {"object": "book", "fields": {"tilte": {}}}}}},
    }
    files["reference/pens/list.yaml"] = {
        "title": "List pens",
        "method": "GET",
        "path": "/pens/:pen_id/stats",
        "paging": "true",
        "responses": {"200": {"body": {"object": "pen"}}, "418": {}},
        "examples": [{"responses": {"200": {"book": {"id": "one"}}, "201": {}}}],
    }
    files["reference/pens/put.yaml"] = {
        "title": "List pens",
        "method": "GET",
        "path": "/pens",
        "parameters": {"body": {"audio": {"object": "audio_book", "only": ["titel"]}}},
        "responses": {"200": {"body": {"items": {"object": "author"}}}},
    }
    return files


class _Plain(yaml.Dumper):
    """Writes texts without quotes wherever YAML lets it."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


def _write(files: dict[str, Any], root: Path) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False), "utf-8")
    (root / "docs").mkdir(exist_ok=True)
    (root / PAGE).write_text(
        "# A\n\n[b](ref:books/create#body-book-title) [c](ref:books#object-book-title)\n\n"
        "[d](ref:pens#no)\n\n"
        "{{ endpoint('books/create') }} {{ statuses() }} {{ authentication('basic') }}\n",
        "utf-8",
    )


def _locations(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        yield (*path, key)
        yield from _locations(value, (*path, key))


def _break(root: Any, location: tuple[Any, ...], how: str) -> None:
    """Makes one value wrong, or misspells its key; no name in it is declared anew."""
    *way, last = location
    for key in way:
        root = root[key]
    if how in ("misspelt", "unknown") and isinstance(root, dict):
        named = {
            (f"{last}x" if how == "misspelt" else "zzqq") if k == last else k: v for k, v in root.items()
        }
        root.clear()
        root.update(named)
    else:
        root[last] = {"list": [["x"]], "text": "x", "empty": ""}.get(how, [["x"]])


FILES = _faulty()
PLACES = [(name, location) for name, content in FILES.items() for location in _locations(content)]


def _found(problems: tuple[Problem, ...]) -> set[tuple[str, str, str]]:
    return {(each.where.source.path, each.code, each.message) for each in problems}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple[str, str, str]]]:
    """The folder of the guide with faults, and what is found in it."""
    root = tmp_path_factory.mktemp("faulty")
    _write(FILES, root)
    sound = check(root)
    assert sound.not_checked == ""
    return root, _found(sound.problems)


def test_the_guide_with_faults_has_many(faulty: tuple[Path, set[tuple[str, str, str]]]) -> None:
    assert len({code for _, code, _ in faulty[1]}) > 20


@settings(max_examples=100)
@given(place=st.sampled_from(PLACES), how=st.sampled_from(["list", "text", "empty", "misspelt", "unknown"]))
def test_one_wrong_value_brings_no_finding_but_its_own(
    place: tuple[str, tuple[Any, ...]], how: str, faulty: tuple[Path, set[tuple[str, str, str]]]
) -> None:
    (name, location), (root, before) = place, faulty
    content = deepcopy(FILES[name])
    _break(content, location, how)
    _write({name: content}, root)
    broken = check(root)
    _write({name: FILES[name]}, root)
    after = _found(broken.problems)
    own = {each for each in after - before if each[0] == name and RULES[each[1]].family in UNREADABLE}
    # What a value check calls a wrong kind is no fault of the structure.
    if own and not any(each[1] == "wrong-kind" and " is a" in each[2] for each in own):
        assert after - before - own == set()
        assert before <= after or broken.not_checked
