"""Work done side by side: all of it, in its order, and what goes wrong in it."""

import os

import pytest

from apiguide import processes
from apiguide.processes import shared, shares, side_by_side


def test_each_process_takes_a_share_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 3)
    results = shared(lambda share: (os.getpid(), [number * 2 for number in share]), range(10))
    assert [list(share) for share, _ in results] == shares(range(10)) == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]
    assert [[number * 2 for number in share] for share, _ in results] == [found for _, (_, found) in results]
    assert results[0][1][0] == os.getpid()
    assert os.getpid() not in {result[0] for _, result in results[1:]}


def test_little_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 3)
    assert shared(lambda share: os.getpid(), range(5), least=6) == [([0, 1, 2, 3, 4], os.getpid())]
    assert shared(list, []) == [([], [])]


def test_work_inside_work_side_by_side_is_done_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)

    def inner(_: object) -> bool:
        return all(pid == os.getpid() for _, pid in side_by_side(lambda _: os.getpid(), [1, 2]))

    assert [done for _, done in side_by_side(inner, [1, 2])] == [True, True]


def test_the_first_error_is_raised_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 2)

    def task(number: int) -> int:
        if number == 1:
            raise LookupError("no luck")
        return number

    with pytest.raises(LookupError, match="no luck"):
        list(side_by_side(task, [0, 1, 2]))
    with pytest.raises(LookupError, match="no luck"):
        shared(lambda share: [task(number) for number in share], [0, 1])
