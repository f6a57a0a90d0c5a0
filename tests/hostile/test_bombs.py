"""Small files that try to cost much cost 200 MB at most, and their checks end."""

import signal
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.hostile.bombs import BOMBS
from tests.hostile.lab import write
from tests.hostile.making import files

from apiguide.checks import check
from apiguide.problems import report

MEGABYTES = 200
HANGS = 120
"""Seconds after which a check counts as one that never ends; `make fuzz` measures what it costs."""


@pytest.fixture
def ending() -> Iterator[None]:
    """Ends a test that never would."""
    signal.alarm(HANGS)
    yield
    signal.alarm(0)


@pytest.mark.usefixtures("ending")
@pytest.mark.parametrize("name", BOMBS)
def test_a_check_of_a_file_that_tries_to_cost_much_ends(name: str, tmp_path: Path) -> None:
    path, text = BOMBS[name]
    assert len(text.encode()) <= 1024 * 1024
    write(tmp_path, path, text.encode())
    problems = check(tmp_path).problems
    assert all(problem.hint for problem in problems)
    assert len(list(report(problems))) >= bool(problems)


@pytest.mark.parametrize("name", ["comments", "a text of many lines", "parameters", "fields of many objects"])
def test_no_file_takes_more_than_200_megabytes(name: str, tmp_path: Path) -> None:
    path, text = BOMBS[name]
    write(tmp_path, path, text.encode())
    tracemalloc.start()
    try:
        check(tmp_path)
        assert tracemalloc.get_traced_memory()[1] <= MEGABYTES * 1024 * 1024
    finally:
        tracemalloc.stop()


@settings(
    max_examples=150,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=files())
def test_no_file_made_of_the_formats_own_words_ends_a_check(made: tuple[str, bytes], tmp_path: Path) -> None:
    """The short form of `make fuzz`."""
    problems = check(write(tmp_path, *made)).problems
    for each in problems:
        assert each.where.source.path
        assert each.hint
    assert len(list(report(problems))) >= bool(problems)
