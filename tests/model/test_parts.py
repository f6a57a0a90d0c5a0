"""Parts go from process to process as they are."""

import pickle
from pathlib import Path

from apiguide.model import Endpoint, Part, inside
from apiguide.reader import parsed, read

ROOT = Path(__file__).parents[2]

CALL = b"""
title: Get book
method: GET
path: /books/:id
responses:
  200: {body: {type: string, example: one, nullable: false}}
changes:
  - {release: "2.0", before: {description: null}}
"""


def shapes(part: Part) -> list[tuple[str, list[str], list[str]]]:
    """The kinds of a part and of those inside it, each with the keys that it states and all that it has."""
    return sorted((type(e).__name__, sorted(e.model_fields_set), [*e.__dict__]) for e in inside(part))


def test_a_part_is_the_same_in_another_process() -> None:
    call, problems = parsed(Endpoint, "reference/books/get.yaml", CALL)
    assert problems == ()
    assert call is not None
    copy = pickle.loads(pickle.dumps(call))
    assert copy == call
    assert copy is not call
    assert shapes(copy) == shapes(call)
    before = copy.changes[0].before
    assert before is not None
    assert before.model_fields_set == {"description"}
    assert copy.title.mark == call.title.mark


def test_a_whole_guide_is_the_same_in_another_process() -> None:
    guide = read(ROOT).guide
    assert guide is not None
    parts = {**guide.resources, **guide.endpoints, "": guide.settings}
    copies = pickle.loads(pickle.dumps(parts))
    assert copies == parts
    assert [shapes(part) for part in copies.values()] == [shapes(part) for part in parts.values()]
