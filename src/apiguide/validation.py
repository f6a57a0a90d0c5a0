"""What the bytes of a file hold as a part of the guide, what the model refuses of it, and what is left then.

What is refused is reported in the writer's words, with its position. It is then left out, with as little
around it as the model allows, so that one wrong value hides nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from apiguide.model import TYPES, Change, Field, Part, Versioned
from apiguide.model.part import model_at
from apiguide.model.scalars import WrongKind, kind_of
from apiguide.openapi_words import LISTS, instead
from apiguide.problems import LISTED_PER_FILE, Problem, mark_of, nearest, quoted
from apiguide.rule import Rule
from apiguide.yaml_source import Document, Map, Node, Seq, Text, TooManyValues, load


class BadPath(Rule, family="requests"):
    """The path of an endpoint is not valid."""


class UnknownKey(Rule, family="structure"):
    """A key is not part of the format."""


class MissingKey(Rule, family="structure"):
    """A required key is missing."""


MAX_WIDTH = 1_000
"""How many keys a mapping may have, and how many items a list."""
MAX_MAPPINGS = 4_000
"""How many mappings a file may have: each is a part, with rules of its own in each release."""
MAX_PATTERNS = 100
"""How many regular expressions a file may have."""
_PARTS = ("enum", "permissions")
"""Lists whose items are parts, though they may be written as a word."""
MAX_PATH = 2_000
"""Characters of a path."""
_AT_MOST = {"releases": 200, "examples": 50}
"""The same for those of which each is held against all that stands around it."""
LISTED_KEYS = 10
"""Of a part with more keys, a hint lists but a few."""
ROUNDS = 8
"""How often something is left out of a file before nothing of it counts as known."""

_P = TypeVar("_P", bound=Part)
Location = tuple[str | int, ...]
"""The keys and numbers that lead to a value of a file; `()` is the file as a whole."""
_Errors = Sequence[Mapping[str, Any]]
"""What pydantic says is wrong."""


@dataclass(frozen=True)
class Parsed(Generic[_P]):
    """What a file holds."""

    part: _P | None
    """None where something in it is refused."""
    problems: tuple[Problem, ...] = ()
    rest: _P | None = None
    """The part without what is wrong in it; None where nothing can be known of it."""
    lost: frozenset[Location] = frozenset()
    """What `rest` lacks, or may state otherwise than it is meant."""


def parsed(model: type[_P], path: str, data: bytes) -> Parsed[_P]:
    """What the bytes of a file hold."""
    document = load(data, path)
    problems = [*document.problems]
    found = _validated(model, document, problems)
    if isinstance(found, Part):
        return Parsed(found, tuple(problems), found, frozenset(_unclear(document)))
    rest, lost = _rest(model, document, found)
    return Parsed(None, tuple(problems), rest, lost)


def validate(model: type[_P], document: Document, problems: list[Problem]) -> _P | None:
    """The document as a model; what the model refuses is added to the problems, with its position."""
    found = _validated(model, document, problems)
    return found if isinstance(found, Part) else None


def stand_in(model: type[_P]) -> _P:
    """A part of which nothing is known: it states what it must, in no file."""
    return model.model_validate(Map.make(_stand_ins(model), load(b"{}", "").mark(())))


@cache
def _stand_ins(model: type[Part]) -> Mapping[str, Node]:
    """Values for the keys that a file must have."""
    values = load(
        b'{title: "-", method: "GET", path: "/", servers: [{url: "http://localhost"}], '
        b'releases: [{release: "1"}], formats: {json: {media_type: "application/json"}}}',
        "",
    ).root
    assert isinstance(values, Map), "it is a mapping"
    return {name: values[name] for name, info in model.model_fields.items() if info.is_required()}


def _validated(model: type[_P], document: Document, problems: list[Problem]) -> _P | _Errors:
    """The part, or what is wrong with it: nothing where it is not even a mapping that can be looked into."""
    if document.root is None:
        return ()
    if not isinstance(document.root, Map):
        message = f"{model.noun} must be a mapping of keys to values, not {kind_of(document.root)}"
        problems.append(WrongKind.at(document.mark(()), message, "write `key: value` lines"))
        return ()
    wide = [*_too_wide(document.root, document.values)]
    problems.extend(wide)
    if wide:
        return ()
    try:
        return model.model_validate(document.root)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        problems.extend(_refusals(model, document, errors))
        return errors


def _rest(model: type[_P], document: Document, errors: _Errors) -> tuple[_P | None, frozenset[Location]]:
    """The part without what is wrong in it, and what is lost with that."""
    lost = {*_unclear(document)}
    root = document.root
    for _ in range(ROUNDS):
        if not errors or not isinstance(root, Map):
            break
        meant = _meant_keys(model, errors)
        cuts = [_cut(model, error) for error in errors]
        lost |= {_lost(error, cut, meant) for error, cut in zip(errors, cuts, strict=True)}
        root = _without(root, {cut for cut in cuts if cut})
        needed = {key: value for key, value in _stand_ins(model).items() if key not in root}
        try:
            return model.model_validate(Map.make({**root, **needed}, root.mark)), frozenset(lost)
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None, frozenset({()})


def _cut(model: type[Part], error: Mapping[str, Any]) -> Location:
    """What to leave out, so that something else is no longer wrong."""
    path: Location = error["loc"]
    at = error.get("ctx", {}).get("at")
    if path[-1:] == ("[key]",) or error["type"] == "missing":
        return path[:-1]
    return (*path, at) if at in model_at(model, path).key_names() else path


def _lost(error: Mapping[str, Any], cut: Location, meant: Mapping[Location, _Meant]) -> Location:
    """What is lost where something is left out: what a key that is not known was meant to be."""
    path: Location = error["loc"]
    if error["type"] == "missing":
        return cut or path
    if path in meant:
        key = meant[path].lost
        return (*path[:-1], key) if key else path[:-1]
    return cut


class _Meant(NamedTuple):
    """What was meant by a key that is not known."""

    hint: str
    key: str | None = None
    """The key that was meant, where the part has it."""
    lost: str | None = None
    """The key of which something is lost; None where that is not known."""


def _meant_keys(model: type[Part], errors: _Errors) -> dict[Location, _Meant]:
    """What was meant by the keys that are not known."""
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    return {
        path: _meant(model_at(model, path[:-1]), str(path[-1]), is_guessed=number < LISTED_PER_FILE)
        for number, path in enumerate(unknown)
    }


def _meant(owner: type[Part], name: str, *, is_guessed: bool) -> _Meant:
    """What was meant by a key that a part does not have; nobody guesses what very many may mean."""
    word, keys = instead(owner.noun, name), owner.key_names()
    if word is not None:
        return _Meant(word.hint, word.key, word.key or name)
    near = nearest(name, keys) if is_guessed else None
    if near is not None:
        return _Meant(f"did you mean `{near}`?", near, near)
    if len(keys) <= LISTED_KEYS:
        return _Meant(f"its keys are {', '.join(sorted(keys))}")
    like = get_close_matches(name, keys, LISTED_KEYS // 2, 0.4) if is_guessed else []
    some = [*dict.fromkeys((*like, *keys))][: LISTED_KEYS // 2]
    return _Meant(f"it has keys such as {', '.join(some)}; the format in the handbook lists all {len(keys)}")


def _without(node: Node, cuts: Collection[Location]) -> Any:
    """A mapping or list without the values at some paths; where one leads into a text, that is left out."""
    inside: dict[str | int, set[Location]] = {}
    for first, *rest in cuts:
        inside.setdefault(first, set()).add(tuple(rest))
    entries = node.items() if isinstance(node, Map) else enumerate(node)
    kept: dict[Any, Any] = {}
    for key, value in entries:
        deeper = inside.get(key)
        if deeper is None:
            kept[key] = value
        elif () not in deeper and isinstance(value, Map | Seq):
            kept[key] = _without(value, deeper)
    return Map.make(kept, node.mark) if isinstance(node, Map) else Seq.make(kept.values(), node.mark)


def _unclear(document: Document) -> Iterator[Location]:
    """Where there is something wrong in the YAML: the very value, or all that its key in the file holds."""
    if not isinstance(document.root, Map) or not document.problems:
        return
    locations: dict[tuple[int, int], Location] = {}
    open_: list[tuple[Any, Location]] = [(document.root, ())]
    while open_:
        node, path = open_.pop()
        for key, value in node.items() if isinstance(node, Map) else enumerate(node):
            at = mark_of(key if isinstance(node, Map) else value)
            locations[at.line, at.column] = (*path, key)
            if not isinstance(value, Text):
                open_.append((value, (*path, key)))
    for problem in document.problems:
        line, column = problem.where[1:3]
        first = max(
            (at for at, path in locations.items() if len(path) == 1 and at <= (line, column)), default=None
        )
        yield locations.get((line, column)) or (locations[first] if first is not None else ())


def _too_wide(root: Map, values: int) -> Iterator[Problem]:
    """Lists and mappings of more parts than a page can show, or a check can hold against each other."""
    for key, most in _AT_MOST.items():
        if isinstance(root.get(key), Seq) and len(root[key]) > most:
            message = f"there are more than {most} {key}"
            yield TooManyValues.at(root[key][most].mark, message, "delete those that nobody needs")
    path = root.get("path")
    if isinstance(path, Text) and len(path) > MAX_PATH:
        message = f"the path has more than {MAX_PATH:,} characters"
        yield BadPath.at(path.mark, message, "write only what comes after the host")
    text = root.source.text
    # A key may be typed with escapes: `"p\x61ttern"`.
    if values <= MAX_WIDTH and text.count("pattern") + text.count("\\") <= MAX_PATTERNS:
        return
    mappings, patterns = 0, set()
    open_: list[Any] = [root]
    while open_:
        node = open_.pop()
        if len(node) > MAX_WIDTH:
            what = "mapping" if isinstance(node, Map) else "list"
            message = f"this {what} has more than {MAX_WIDTH:,} {'keys' if what == 'mapping' else 'items'}"
            yield TooManyValues.at([*node][MAX_WIDTH].mark, message, "split it")
        if isinstance(node, Map):
            mappings += 1 + sum(len(node[key]) for key in _PARTS if isinstance(node.get(key), Seq))
            patterns.add(node.get("pattern") if isinstance(node.get("pattern"), Text) else None)
        inside = node.values() if isinstance(node, Map) else node
        open_ += reversed([each for each in inside if not isinstance(each, Text)])
        if mappings > MAX_MAPPINGS or len(patterns) > MAX_PATTERNS:
            many = f"{MAX_MAPPINGS:,} mappings" if mappings > MAX_MAPPINGS else f"{MAX_PATTERNS} patterns"
            yield TooManyValues.at(node.mark, f"the file has more than {many}", "split the file")
            return


def _refusals(
    model: type[Part], document: Document, errors: Sequence[Mapping[str, Any]]
) -> Iterator[Problem]:
    """What the model refuses, but for what is a problem already or only follows from a misspelt key."""
    reported = {problem.where for problem in document.problems}
    meant = _meant_keys(model, errors)
    misspelt = {(*path[:-1], each.key) for path, each in meant.items() if each.key}
    for error in errors:
        path, is_missing = error["loc"], error["type"] == "missing"
        locations = {document.mark(path), document.mark(path, key=True)}
        if path in misspelt if is_missing else not reported.isdisjoint(locations):
            continue
        if error["type"] == "extra_forbidden":
            yield _unknown_key(model, document, path, meant[path].hint)
        else:
            yield _refusal(model, document, error)


def _refusal(model: type[Part], document: Document, error: Mapping[str, Any]) -> Problem:
    """A refusal of the model in the writer's words."""
    kind, context = error["type"], error.get("ctx", {})
    is_key = error["loc"][-1:] == ("[key]",)
    path = error["loc"][:-1] if is_key else error["loc"]
    parent, last = path[:-1], str(path[-1]) if path else ""
    if kind == "missing":
        message = f"{model_at(model, parent).noun} needs `{last}`"
        return MissingKey.at(document.mark(parent, key=True), message, f"add `{last}: …`")
    if "message" in context:
        at = context["at"]
        where = document.mark((*path, at) if at else path, key=is_key or at is not None)
        rule: type[Rule] = context["rule"]
        hint = _listed(model, path, error["input"]) or context["hint"]
        return rule.at(where, context["message"], hint)
    where = document.mark(path, key=True)
    wanted = {"model_type": "a mapping", "dict_type": "a mapping", "tuple_type": "a list"}.get(kind)
    if wanted is None:
        return WrongKind.at(where, f"{quoted(last)} is not valid here", "see the format in the handbook")
    name = f"each item of {quoted(str(parent[-1]))}" if isinstance(path[-1], int) else quoted(last)
    hint = _shape(model_at(model, path) if kind == "model_type" else None, wanted, error["input"])
    hint = _listed(model, path, error["input"]) or hint
    return WrongKind.at(where, f"{name} must be {wanted}, not {kind_of(error['input'])}", hint)


def _listed(model: type[Part], path: Location, value: object) -> str | None:
    """What to write instead of a list, where OpenAPI has one."""
    is_listed = path and isinstance(value, Seq)
    return LISTS.get((model_at(model, path[:-1]).noun, str(path[-1]))) if is_listed else None


def _unknown_key(model: type[Part], document: Document, path: tuple[str | int, ...], hint: str) -> Problem:
    *parent, last = path
    owner, name = model_at(model, parent), str(last)
    message = f"{quoted(name)} is not a key of {owner.noun}"
    if parent[-1:] == ["before"] and issubclass(model_at(model, parent[:-1]), Change):
        message = f"{quoted(name)} is not allowed in `before`"
    return UnknownKey.at(document.mark(path, key=True), message, hint)


def _shape(model: type[Part] | None, wanted: str, value: object) -> str:
    """What to write where a value is of a wrong kind: a list, a map of names, or a model's mapping."""
    if isinstance(value, Text) and value.is_null:
        return "delete the key, or write {}" if wanted == "a mapping" else "delete the key, or write []"
    if wanted == "a list":
        return "begin each item with `- `, or write […]"
    if model is None:
        return "write a line `name: …` for each"
    if model is Field and value in TYPES:
        return f"write `{{type: {value}}}`"
    needed = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    key = [*needed, *(each for each in model.key_names() if each not in Versioned.model_fields)][0]
    if len(needed) != 1 or not isinstance(value, Text):
        return f"write `key: value` lines, as in `{key}: …`"
    is_word = re.fullmatch(r"[\w./:@-]{1,60}", value) and value not in ("true", "false")
    return f'write `{{{key}: "{value}"}}`' if is_word else f"write `{{{key}: …}}`"
