"""What changed files concern, and which pages a preview can show of it before all is built."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from apiguide.checks.parts import file_of
from apiguide.folders import MACROS, REFERENCE, RESOURCE_FILE, TEXTS
from apiguide.model import resource_id


@dataclass(frozen=True)
class Wanted:
    """Pages to show before all is built."""

    endpoints: Sequence[str]
    resources: Sequence[str] = ()
    """Resources that have been changed themselves, or whose pages are open."""

    def __str__(self) -> str:
        """Their names."""
        return ", ".join(
            (*self.resources, *(c for c in self.endpoints if resource_id(c) not in self.resources))
        )


@dataclass(frozen=True)
class Changed:
    """Files that have changed, by what they concern."""

    endpoints: Sequence[str]
    """The endpoints whose files they are."""
    resources: Sequence[str]
    """The resources whose files they are; what such a file says may be on the page of each endpoint."""
    everywhere: Sequence[str]
    """Files that may concern every page of the reference: macros, texts and settings."""
    others: Sequence[str]
    """Files of which only a build can tell what they concern."""

    @classmethod
    def of(cls, names: Iterable[str], guide: Collection[str]) -> Changed:
        """The files of these names, where these are the endpoints of the guide."""
        ids = {file_of(id_): id_ for id_ in guide}
        endpoints, resources, everywhere, others = [], [], [], []
        for name in names:
            if name in ids:
                endpoints.append(ids[name])
            elif name.startswith(f"{REFERENCE}/") and name.endswith(f"/{RESOURCE_FILE}"):
                resources.append(resource_id(name.removeprefix(f"{REFERENCE}/")))
            elif name.startswith((f"{MACROS}/", f"{TEXTS}/")) or name == file_of(""):
                everywhere.append(name)
            else:
                others.append(name)
        return cls(endpoints, resources, everywhere, others)

    @property
    def has_macros(self) -> bool:
        """Whether there are macros, or texts that these say, among them."""
        return any(name != file_of("") for name in self.everywhere)

    @property
    def is_around(self) -> bool:
        """Whether they may concern more than pages: styles, images, settings of the site."""
        return any(not name.endswith((".yaml", ".md", "/")) for name in (*self.everywhere, *self.others))

    def wanted(self, guide: Collection[str], open_pages: Iterable[str]) -> Wanted | None:
        """What can be shown of them at once, of a guide with these endpoints; None where that is nothing.

        Pages that are open are among it unless nothing but endpoints has changed.
        """
        if self.others:
            return None
        endpoints, resources = [*self.endpoints], [*self.resources]
        if self.resources or self.everywhere:
            for id_ in open_pages:
                (endpoints if id_ in guide else resources).append(id_)
        endpoints += [id_ for id_ in guide if resource_id(id_) in resources]
        there = {*map(resource_id, endpoints)}
        resources = [id_ for id_ in dict.fromkeys(resources) if id_ in there]
        return Wanted([*dict.fromkeys(endpoints)], resources) if endpoints else None
