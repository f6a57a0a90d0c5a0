"""What a change of the tree does to the guides of releases that were already there: history is not rewritten.

The former tree comes from git, into a folder of its own; the work tree is not touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from apiguide.changes import Difference, Impact, changes
from apiguide.checks.parts import file_of
from apiguide.checks.stated import check_stated
from apiguide.folders import DOCS, REFERENCE
from apiguide.git import files_at, git
from apiguide.history import views
from apiguide.model import Guide
from apiguide.problems import Mark, Problem, Source, errors, listing, mark_of
from apiguide.reader import read
from apiguide.rule import Rule, WarningRule
from apiguide.view import GuideView


class HistoryRewritten(Rule):
    """The guide of a published release has changed, and clients that relied on it would break."""


class HistoryChanged(WarningRule):
    """The guide of a published release has changed, but in a way that breaks no client."""


class AgainstError(Exception):
    """A former tree that cannot be compared with; the message says why."""


def check_history(guide: Guide, seen: Mapping[str, GuideView], root: Path, ref: str) -> Iterator[Problem]:
    """What clients of older guides would see differently than at a git ref; wording is not compared.

    A correction that stands under `errata` is none. Raises AgainstError where the ref or its tree cannot be
    read.
    """
    former = former_guide(root, ref)
    before = views(former)
    found: dict[tuple[str, str, str], tuple[Difference, list[str]]] = {}
    for release in former.published:
        if release not in seen:
            message = f"the release `{release}` was published at `{ref}`, but is missing now"
            mark = mark_of(guide.settings.title)
            yield HistoryRewritten.at(mark, message, "restore it: clients may still use it")
            continue
        for difference in changes(before[release], seen[release]):
            if not _is_corrected(guide, difference, release):
                key = (difference.code, difference.at, difference.text)
                found.setdefault(key, (difference, []))[1].append(release)
    for difference, releases in found.values():
        yield _problem(difference, releases, root)


def _is_corrected(guide: Guide, difference: Difference, release: str) -> bool:
    return any(release in each.releases and difference.is_at(each.at) for each in guide.settings.errata)


def _problem(difference: Difference, releases: list[str], root: Path) -> Problem:
    named = ", ".join(f'"{release}"' for release in releases)
    message = f"the guide of {listing(releases)} differs from before: {difference.clause}"
    hint = (
        "if the API changed, say since when; if the guide was wrong, add "
        f"`{{at: {difference.at}, releases: [{named}], date: …, reason: …}}` to `errata`"
    )
    where = _where(difference, root)
    if difference.impact is Impact.BREAKING:
        return HistoryRewritten.at(where, message, hint)
    return HistoryChanged.at(where, message, hint)


def _where(difference: Difference, root: Path) -> Mark:
    """Where the part is declared now; the file as a whole where it is not there any more."""
    mark = difference.where
    try:
        is_now = (root / mark.source.path).read_text(encoding="utf-8") == mark.source.text
    except (OSError, UnicodeDecodeError):
        is_now = False
    return mark if is_now else Mark(Source(mark.source.path or file_of(difference.page)))


def changed_files(root: Path, ref: str, paths: Iterable[str]) -> frozenset[str]:
    """Those of the files in reference/ and docs/ that were not so at a ref. Raises AgainstError."""
    commit = _commit(root, ref)
    former = files_at(root, commit, REFERENCE) | files_at(root, commit, DOCS)
    files = (name for name in paths if (root / name).is_file() and not (root / name).is_symlink())
    return frozenset(name for name in files if former.get(PurePosixPath(name)) != (root / name).read_bytes())


def _commit(root: Path, ref: str) -> str:
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if not commit:
        raise AgainstError(f"git knows no `{ref}` here")
    return commit.decode().strip()


def former_guide(root: Path, ref: str) -> Guide:
    """The guide as it stands at a ref. Raises AgainstError where the ref or its tree cannot be read."""
    files = files_at(root, _commit(root, ref), REFERENCE)
    if not files:
        raise AgainstError(f"there is no folder `{REFERENCE}/` at `{ref}`")
    with tempfile.TemporaryDirectory(prefix="apiguide-") as folder:
        for path, content in files.items():
            copy = Path(folder, path)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        reading = read(Path(folder))
    wrong = errors(reading.problems)
    if reading.guide is not None and not wrong:
        wrong = errors(check_stated(reading.guide))
    if reading.guide is None or wrong:
        raise AgainstError(f"the guide at `{ref}` has errors, so it cannot be compared with: {wrong[0]}")
    return reading.guide
