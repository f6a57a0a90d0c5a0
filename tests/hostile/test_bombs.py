"""What small files that try to cost much do cost: a second of processor time and 200 MB, at most."""

import gc
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.hostile.bombs import BOMBS
from tests.hostile.lab import write
from tests.hostile.making import files

from apiguide.checks import check
from apiguide.problems import report

SECONDS = 1.0
MEGABYTES = 200
SUM = 0.04
"""How long the loop of `pace` takes on a quiet machine, in seconds."""


def pace() -> float:
    """How much slower than a quiet one this machine is right now; never less than 1."""
    begun = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return max(1.0, (time.process_time() - begun) / SUM)


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_costs_more_than_a_second(name: str, tmp_path: Path) -> None:
    path, text = BOMBS[name]
    assert len(text.encode()) <= 1024 * 1024
    check(write(tmp_path))
    write(tmp_path, path, text.encode())
    gc.collect()
    slowed = pace()
    begun = time.process_time()
    for _ in report(check(tmp_path).problems):
        pass
    spent = time.process_time() - begun
    assert spent <= SECONDS * max(slowed, pace())


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
    max_examples=300,
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
