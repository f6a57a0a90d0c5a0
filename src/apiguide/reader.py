"""Files under `reference/` to a `Guide`, with all problems of all files in one run.

Knows the tree (guide.yaml, RESOURCE/resource.yaml, RESOURCE/ENDPOINT.yaml) and turns what the model refuses
into problems with positions; what the facts mean together is for `checks`.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apiguide.folders import GUIDE_FILE, REFERENCE, RESOURCE_FILE, is_passed_over, name_fault
from apiguide.model import Endpoint, Guide, Part, Resource, Settings
from apiguide.problems import Mark, Problem, Source, quoted
from apiguide.rule import Rule
from apiguide.validation import Location, Parsed, parsed, stand_in
from apiguide.yaml_source import MAX_BYTES, FrozenDict


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


YAML = (".yaml", ".yml")

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
ParseCache = dict[str, "tuple[bytes, Parsed[Any]]"]
"""The contents of files and what they hold, by path: for those who read them again."""


@dataclass(frozen=True)
class Reading:
    """What the files hold."""

    guide: Guide | None
    """None where guide.yaml cannot be read; parts of files that cannot be read are left out."""
    problems: tuple[Problem, ...]
    unread: frozenset[str] = frozenset()
    """The paths of files that nobody wanted to be read."""
    rest: Guide | None = None
    """The guide with what can be known of files with errors; None where there are no files."""
    lost: Mapping[str, frozenset[Location]] = field(default_factory=dict)
    """What `rest` lacks, by the paths of these files."""


def read(
    root: Path, *, only: Collection[str] | None = None, parse_cache: ParseCache | None = None
) -> Reading:
    """Reads the guide of the project in `root`; never raises for what stands in its files.

    With `only`, the files of no other endpoints are read. What `parse_cache` holds is not read again; it
    gets what is read.
    """
    problems: list[Problem] = []
    files = [*_files(root, problems)]
    missing = {*_missing(files, problems)}
    wanted = [file for file in files if only is None or _id(file) in only or _model(file[1]) is not Endpoint]
    found = {file: _parsed(_model(file[1]), file[0], root, parse_cache) for file in wanted}
    problems += (problem for each in found.values() for problem in each.problems)
    unread = {_where(path, root).source.path for path, _ in {*files} - {*wanted}}
    lost = {_where(file[0], root).source.path: each.lost for file, each in found.items() if each.lost}
    lost |= {path: frozenset({()}) for path in missing}
    guide = _guide({file: each.part for file, each in found.items()})
    rest = guide
    if guide is None or any(each.part is None for each in found.values()):
        parts = {file: each.rest for file, each in found.items()}
        rest = _guide(parts) or (_guide({**parts, _SETTINGS: stand_in(Settings)}) if files else None)
    return Reading(guide, tuple(problems), frozenset(unread), rest, lost)


def _missing(files: Collection[_File], problems: Collection[Problem]) -> Iterator[str]:
    """The paths of files that a guide needs and that nobody can read: there are none, or it is not known."""
    there = {names for _, names in files}
    needed = {(GUIDE_FILE,), *((names[0], RESOURCE_FILE) for names in there if len(names) > 1)}
    yield from ("/".join((REFERENCE, *names)) for names in needed - there)
    unreadable = (each for each in problems if each.code == UnreadableFile.code)
    yield from (f"{each.where.source.path}/{RESOURCE_FILE}" for each in unreadable)


def _guide(parts: Mapping[_File, Part | None]) -> Guide | None:
    """The guide that files hold; None where guide.yaml holds nothing."""
    settings = next((part for part in parts.values() if isinstance(part, Settings)), None)
    resources = {_id(file): part for file, part in parts.items() if isinstance(part, Resource)}
    endpoints = {_id(file): part for file, part in parts.items() if isinstance(part, Endpoint)}
    return Guide(settings, FrozenDict(resources), FrozenDict(endpoints)) if settings else None


def endpoints_in(root: Path) -> tuple[str, ...]:
    """The ids of all endpoints that have files."""
    return tuple(_id(file) for file in _files(root, []) if _model(file[1]) is Endpoint)


_File = tuple[Path, tuple[str, ...]]
"""A file of a guide, with its path's parts below `reference/`."""
_SETTINGS: _File = (Path(REFERENCE, GUIDE_FILE), (GUIDE_FILE,))


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


def _parsed(model: type[Part], path: Path, root: Path, parse_cache: ParseCache | None) -> Parsed[Any]:
    """What a file holds."""
    where = _where(path, root)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Parsed(None, (_unreadable(path, root, error),), None, frozenset({()}))
    name = where.source.path
    if parse_cache is None:
        return parsed(model, name, data)
    if name not in parse_cache or parse_cache[name][0] != data:
        parse_cache[name] = data, parsed(model, name, data)
    return parse_cache[name][1]
