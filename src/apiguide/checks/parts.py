"""Goes through the parts of a guide, whatever their kind, with where each was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apiguide.model import Guide, Part
from apiguide.problems import Mark, Source, mark_of
from apiguide.reader import GUIDE_FILE, REFERENCE, RESOURCE_FILE
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


def parts(guide: Guide) -> Iterator[tuple[Part, Mark]]:
    """All parts of a guide, with where each was typed: its name, else its first text, else its whole."""
    for id_, part in files(guide):
        yield from inside(part, Mark(Source(file_of(id_))))


def inside(part: Part, mark: Mark) -> Iterator[tuple[Part, Mark]]:
    """A part and all parts inside it, each with where it was typed."""
    open_: list[tuple[Any, Mark]] = [(part, mark)]
    while open_:
        value, mark = open_.pop()
        if isinstance(value, Part):
            yield value, mark
            stated, held = value.model_fields_set, value.__dict__
            open_ += [(held[key], mark) for key in type(value).model_fields if key in stated and held[key]]
        elif isinstance(value, str | Map | Seq):
            continue
        elif isinstance(value, Mapping):
            open_ += [(each, _mark(name, mark)) for name, each in value.items()]
        elif isinstance(value, tuple):
            open_ += [(each, first_mark(each) or mark) for each in value]


def _mark(text: str, default: Mark) -> Mark:
    return text.mark if isinstance(text, Text) else default


def first_mark(part: object) -> Mark | None:
    """Where the first text of a part was typed; None where none of its own keys holds a text."""
    if not isinstance(part, Part):
        return None
    values = (getattr(part, key) for key in part.model_fields_set)
    marks = [value.mark for value in values if isinstance(value, Text | Map | Seq)]
    return min(marks, key=lambda mark: mark.sort_key, default=None)
