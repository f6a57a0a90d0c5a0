"""Files under `reference/` to a `Guide`, with all problems of all files in one run.

Knows the tree (guide.yaml, RESOURCE/resource.yaml, RESOURCE/ENDPOINT.yaml) and turns what the model refuses
into problems with positions; what the facts mean together is for `checks`.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from apiguide.folders import GUIDE_FILE, REFERENCE, RESOURCE_FILE, is_passed_over, name_fault
from apiguide.model import TYPES, Change, Endpoint, Field, Guide, Part, Resource, Settings, Versioned
from apiguide.model.part import model_at
from apiguide.model.scalars import WrongKind, kind_of
from apiguide.problems import LISTED_PER_FILE, Mark, Problem, Source, nearest, quoted
from apiguide.rule import Rule
from apiguide.yaml_source import MAX_BYTES, Document, FrozenDict, Map, Seq, Text, TooManyValues, load


class NoReference(Rule, family="files"):
    """There is no folder `reference/`."""


class NoGuide(Rule, family="files"):
    """The guide has no `guide.yaml`."""


class NoResourceFile(Rule, family="files"):
    """A resource's folder has no `resource.yaml`."""


class UnexpectedFile(Rule, family="files"):
    """A file is where no file of a guide belongs, or does not have the name of one."""


class UnreadableFile(Rule, family="files"):
    """A file or a folder cannot be read."""


class BadPath(Rule, family="requests"):
    """The path of an endpoint is not valid."""


class UnknownKey(Rule, family="structure"):
    """A key is not part of the format."""


class MissingKey(Rule, family="structure"):
    """A required key is missing."""


YAML = (".yaml", ".yml")

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

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_P = TypeVar("_P", bound=Part)


ParseCache = dict[str, "tuple[bytes, tuple[Part | None, tuple[Problem, ...]]]"]
"""The contents of files, what they hold and what is wrong in them, by path: for those who read them again."""


@dataclass(frozen=True)
class Reading:
    """What the files hold."""

    guide: Guide | None
    """None where guide.yaml cannot be read; parts of files that cannot be read are left out."""
    problems: tuple[Problem, ...]
    unread: frozenset[str] = frozenset()
    """The paths of files that nobody wanted to be read."""


def read(
    root: Path, *, only: Collection[str] | None = None, parse_cache: ParseCache | None = None
) -> Reading:
    """Reads the guide of the project in `root`; never raises for what stands in its files.

    With `only`, the files of no other endpoints are read. What `parse_cache` holds is not read again; it
    gets what is read.
    """
    problems: list[Problem] = []
    files = [*_files(root, problems)]
    wanted = [file for file in files if only is None or _id(file) in only or _model(file[1]) is not Endpoint]
    settings: Settings | None = None
    resources: dict[str, Resource] = {}
    endpoints: dict[str, Endpoint] = {}
    for file in wanted:
        path, names = file
        part, more = _part(_model(names), path, root, parse_cache)
        problems += more
        if isinstance(part, Settings):
            settings = part
        elif isinstance(part, Resource):
            resources[_id(file)] = part
        elif isinstance(part, Endpoint):
            endpoints[_id(file)] = part
    guide = Guide(settings, FrozenDict(resources), FrozenDict(endpoints)) if settings else None
    unread = {path.relative_to(root).as_posix() for path, _ in files} if len(wanted) < len(files) else set()
    unread -= {path.relative_to(root).as_posix() for path, _ in wanted}
    return Reading(guide, tuple(problems), frozenset(unread))


def endpoints_in(root: Path) -> tuple[str, ...]:
    """The ids of all endpoints that have files."""
    return tuple(_id(file) for file in _files(root, []) if _model(file[1]) is Endpoint)


_File = tuple[Path, tuple[str, ...]]
"""A file of a guide, with its path's parts below `reference/`."""


def _id(file: _File) -> str:
    """The id of a resource or an endpoint, by its file."""
    path, names = file
    return names[0] if names[1:] == (RESOURCE_FILE,) else f"{names[0]}/{path.stem}"


def _model(names: tuple[str, ...]) -> type[Part]:
    """What a file of the guide holds."""
    if names == (GUIDE_FILE,):
        return Settings
    return Resource if names[1:] == (RESOURCE_FILE,) else Endpoint


def _files(root: Path, problems: list[Problem]) -> Iterator[_File]:
    """The files of the guide with their path's parts below `reference/`, in a fixed order."""
    folder = root / REFERENCE
    mode = _mode(folder)
    if not stat.S_ISDIR(mode):
        message, hint = "there is no folder `reference/` here", "run `apiguide init DIR` for a small guide"
        if stat.S_ISLNK(mode):
            message, hint = "`reference` is a symbolic link", "copy the folder here"
        problems.append(NoReference.at(_where(folder, root), message, hint))
        return
    entries = _entries(folder, root, problems)
    for path, mode in entries or ():
        if stat.S_ISDIR(mode):
            yield from _resource_files(path, root, problems)
        elif not stat.S_ISREG(mode):
            problems.append(_unexpected(path, root, *_special(mode)))
        elif path.name == GUIDE_FILE:
            yield path, (path.name,)
        elif _is_like(path, GUIDE_FILE):
            problems.append(_unexpected(path, root, "is not named guide.yaml", "rename it"))
        elif path.suffix.lower() in YAML:
            what = "is not in the folder of a resource"
            problems.append(_unexpected(path, root, what, "move it into the folder of its resource"))
        else:
            problems.append(_unexpected(path, root, "is not a file of a guide", "move it out of reference/"))
    if entries is not None and not any(_is_like(path, GUIDE_FILE) for path, _ in entries):
        hint = "create it with `title`, `servers`, `releases` and `formats`"
        where = _where(folder / GUIDE_FILE, root)
        problems.append(NoGuide.at(where, f"the guide has no {GUIDE_FILE}", hint))


def _resource_files(resource: Path, root: Path, problems: list[Problem]) -> Iterator[_File]:
    names = "use only lower-case letters, digits, `_` and `-`"
    if not _ID.match(resource.name):
        problems.append(_unexpected(resource, root, "is not a valid name for a resource", names))
    elif fault := name_fault(resource.name):
        problems.append(_unexpected(resource, root, *fault))
    entries = _entries(resource, root, problems)
    for path, mode in entries or ():
        if stat.S_ISDIR(mode):
            what = "is a folder inside the folder of a resource"
            problems.append(_unexpected(path, root, what, "move it up: resources are not nested"))
        elif not stat.S_ISREG(mode):
            problems.append(_unexpected(path, root, *_special(mode)))
        elif path.suffix.lower() not in YAML:
            problems.append(_unexpected(path, root, "is not a YAML file", "move it out of reference/"))
        elif path.suffix != ".yaml":
            name = f"{path.stem}.yaml"
            problems.append(_unexpected(path, root, "does not end with .yaml", f"rename it to {name}"))
        else:
            if not _ID.match(path.stem):
                problems.append(_unexpected(path, root, "is not a valid name for an endpoint", names))
            elif fault := name_fault(path.stem):
                problems.append(_unexpected(path, root, *fault))
            yield path, (resource.name, path.name)
    if entries is not None and not any(_is_like(path, RESOURCE_FILE) for path, _ in entries):
        message = f"the resource {quoted(resource.name)} has no {RESOURCE_FILE}"
        where = _where(resource / RESOURCE_FILE, root)
        problems.append(NoResourceFile.at(where, message, "create it with `title: …`"))


def _entries(folder: Path, root: Path, problems: list[Problem]) -> list[tuple[Path, int]] | None:
    """What stands in a folder and counts, with its mode, by name; None where that cannot be told."""
    try:
        paths = sorted(path for path in folder.iterdir() if not is_passed_over(path.name))
    except OSError as error:
        problems.append(_unreadable(folder, root, error))
        return None
    return [(path, _mode(path)) for path in paths]


def _mode(path: Path) -> int:
    """What kind of file it is, for `stat`; a link is not followed."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return 0
    except OSError:
        return stat.S_IFREG  # opening it will say what is wrong


def _is_like(path: Path, name: str) -> bool:
    """Whether a file is meant to have the name."""
    return path.name.lower() in (name, name.replace(".yaml", ".yml"))


def _special(mode: int) -> tuple[str, str]:
    """What is wrong with a file that is none, and what to do."""
    if stat.S_ISLNK(mode):
        return "is a symbolic link", "copy its target here"
    return "is not a regular file", "delete it"


def _where(path: Path, root: Path) -> Mark:
    """A file as a whole."""
    shown = path.relative_to(root).as_posix()
    return Mark(Source(shown.encode("utf-8", "backslashreplace").decode("utf-8")))


def _unexpected(path: Path, root: Path, what: str, hint: str) -> Problem:
    return UnexpectedFile.at(_where(path, root), f"{quoted(path.name)} {what}", hint)


def _unreadable(path: Path, root: Path, error: OSError) -> Problem:
    message = f"it cannot be read: {error.strerror}"
    return UnreadableFile.at(_where(path, root), message, "check its permissions")


def _part(
    model: type[Part], path: Path, root: Path, parse_cache: ParseCache | None
) -> tuple[Part | None, tuple[Problem, ...]]:
    where = _where(path, root)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, (_unreadable(path, root, error),)
    name = where.source.path
    if parse_cache is None:
        return parsed(model, name, data)
    if name not in parse_cache or parse_cache[name][0] != data:
        parse_cache[name] = data, parsed(model, name, data)
    return parse_cache[name][1]


def parsed(model: type[_P], path: str, data: bytes) -> tuple[_P | None, tuple[Problem, ...]]:
    """What the bytes of a file hold, None where they cannot be read, and what is wrong in them."""
    document = load(data, path)
    problems = [*document.problems]
    part = None if document.root is None else validate(model, document, problems)
    return part, tuple(problems)


def validate(model: type[_P], document: Document, problems: list[Problem]) -> _P | None:
    """The document as a model; what the model refuses is added to the problems, with its position."""
    if not isinstance(document.root, Map):
        message = f"{model.noun} must be a mapping of keys to values, not {kind_of(document.root)}"
        problems.append(WrongKind.at(document.mark(()), message, "write `key: value` lines"))
        return None
    wide = [*_too_wide(document.root, document.values)]
    problems.extend(wide)
    if wide:
        return None
    try:
        return model.model_validate(document.root)
    except ValidationError as error:
        problems.extend(_refusals(model, document, error.errors(include_url=False)))
        return None


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
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"][:LISTED_PER_FILE]
    meant = {path: nearest(str(path[-1]), model_at(model, path[:-1]).key_names()) for path in unknown}
    misspelt = {(*path[:-1], key) for path, key in meant.items()}
    for error in errors:
        path, is_missing = error["loc"], error["type"] == "missing"
        locations = {document.mark(path), document.mark(path, key=True)}
        if path in misspelt if is_missing else not reported.isdisjoint(locations):
            continue
        if error["type"] == "extra_forbidden":
            yield _unknown_key(model, document, path, meant.get(path))
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
        return rule.at(where, context["message"], context["hint"])
    where = document.mark(path, key=True)
    wanted = {"model_type": "a mapping", "dict_type": "a mapping", "tuple_type": "a list"}.get(kind)
    if wanted is None:
        return WrongKind.at(where, f"{quoted(last)} is not valid here", "see the format in the handbook")
    name = f"each item of {quoted(str(parent[-1]))}" if isinstance(path[-1], int) else quoted(last)
    hint = _shape(model_at(model, path) if kind == "model_type" else None, wanted, error["input"])
    return WrongKind.at(where, f"{name} must be {wanted}, not {kind_of(error['input'])}", hint)


def _unknown_key(
    model: type[Part], document: Document, path: tuple[str | int, ...], meant: str | None
) -> Problem:
    *parent, last = path
    owner, name = model_at(model, parent), str(last)
    message = f"{quoted(name)} is not a key of {owner.noun}"
    if parent[-1:] == ["before"] and issubclass(model_at(model, parent[:-1]), Change):
        message = f"{quoted(name)} is not allowed in `before`"
    hint = f"did you mean `{meant}`?" if meant else f"its keys are {', '.join(sorted(owner.key_names()))}"
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
