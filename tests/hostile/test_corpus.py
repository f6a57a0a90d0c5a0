"""Bad files, one each, in a small guide that has no other problem: what is found, and where."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.lab import CREATE, GUIDE, INDEX, RESOURCE, write

from apiguide.checks import check
from apiguide.problems import report

CORPUS = Path(__file__).parent / "corpus"
LOCATIONS = {"guide": GUIDE, "resource": RESOURCE, "endpoint": CREATE, "docs": INDEX}
EXPECTED = dict(
    re.split(" {2,}", line, maxsplit=1) for line in (CORPUS / "expected.txt").read_text("utf-8").splitlines()
)
"""By file: `CODE LINE:COLUMN` of each problem, with the file where that is another one; `good` for none."""


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    """`found(file)`: what is wrong in the small guide with a file of the corpus, as it is expected."""

    def problems(name: str) -> tuple[str, ...]:
        here = LOCATIONS[name.partition("/")[0]]
        problems = check(write(tmp_path, here, (CORPUS / name).read_bytes())).problems
        for each in problems:
            assert each.message
            assert each.hint, f"a problem without a remedy: {each}"
        assert len(list(report(problems))) >= bool(problems)
        return tuple(
            f"{each.code} {'' if each.where.source.path == here else f'{each.where.source.path}:'}"
            f"{each.where.line}:{each.where.column}"
            for each in problems
        )

    return problems


def test_the_guide_itself_has_no_problem(tmp_path: Path) -> None:
    assert check(write(tmp_path)).problems == ()


def test_every_file_is_expected_and_most_are_bad() -> None:
    files = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.*") if path.parent != CORPUS}
    assert files == set(EXPECTED)
    assert sum(expected != "good" for expected in EXPECTED.values()) >= 120


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_told_with_its_code_and_place(
    name: str, found: Callable[[str], tuple[str, ...]]
) -> None:
    expected = EXPECTED[name]
    assert found(name) == (() if expected == "good" else tuple(expected.split(", ")))
