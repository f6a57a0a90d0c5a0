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
from typing import Any, TypeVar

_PR_SET_PDEATHSIG = 1

N = TypeVar("N")
T = TypeVar("T")

_tasks: list[Callable[[Any], Any]] = []
"""What processes do, last; they are copies of this one, so it need not be sent to them."""


def side_by_side(task: Callable[[N], T], names: Sequence[N]) -> Iterator[tuple[N, T]]:
    """What a task makes of each name, as each is done; begun in the given order.

    One after the other where there is one name, or `processors` says so. The first error of a task is raised
    as it is; what has not begun by then never does.
    """
    workers = min(len(names), processors())
    if workers < 2:
        for name in names:
            yield name, task(name)
        return
    _tasks.append(task)
    context = multiprocessing.get_context("fork")
    with warnings.catch_warnings():
        # The only other thread moves the line of progress; it holds nothing that a task needs.
        warnings.filterwarnings("ignore", "This process.*is multi-threaded", DeprecationWarning)
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_die_with, initargs=(os.getpid(),)
        ) as pool:
            futures = {pool.submit(_run, name): name for name in names}
            try:
                for future in as_completed(futures):
                    yield futures[future], future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
                _tasks.pop()


def processors() -> int:
    """How many processes may work side by side: one where this is such a process, or none can be copied."""
    if sys.platform != "linux" or multiprocessing.parent_process() is not None:
        return 1
    return len(os.sched_getaffinity(0))


def shares(items: Sequence[T]) -> list[list[T]]:
    """The items in as many parts of like weight as processes may work side by side."""
    number = processors()
    return [list(items[start::number]) for start in range(number)]


def _die_with(parent: int) -> None:
    """Lets the system end this process when the one that made it ends, however that comes (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it has ended already


def _run(name: Any) -> Any:
    return _tasks[-1](name)
