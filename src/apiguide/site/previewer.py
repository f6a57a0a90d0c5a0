"""The live preview: follows the files of a guide and keeps the pages of one release as they are meant.

An endpoint that has changed is shown at once, after a check of it alone; so is each open page after a change
that may concern it. Meanwhile the whole guide is checked and built in a process of its own, which ends when
there is another change before it is done.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from time import monotonic

from apiguide.checks.partial_check import Partial, PartialCheck
from apiguide.docs import read_docs
from apiguide.problems import errors, report
from apiguide.prose import Prose
from apiguide.reader import endpoints_in, read
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site.config_file import read_config
from apiguide.site.git_dates import page_dates
from apiguide.site.patch import patched
from apiguide.site.preview import HOST, Preview, listen
from apiguide.site.preview_builder import Builder, Job, Result
from apiguide.site.preview_changes import Changed, Wanted
from apiguide.site.stop_request import StopRequest
from apiguide.site.watch import changes, look
from apiguide.site_releases import SiteReleases
from apiguide.texts import texts_of
from apiguide.writing import replace_file

Say = Callable[[str], None]


def serve(root: Path, release: str | None, port: int, say: Say, request: StopRequest) -> None:
    """Previews a release of the project in `root`, by default the newest, until it is requested to stop.

    With 0 for the port, any free one is taken. `say` is told what happens. Raises ServeError where the port
    cannot be had.
    """
    preview = Preview()
    with listen(port, preview) as server, tempfile.TemporaryDirectory(prefix="apiguide-") as folder:
        address = f"http://{HOST}:{server.server_port}/"
        job = Job(root, release, Path(folder, "site"), address)
        follower = _Follower(job, preview, say, request)
        answering = threading.Thread(target=server.serve_forever, daemon=True)
        before = look(root)
        try:
            follower.begin()
            if not request.is_set():
                answering.start()
                say(f"{address} shows the guide and follows your changes; Ctrl-C ends it.")
            for changed in changes(root, before, request):
                say(f"changed: {', '.join(changed)}")
                follower.follow(changed)
        except KeyboardInterrupt:  # only what `breaks` is broken off
            pass
        finally:
            follower.builder.stop()
            if answering.is_alive():
                server.shutdown()


class _Follower:
    """Shows each change."""

    def __init__(self, job: Job, preview: Preview, say: Say, request: StopRequest) -> None:
        self.root = job.root
        self.release = job.release
        self.preview = preview
        self.say = say
        self.request = request
        self.partial = PartialCheck(job.root)
        self.templates: Templates | None = None
        self.prose = Prose()
        self.builder = Builder(job, self._built)
        self.around = False
        """Whether more than pages has changed since the last build."""

    def begin(self) -> None:
        """Builds the guide for the first time; meanwhile, all that a change will ask for is made ready."""
        self.builder.start()
        read(self.root, parse_cache=self.partial.parse_cache)
        self._rendered(Wanted(endpoints_in(self.root)[:1]))
        self.builder.wait(self.request)

    def follow(self, names: Collection[str]) -> None:
        """Shows what has changed: a few pages at once, and all when it is built."""
        start = monotonic()
        self.builder.stop()
        endpoints = endpoints_in(self.root)
        changed = Changed.of(names, endpoints)
        self.around = self.around or changed.is_around
        if changed.has_macros:
            self.templates = None
        folder, wanted = self.preview.state.folder, changed.wanted(endpoints, self.preview.open_pages())
        if folder is not None and wanted is not None:
            problems, pages = self._rendered(wanted)
            if problems and not changed.everywhere:
                self.preview.failed(problems)
                self.say(problems)
                return
            if self._put(folder, pages):
                self.say(f"showed {wanted} in {monotonic() - start:.2f} s; building the rest")
        self.builder.start()

    def _rendered(self, wanted: Wanted) -> tuple[str, list[RenderedPage]]:
        """What is wrong with endpoints and resources, and their pages.

        Neither where only a build of everything can tell.
        """
        try:
            partial = self.partial.check(wanted.endpoints, full_resources=wanted.resources)
            if partial is None:
                return "", []
            wrong = errors(partial.problems)
            release, folder = self.release or partial.guide.newest, self.preview.state.folder
            is_another = folder is not None and folder.name != release
            if wrong or is_another or release not in partial.views:
                return "\n".join(report(wrong)), []
            renderer = self._renderer(partial, release)
            view = partial.views[release]
            ids = (*wanted.endpoints, *wanted.resources)
            with self.request.breaks():  # a macro may take for ever
                return "", [
                    renderer.page(id_) for id_ in ids if id_ in view.endpoints or id_ in view.resources
                ]
        except Exception:  # what a faulty macro raises is told by the build
            return "", []

    def _renderer(self, partial: Partial, release: str) -> Renderer:
        self.templates = self.templates or Templates.of(
            self.root, texts_of(read_config(self.root).language, self.root)
        )
        links_base = partial.guide.settings.links_base
        if links_base != self.prose.links_base:
            self.prose = Prose(links_base)
        dates = page_dates(partial.guide, self.root)
        docs, texts = read_docs(self.root)[0], self.templates.texts
        site_releases = SiteReleases.around(release, partial.guide, partial.views, docs, texts)
        return Renderer(partial.views[release], self.templates, self.prose, dates, site_releases)

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

    def _built(self, result: Result) -> None:
        """Tells the terminal and the open pages what came of a build."""
        if result.folder is None:
            self.preview.failed(result.problems)
            self.say(result.problems)
        else:
            self.preview.built(result.folder, around=self.around)
            self.around = False
            self.say(f"built release {result.folder.name} in {result.seconds:.1f} s")
