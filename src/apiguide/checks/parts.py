"""The files of a guide, and where what they say was typed."""

from __future__ import annotations

from collections.abc import Iterator

from apiguide.folders import GUIDE_FILE, REFERENCE, RESOURCE_FILE
from apiguide.inheritance.sources import field_named
from apiguide.model import Field, FieldKeys, Guide, Object, Part
from apiguide.problems import Mark, mark_of
from apiguide.yaml_source import Map, Seq, Text, load


def key_mark(text: str, *path: str | int) -> Mark:
    """Where a key stands whose value keeps no position; `text` is any text of the same file."""
    source = mark_of(text).source
    return load(source.text.encode(), source.path).mark(path, key=True)


def file_of(id_: str) -> str:
    """The file of a resource (`books`) or an endpoint (`books/get`); with "", guide.yaml."""
    if not id_:
        return f"{REFERENCE}/{GUIDE_FILE}"
    return f"{REFERENCE}/{id_}.yaml" if "/" in id_ else f"{REFERENCE}/{id_}/{RESOURCE_FILE}"


def files(guide: Guide) -> Iterator[tuple[str, Part]]:
    """The parts that are files, with their ids: "" for guide.yaml, `books`, `books/get`."""
    yield "", guide.settings
    yield from guide.resources.items()
    yield from guide.endpoints.items()


def first_mark(part: Part) -> Mark | None:
    """Where the first text of a part was typed; None where none of its own keys holds a text."""
    marks = [value.mark for _, value in part.stated_values() if isinstance(value, Text | Map | Seq)]
    return min(marks, key=lambda mark: mark.sort_key, default=None)


def objects_of(part: Part) -> Iterator[str]:
    """The objects that a part itself names, if it names any."""
    if isinstance(part, FieldKeys) and part.object is not None:
        yield part.object
    if isinstance(part, Object) and part.extends is not None:
        yield part.extends
    elif isinstance(part, Field) and part.extends is not None:
        yield field_named(part.extends)[0]
