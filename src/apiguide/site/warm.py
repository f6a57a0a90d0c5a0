"""Builds after which only the words of a few calls have changed: their pages alone are made anew.

What was built, and from what, is kept as `cache` keeps things. Wherever it is not certain that a build of
everything would give the same bytes, there is no such short way.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from apiguide import cache
from apiguide.folders import INPUTS, LATEST, REFERENCE, RESOURCE_FILE, is_passed_over
from apiguide.processes import meanwhile
from apiguide.site.exchange import alone, beside, link, lock_of, repair
from apiguide.site.git_dates import file_dates
from apiguide.site.manifest import NAME as MANIFEST
from apiguide.site.manifest import entries, fingerprint_of, load, save

MOST = 20
"""As many calls are worth a build of everything."""
KEPT = 20
"""So many sites are remembered."""


@dataclass(frozen=True)
class Asked:
    """What a build is asked for."""

    root: Path
    releases: tuple[str, ...]
    """Empty for all that are out."""
    site_dir: Path
    site_url: str | None

    @property
    def entry(self) -> Path | None:
        """Where it is kept what was built there; None where nothing is kept."""
        folder = cache.folder()
        name = hashlib.sha256(os.fsencode(self.site_dir.resolve())).hexdigest()[:32]
        return folder / f"site-{name}.json" if folder is not None else None

    @cached_property
    def seen(self) -> tuple[str, dict[str, str]]:
        """The key and the files of calls as they are when first asked for: before anything is read."""
        return self._key(), _calls(self.root)

    def _key(self) -> str:
        """All that decides what is built, but for what stands in the files of calls."""
        dates = sorted(file_dates(self.root).items())
        stated = [self.releases, self.site_url, dates]
        return cache.key(self.root, INPUTS, lambda path: not _is_call(path, self.root)) + json.dumps(stated)


def _is_call(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    is_read = path.suffix == ".yaml" and not any(map(is_passed_over, parts))
    return is_read and parts[0] == REFERENCE and len(parts) == 3 and parts[2] != RESOURCE_FILE


def remember(asked: Asked, known: Mapping[str, str]) -> None:
    """Keeps what has been built, and from what; `known` are hashes of files of the site."""
    from apiguide.site.config_file import is_plain

    if asked.entry is None:
        return
    with suppress(OSError):
        if not is_plain(asked.root):
            asked.entry.unlink(missing_ok=True)
            return
        found = entries(asked.site_dir)
        files = {name: [*_state(each), known.get(name, "")] for name, each in found if each.is_file()}
        _keep(asked.entry, *asked.seen, files)


def _keep(entry: Path, key: str, calls: Mapping[str, str], files: Mapping[str, list[Any]]) -> None:
    cache.save(entry, {"key": key, "calls": calls, "files": files}, most=KEPT)


def _calls(root: Path) -> dict[str, str]:
    """The files of calls by their ids, as they are."""
    paths = sorted((root / REFERENCE).glob("*/*.yaml"))
    calls = (path for path in paths if _is_call(path, root))
    return {
        f"{path.parent.name}/{path.stem}": path.read_bytes().decode("utf-8", "surrogateescape")
        for path in calls
    }


def _above(name: str) -> Iterator[str]:
    """The folders above one."""
    while name := name.rpartition("/")[0]:
        yield name


def _inside(value: Any) -> Iterator[object]:
    """The literals in what is given to a macro."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for each in value:
            yield from _inside(each)
    else:
        yield value


def _state(file: Path | os.DirEntry[str]) -> list[int]:
    """By which it is seen that a file is what it was."""
    status = file.stat()
    return [status.st_size, status.st_mtime_ns]


def rebuilt(asked: Asked) -> tuple[str, ...] | None:
    """Makes a site what a build would make of it, where only words of a few calls have changed.

    Gives the releases in it; None where the site must be built, and is as it was.
    """
    try:
        if asked.entry is None:
            return None
        _ = asked.seen  # now, and not when the build that may follow has read the files
        site = asked.site_dir.resolve()
        with alone(lock_of(site)):
            repair(site)
            kept = cache.load(asked.entry)
            return _Rebuild(asked, kept).done() if kept is not None else None
    except Exception:  # whatever a damaged entry, or a site that is gone, leads to: everything is built
        return None


class _Refused(Exception):
    """The site must be built."""


class _Rebuild:
    """A build of a few pages."""

    def __init__(self, asked: Asked, kept: Mapping[str, Any]) -> None:
        self.asked = asked
        self.key: str = kept["key"]
        self.calls: dict[str, str] = kept["calls"]
        self.files: dict[str, list[Any]] = kept["files"]
        """Size, time and, in a release, hash of each file of the site by its name."""
        self.folders = {above for name in self.files for above in _above(name)}
        self.manifest = load(asked.site_dir)

    def done(self) -> tuple[str, ...] | None:
        """Makes the site; None where that cannot be."""
        key, calls = self.asked.seen
        ids = [id_ for id_, content in calls.items() if self.calls.get(id_) != content]
        if calls.keys() != self.calls.keys() or len(ids) > MOST or self.key != key:
            return None
        if ids and not self._shown_in_docs().isdisjoint(ids):
            return None
        if ids:
            with suppress(_Refused):
                self._write(ids)
                assert self.asked.entry is not None, "what is kept has a place"
                _keep(self.asked.entry, self.key, calls, self.files)
                return self._built()
            return None
        return self._built() if self._is_untouched() else None

    def _built(self) -> tuple[str, ...]:
        return tuple(reversed([*self.manifest.built]))

    def _is_untouched(self, copy: Path | None = None) -> bool:
        """Whether the site is what was built; meanwhile makes a copy, whose files are links to the site's."""
        left = set(self.files)
        for name, entry in entries(self.asked.site_dir):
            if entry.is_dir(follow_symlinks=False):
                if name not in self.folders:
                    return False
                if copy is not None:
                    os.mkdir(f"{copy}/{name}")  # noqa: PTH102 # thousands of them
                continue
            known = self.files.get(name)
            if known is None or _state(entry) != known[:2]:
                return False
            left.discard(name)
            if copy is not None:
                link(entry.path, f"{copy}/{name}")
        return not left

    def _shown_in_docs(self) -> set[str]:
        """What macro calls in hand-written pages name, the ids of calls among it."""
        from apiguide.docs import read_docs
        from apiguide.docs_macros import Call, parse

        docs, _ = read_docs(self.asked.root)
        parts = (part for page in docs for part in parse(page.source, page.first_line)[0])
        calls = (part for part in parts if isinstance(part, Call))
        return {str(each) for call in calls for each in _inside([*call.arguments, call.options])}

    def _write(self, ids: Sequence[str]) -> None:
        """Puts a site with other pages of calls, and all else as it is, in the place of the old one."""
        site = self.asked.site_dir.resolve()
        newest = self.manifest.newest
        with beside(site) as place:
            with meanwhile(partial(self._is_untouched, place)) as is_untouched:
                from apiguide.site.words import files_of_calls

                former = {id_: self.calls[id_] for id_ in ids}
                texts = files_of_calls(self.asked.root, site, [*self.manifest.built], former)
            if texts is None or not is_untouched():
                raise _Refused
            for name, text in texts.items():
                self._put(place, name).write_text(text, encoding="utf-8", newline="")
                content = (place / name).read_bytes()
                self.files[name] = [*_state(place / name), hashlib.sha256(content).hexdigest()]
                again = name.replace(f"{newest}/", f"{LATEST}/", 1)
                if name.startswith(f"{newest}/") and again in self.files:
                    link(str(place / name), str(self._put(place, again)))
                    self.files[again] = self.files[name]
            built = {release: self._fingerprint(release) for release in self.manifest.built}
            self._put(place, MANIFEST)
            save(self.manifest.with_built(built), place)
            self.files[MANIFEST] = [*_state(place / MANIFEST), ""]

    @staticmethod
    def _put(place: Path, name: str) -> Path:
        """Where a new file goes: nothing is written to what is the old site's too."""
        path = place / name
        path.unlink()
        return path

    def _fingerprint(self, release: str) -> str:
        folder = f"{release}/"
        of = {n.removeprefix(folder): each[2] for n, each in self.files.items() if n.startswith(folder)}
        return fingerprint_of(of)
