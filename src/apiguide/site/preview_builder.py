"""Builds of a guide for its preview, each in a process of its own, which can be ended at any moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from apiguide.checks import check
from apiguide.processes import die_with
from apiguide.site.build import build_alone
from apiguide.site.build_errors import BuildError
from apiguide.site.stop_request import StopRequest

_LOOK = 0.1
"""Seconds after which one that waits for a build looks whether the preview is to end."""


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keeps Ctrl-C in the terminal from processes that are begun meanwhile; this one has it afterwards.

    It would end one that is no copy of this before that can ignore it. Windows has no means to do this.
    """
    if multiprocessing.get_start_method() == "fork" or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # if it were begun meanwhile, it would let interrupts in
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True)
class Result:
    """What came of a build."""

    folder: Path | None
    problems: str
    seconds: float


@dataclass(frozen=True)
class Job:
    """A build of the whole guide."""

    root: Path
    release: str | None
    target: Path
    address: str

    def run(self, parent: int, sender: Connection) -> None:
        """Builds, in a process of its own."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the preview, which gets it too, ends this process
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if sys.platform == "linux":
            die_with(parent)
        start = monotonic()
        try:
            folder, problems = self._build(), ""
        except BuildError as error:
            folder, problems = None, str(error)
        except Exception as error:  # whatever a faulty macro or a half-saved file raises, the preview goes on
            folder, problems = None, f"The guide could not be built: {type(error).__name__}: {error}"
        sender.send(Result(folder, problems, monotonic() - start))

    def _build(self) -> Path:
        checked = check(self.root)
        shown = self.release or (checked.guide.newest if checked.guide else "")
        build_alone(checked, shown, self.target / shown, self.address)
        return self.target / shown


class Builder:
    """Runs builds, one at a time."""

    def __init__(self, job: Job, done: Callable[[Result], None]) -> None:
        self._job = job
        self._done = done
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._waiting: threading.Thread | None = None

    def start(self) -> None:
        """Begins a build; `done` is told what came of it, unless it is stopped."""
        multiprocessing.set_start_method("fork" if sys.platform == "linux" else "spawn", force=True)
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=self._job.run, args=(os.getpid(), sender))
        with _without_interrupts():
            process.start()
        self._process = process
        sender.close()
        self._waiting = threading.Thread(target=self._wait_for, args=(process, receiver), daemon=True)
        self._waiting.start()

    def stop(self) -> None:
        """Ends the build that is under way, if one is."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()

    def wait(self, request: StopRequest) -> None:
        """Waits until the build that is under way is done, or the preview is to end."""
        while self._waiting is not None and self._waiting.is_alive() and not request.is_set():
            self._waiting.join(_LOOK)

    def _wait_for(self, process: BaseProcess, receiver: Connection) -> None:
        with receiver:
            try:
                result: Result = receiver.recv()
            except EOFError:
                result = Result(None, "The guide could not be built: the process that built it was ended.", 0)
        with self._lock:
            if self._process is process:
                self._process = None
                self._done(result)
