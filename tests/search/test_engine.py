"""What the engine decides, tried in node: rules, the reference's own words, readers' words."""

import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.search.queries import KINDS, Queries

from apiguide.checks import Checked

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
SEED = 20261130
FIRST = 3
"""A page counts as found among so many."""


@pytest.mark.parametrize("file", sorted(file.name for file in FOLDER.glob("*.test.mjs")))
def test_the_engine_does_what_its_tests_say(node: Callable[..., str], file: str) -> None:
    node("--test", FOLDER / file)


def test_of_queries_from_the_reference_nearly_all_bring_the_right_page(
    reference: Checked, answers: Callable[[list[str]], list[list[str]]]
) -> None:
    queries = Queries(reference.views["4.2"], ROOT / "docs").make(SEED, 300)
    hits: Counter[str] = Counter()
    for query, pages in zip(queries, answers([query.text for query in queries]), strict=True):
        if query.right & {*pages[:FIRST]}:
            hits[query.kind] += 1
        else:
            print(f"missed: {query.kind} {query.text!r}: {pages[:FIRST]}, not {sorted(query.right)[:FIRST]}")
    counts = Counter(query.kind for query in queries)
    print(f"seed {SEED}:", ", ".join(f"{kind} {hits[kind]}/{counts[kind]}" for kind in KINDS))
    assert hits.total() >= 0.99 * len(queries)


def test_most_questions_in_the_words_of_readers_bring_the_right_page(
    answers: Callable[[list[str]], list[list[str]]],
) -> None:
    questions: dict[str, list[str]] = tomllib.loads((FOLDER / "own_words.toml").read_text("utf-8"))
    missed = 0
    for (question, right), pages in zip(questions.items(), answers([*questions]), strict=True):
        if not {*right} & {*pages[:FIRST]}:
            missed += 1
            print(f"missed: {question!r}: {pages[:FIRST]}, not {right}")
    print(f"{len(questions) - missed} of {len(questions)}")
    assert missed <= 0.15 * len(questions)
