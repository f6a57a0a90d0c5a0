"""What the builds of several releases of one project share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, set_exclusions

from apiguide.checks import Checked, check
from apiguide.docs import DocsPage
from apiguide.problems import ProblemsError, report
from apiguide.processes import map_chunks
from apiguide.proof_record import ProofRecord, RecordError, record_of
from apiguide.prose import Prose
from apiguide.rendering.links import SharedByLinks
from apiguide.rendering.render import RenderedPage, Renderer
from apiguide.rendering.templates import Templates
from apiguide.site.git_dates import page_dates
from apiguide.site_releases import SiteReleases
from apiguide.texts import Texts, texts_of

MANY = 100
"""With fewer pages, processes are not worth their start."""


@dataclass(frozen=True)
class Prepared:
    """A project that has been checked, and what its pages are rendered with."""

    checked: Checked
    templates: Templates
    prose: Prose
    dates: Mapping[str, str]
    is_side_by_side: bool = False
    """Whether the guides of all releases will stand side by side, so that one may lead to others."""
    docs: tuple[DocsPage, ...] = ()
    """The hand-written pages of its site."""
    record: ProofRecord = field(default_factory=ProofRecord)
    """The examples that have been run."""
    finished: SharedByLinks[RenderedPage] = field(default_factory=SharedByLinks)
    endpoints: Mapping[str, Mapping[str, RenderedPage]] = field(default_factory=dict)
    """Pages of endpoints that are finished already, by release and id."""
    _site_releases: dict[str | None, SiteReleases] = field(default_factory=dict)
    """What is known of releases, by the one of them that is only planned."""

    def site_releases(self, release: str) -> SiteReleases:
        """What the guide of a release knows of others."""
        guide = self.checked.guide
        assert guide is not None, "only guides without errors have pages"
        texts = self.templates.texts
        made = SiteReleases.around(release, guide, self.checked.views, self.docs, texts)
        return self._site_releases.setdefault(made.planned, made)

    def renderer(self, release: str, site_releases: SiteReleases) -> Renderer:
        """What renders the pages of a release."""
        view, finished = self.checked.views[release], self.finished
        return Renderer(
            view,
            self.templates,
            self.prose,
            self.dates,
            site_releases,
            finished=finished,
            record=self.record,
        )

    def with_endpoints(self, releases: Sequence[str]) -> Prepared:
        """It with the pages of endpoints of several releases, made side by side and each but once.

        A page that fails is not among them: it fails again where it can be said why.
        """
        views = self.checked.views
        ids = list(dict.fromkeys(id_ for release in releases for id_ in views[release].endpoints))

        def made(ids: Sequence[str]) -> list[tuple[str, str, RenderedPage]]:
            renderers = [
                (release, self.renderer(release, self.site_releases(release))) for release in releases
            ]
            pages = []
            for id_ in ids:
                for release, renderer in renderers:
                    with suppress(Exception):
                        if id_ in renderer.view.endpoints:
                            pages.append((release, id_, renderer.endpoint(id_)))
            return pages

        endpoints: dict[str, dict[str, RenderedPage]] = {release: {} for release in releases}
        for _, pages in map_chunks(made, ids, least=MANY):
            for release, id_, page in pages:
                endpoints[release][id_] = page
        return replace(self, endpoints=endpoints)


def prepare(
    root: Path, config: MkDocsConfig, checked: Checked | None = None, *, is_side_by_side: bool = False
) -> Prepared:
    """Checks the project and makes ready what its pages are rendered with."""
    checked = checked or check(root)
    dates = page_dates(checked.guide, root) if checked.guide else {}
    docs = _included(checked.docs, config)
    templates = Templates.of(root, _texts(config, root))
    prose = Prose(checked.guide.settings.links_base if checked.guide else None)
    try:
        record = record_of(root)
    except RecordError as error:
        raise PluginError(str(error)) from error
    return Prepared(checked, templates, prose, dates, is_side_by_side, docs, record)


def _texts(config: MkDocsConfig, root: Path) -> Texts:
    """The texts in the language of the theme: Material's `language`, or the `locale` of another."""
    language = config.theme.get("language") or str(config.theme.locale).replace("_", "-")
    try:
        return texts_of(str(language), root)
    except ProblemsError as error:
        raise PluginError("\n".join(report(error.problems))) from error


def _included(docs: Sequence[DocsPage], config: MkDocsConfig) -> tuple[DocsPage, ...]:
    """Those pages that mkdocs.yml does not leave out of the site."""
    files = [File(page.path, config.docs_dir, config.site_dir, config.use_directory_urls) for page in docs]
    set_exclusions(files, config)
    return tuple(page for page, file in zip(docs, files, strict=True) if file.inclusion.is_included())
