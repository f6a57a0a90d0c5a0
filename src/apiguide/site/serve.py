"""The live preview: follows the files of a guide and keeps the pages of one release as they are meant.

A call that has changed is shown at once, after a check of it alone; so is each open page after a change that
may concern it. Meanwhile the whole guide is checked and built in a process of its own, which ends when there
is another change before it is done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from apiguide.checks import check
from apiguide.checks.few import Few, FewCalls
from apiguide.editions import Editions
from apiguide.folders import GUIDE_FILE, MACROS, REFERENCE, RESOURCE_FILE
from apiguide.model import resource_id
from apiguide.problems import errors, report
from apiguide.processes import die_with
from apiguide.reader import calls_in, read
from apiguide.rendering.prose import Prose
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site.build import build_alone
from apiguide.site.build_errors import BuildError
from apiguide.site.git_dates import page_dates
from apiguide.site.patch import patched
from apiguide.site.preview import HOST, Preview, listen
from apiguide.site.watch import changes, look
from apiguide.writing import replace_file

Say = Callable[[str], None]


def serve(root: Path, release: str | None, port: int, say: Say, ended: threading.Event) -> None:
    """Previews a release of the project in `root`, by default the newest, until `ended` or KeyboardInterrupt.

    With 0 for the port, any free one is taken. `say` is told what happens. Raises ServeError where the port
    cannot be had.
    """
    preview = Preview()
    with listen(port, preview) as server, tempfile.TemporaryDirectory(prefix="apiguide-") as folder:
        address = f"http://{HOST}:{server.server_port}/"
        follower = _Follower(_Job(root, release, Path(folder, "site"), address), preview, say)
        answering = threading.Thread(target=server.serve_forever, daemon=True)
        before = look(root)
        try:
            follower.begin()
            answering.start()
            say(f"{address} shows the guide and follows your changes; Ctrl-C ends it.")
            for changed in changes(root, before, ended):
                say(f"changed: {', '.join(changed)}")
                follower.follow(changed)
        finally:
            follower.builder.stop()
            if answering.is_alive():
                server.shutdown()


@dataclass(frozen=True)
class _Wanted:
    """What can be shown before all is built."""

    calls: Sequence[str]
    resources: Sequence[str]
    """Resources that have been changed themselves, or whose pages are open."""

    def __str__(self) -> str:
        """Their names."""
        return ", ".join((*self.resources, *(c for c in self.calls if resource_id(c) not in self.resources)))


class _Follower:
    """Shows each change."""

    def __init__(self, job: _Job, preview: Preview, say: Say) -> None:
        self.root = job.root
        self.release = job.release
        self.preview = preview
        self.say = say
        self.few = FewCalls(job.root)
        self.templates: Templates | None = None
        self.prose = Prose()
        self.builder = _Builder(job, self._built)
        self.around = False
        """Whether more than pages has changed since the last build."""

    def begin(self) -> None:
        """Builds the guide for the first time; meanwhile, all that a change will ask for is made ready."""
        self.builder.start()
        read(self.root, kept=self.few.kept)
        self._rendered(_Wanted(calls_in(self.root)[:1], ()))
        self.builder.wait()

    def follow(self, changed: Collection[str]) -> None:
        """Shows what has changed: a few pages at once, and all when it is built."""
        start = monotonic()
        self.builder.stop()
        self.around = self.around or any(not name.endswith((".yaml", ".md", "/")) for name in changed)
        if any(name.startswith(f"{MACROS}/") for name in changed):
            self.templates = None
        wanted, folder = self._wanted(changed), self.preview.state.folder
        if folder is not None and wanted is not None:
            problems, pages = self._rendered(wanted)
            if problems and not any(map(_is_everywhere, changed)):
                self.preview.failed(problems)
                self.say(problems)
                return
            if self._put(folder, pages):
                self.say(f"showed {wanted} in {monotonic() - start:.2f} s; building the rest")
        self.builder.start()

    def _wanted(self, changed: Collection[str]) -> _Wanted | None:
        """What can be shown at once after a change; None where that is nothing."""
        every = calls_in(self.root)
        calls, resources = [], []
        for name in changed:
            id_ = name.removeprefix(f"{REFERENCE}/").removesuffix(".yaml")
            if name.startswith(f"{REFERENCE}/") and name.endswith(f"/{RESOURCE_FILE}"):
                resources.append(resource_id(id_))
            elif id_ in every:
                calls.append(id_)
            elif not _is_everywhere(name):
                return None
        if resources or len(calls) < len(changed):
            for id_ in self.preview.open_pages():
                (calls if id_ in every else resources).append(id_)
        calls += [id_ for id_ in every if resource_id(id_) in resources]
        there = {*map(resource_id, calls)}
        resources = [id_ for id_ in dict.fromkeys(resources) if id_ in there]
        return _Wanted([*dict.fromkeys(calls)], resources) if calls else None

    def _rendered(self, wanted: _Wanted) -> tuple[str, list[RenderedPage]]:
        """What is wrong with calls and resources, and their pages.

        Neither where only a build of everything can tell.
        """
        try:
            few = self.few.check(wanted.calls, whole=wanted.resources)
            if few is None:
                return "", []
            wrong = errors(few.problems)
            release, folder = self.release or few.guide.newest, self.preview.state.folder
            is_another = folder is not None and folder.name != release
            if wrong or is_another or release not in few.views:
                return "\n".join(report(wrong)), []
            renderer = self._renderer(few, release)
            view = few.views[release]
            ids = (*wanted.calls, *wanted.resources)
            return "", [renderer.page(id_) for id_ in ids if id_ in view.endpoints or id_ in view.resources]
        except Exception:  # what a faulty macro raises is told by the build
            return "", []

    def _renderer(self, few: Few, release: str) -> Renderer:
        self.templates = self.templates or Templates.of(self.root)
        dates = page_dates(few.guide, self.root)
        editions = Editions.around(release, few.guide, few.views)
        return Renderer(few.views[release], self.templates, self.prose, dates, editions)

    def _put(self, folder: Path, pages: Collection[RenderedPage]) -> bool:
        """Puts pages where the last good ones are; False where a build has to do that.

        What stands around them, like the list of their headings, stays as it was until all is built.
        """
        texts: dict[Path, str] = {}
        for page in pages:
            file = folder / page.url / "index.html"
            text = patched(file.read_text(encoding="utf-8"), page) if file.is_file() else None
            if text is None:
                return False
            texts[file] = text
        try:
            for file, text in texts.items():
                replace_file(file, text.encode())
        except OSError:
            return False  # the build will say why
        if texts:
            self.preview.built(folder)
        return bool(texts)

    def _built(self, result: _Result) -> None:
        """Tells the terminal and the open pages what came of a build."""
        if result.folder is None:
            self.preview.failed(result.problems)
            self.say(result.problems)
        else:
            self.preview.built(result.folder, around=self.around)
            self.around = False
            self.say(f"built release {result.folder.name} in {result.seconds:.1f} s")


def _is_everywhere(name: str) -> bool:
    """Whether a file may concern every page of the reference."""
    return name.startswith(f"{MACROS}/") or name == f"{REFERENCE}/{GUIDE_FILE}"


@dataclass(frozen=True)
class _Result:
    """What came of a build."""

    folder: Path | None
    problems: str
    seconds: float


@dataclass(frozen=True)
class _Job:
    """A build of the whole guide."""

    root: Path
    release: str | None
    target: Path
    address: str

    def run(self, parent: int, sender: Connection) -> None:
        """Builds, in a process of its own."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
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
        sender.send(_Result(folder, problems, monotonic() - start))

    def _build(self) -> Path:
        checked = check(self.root)
        shown = self.release or (checked.guide.newest if checked.guide else "")
        build_alone(checked, shown, self.target / shown, self.address)
        return self.target / shown


class _Builder:
    """Runs builds, one at a time, each in a process that can be stopped."""

    def __init__(self, job: _Job, done: Callable[[_Result], None]) -> None:
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
        process.start()
        sender.close()
        self._process = process
        self._waiting = threading.Thread(target=self._wait_for, args=(process, receiver), daemon=True)
        self._waiting.start()

    def stop(self) -> None:
        """Ends the build that is under way, if one is."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()

    def wait(self) -> None:
        """Waits until the build that is under way is done."""
        if self._waiting is not None:
            self._waiting.join()

    def _wait_for(self, process: BaseProcess, receiver: Connection) -> None:
        with receiver:
            try:
                result: _Result = receiver.recv()
            except EOFError:
                result = _Result(
                    None, "The guide could not be built: the process that built it was ended.", 0
                )
        with self._lock:
            if self._process is process:
                self._process = None
                self._done(result)
