"""Work done side by side in processes that share what is in memory already."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any, TypeVar

_PR_SET_PDEATHSIG = 1
_PARTS = 16
"""Parts of work for each process."""

N = TypeVar("N")
T = TypeVar("T")

_is_worker = False
_tasks: list[Callable[[Any], Any]] = []
"""What processes do, last; they are copies of this one, so it need not be sent to them."""


def map_parallel(task: Callable[[N], T], names: Sequence[N]) -> Iterator[tuple[N, T]]:
    """What a task makes of each name, as each is done; begun in the given order.

    One after the other where there is one name, or `processors` says so. After an error nothing more begins;
    when the rest is done, that of the first of the names is raised, as it is.
    """
    workers = min(len(names), processors())
    if workers < 2:
        for name in names:
            yield name, task(name)
        return
    with _pool(workers, task) as pool:
        futures = {pool.submit(_run, name): name for name in names}
        for future in as_completed(futures):
            if future.exception() is not None:
                pool.shutdown(wait=True, cancel_futures=True)
                raise next(filter(None, (each.exception() for each in futures if not each.cancelled())))
            yield futures[future], future.result()


def map_chunks(
    task: Callable[[Sequence[N]], T],
    items: Sequence[N],
    *,
    least: int = 2,
    first: Callable[[], object] = lambda: None,
) -> list[tuple[Sequence[N], T]]:
    """The items in parts, in their order, each with what the task makes of it in whichever process is free.

    This process does something else `first`, while others begin. With fewer items than `least`, or where
    `processors` says so, it then does all in one part.
    """
    if len(items) < least or processors() < 2:
        first()
        return [(items, task(items))]
    parts = in_parts(items)
    with _pool(min(len(parts), processors()), lambda number: task(parts[number])) as pool:
        futures = [pool.submit(_run, number) for number in range(len(parts))]
        first()
        return [(part, future.result()) for part, future in zip(parts, futures, strict=True)]


@contextmanager
def _pool(workers: int, task: Callable[[Any], Any]) -> Iterator[ProcessPoolExecutor]:
    """Processes for a task, copies of this one."""
    _tasks.append(task)
    context = multiprocessing.get_context("fork")
    with warnings.catch_warnings():
        # The only other thread moves the line of progress; it holds nothing that a task needs.
        warnings.filterwarnings("ignore", "This process.*is multi-threaded", DeprecationWarning)
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(os.getpid(),)
        ) as pool:
            try:
                yield pool
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
                _tasks.pop()


def processors() -> int:
    """How many processes may work side by side: one where this is such a process, or none can be copied."""
    if sys.platform != "linux" or _is_worker:
        return 1
    return len(os.sched_getaffinity(0))


def in_parts(items: Sequence[T]) -> list[Sequence[T]]:
    """The items in parts: enough of them that no process is left with the last one for long."""
    size = max(1, -(-len(items) // (_PARTS * processors())))
    return [items[start : start + size] for start in range(0, len(items), size)]


def _begin(parent: int) -> None:
    """Makes this process one of those that work side by side."""
    global _is_worker  # noqa: PLW0603 # a process is one or it is none, for as long as it lives
    _is_worker = True
    die_with(parent)


def die_with(parent: int) -> None:
    """Lets the system end this process when the one that made it ends, however that comes (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it has ended already


def _run(name: Any) -> Any:
    return _tasks[-1](name)
