"""Work done side by side: all of it, in its order, and what goes wrong in it."""

import os

import pytest

from apiguide import processes
from apiguide.processes import in_parts, map_chunks, map_parallel

copies = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system makes no copies of processes")


@copies
def test_processes_share_the_work_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 3)
    done: list[int] = []
    results = map_chunks(
        lambda part: (os.getpid(), len(done), [number * 2 for number in part]),
        range(1000),
        first=lambda: done.append(1),
    )
    assert [number for part, _ in results for number in part] == [*range(1000)]
    assert [part for part, _ in results] == in_parts(range(1000))
    assert [[number * 2 for number in part] for part, _ in results] == [found for _, (_, _, found) in results]
    assert os.getpid() not in {pid for _, (pid, _, _) in results}
    assert done == [1]
    assert {count for _, (_, count, _) in results} == {0}  # the others began before


def test_parts_are_many_and_hold_everything_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 3)
    for number in (0, 1, 2, 95, 96, 97, 1000):
        parts = in_parts(range(number))
        assert [item for part in parts for item in part] == [*range(number)]
        assert len(parts) <= 48
        assert all(parts)


def test_little_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 3)
    done: list[int] = []
    results = map_chunks(lambda part: os.getpid(), range(5), least=6, first=lambda: done.append(1))
    assert results == [(range(5), os.getpid())]
    assert done == [1]
    assert map_chunks(list, []) == [([], [])]


def test_work_inside_work_side_by_side_is_done_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)

    def inner(_: object) -> bool:
        return all(pid == os.getpid() for _, pid in map_parallel(lambda _: os.getpid(), [1, 2]))

    assert [done for _, done in map_parallel(inner, [1, 2])] == [True, True]


@copies
def test_the_first_error_is_raised_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 2)

    def task(number: int) -> int:
        if number == 1:
            raise LookupError("no luck")
        return number

    with pytest.raises(LookupError, match="no luck"):
        list(map_parallel(task, [0, 1, 2]))
    with pytest.raises(LookupError, match="no luck"):
        map_chunks(lambda part: [task(number) for number in part], [0, 1])
