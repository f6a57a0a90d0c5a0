"""Which examples have been run: what a project keeps of it in `proof.json`.

An entry is the digest of a curl line and of the answers that a page shows below it, so that it no longer
says anything once one of these has changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from apiguide.folders import PROOF

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class RecordError(Exception):
    """Why a record cannot be read."""


def digest(line: str, answers: Iterable[tuple[str, str, str]]) -> str:
    """SHA-256 of a curl line and of the answers below it: status, language and text of each.

    Line ends are taken as HTML takes them; the last one is none of a text's.
    """
    shown = [[status, language, _plain(text)] for status, language, text in answers]
    return hashlib.sha256(json.dumps([_plain(line), shown]).encode()).hexdigest()


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


@dataclass(frozen=True)
class ProofRecord:
    """The examples that have been run, by release."""

    days: Mapping[str, str | None] = field(default_factory=dict)
    """The day (ISO 8601) of what was run, where that is known."""
    digests: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def covers(self, release: str, digests: Sequence[str]) -> bool:
        """Whether there are examples, and each has been run for the release."""
        return bool(digests) and self.digests.get(release, frozenset()).issuperset(digests)

    def with_run(self, release: str, digests: Iterable[str], day: str | None) -> ProofRecord:
        """It with what was run of a release, in place of what it had of that."""
        return ProofRecord({**self.days, release: day}, {**self.digests, release: frozenset(digests)})

    def only(self, releases: Iterable[str]) -> ProofRecord:
        """It without what it has of other releases."""
        kept = [release for release in releases if release in self.days]
        return ProofRecord(
            {release: self.days[release] for release in kept},
            {release: self.digests[release] for release in kept},
        )

    def dumps(self) -> str:
        """The record as JSON, sorted, with an entry in each line."""
        lines: dict[str, list[str]] = {}
        for release, found in self.digests.items():
            for each in found:
                lines.setdefault(each, []).append(release)
        days = [f"{json.dumps(release)}:{json.dumps(day)}" for release, day in sorted(self.days.items())]
        entries = [
            f'"{each}":{json.dumps(sorted(found), separators=(",", ":"))}'
            for each, found in sorted(lines.items())
        ]
        return "".join(
            f"{each}\n"
            for each in ('{"releases":{', ",\n".join(days), '},"lines":{', ",\n".join(entries), "}}")
            if each
        )


def loads(text: str) -> ProofRecord:
    """The record in a text. Raises RecordError where the text is none."""
    try:
        stated = json.loads(text)
        days, lines = stated["releases"], stated["lines"]
        digests: dict[str, set[str]] = {release: set() for release in days}
        for each, releases in lines.items():
            if not _DIGEST.match(each):
                raise ValueError(each)
            for release in releases:
                digests[release].add(each)
        for day in days.values():
            if day is not None:
                date.fromisoformat(day)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RecordError("it is not what `apiguide examples --run --record` writes") from error
    return ProofRecord(days, {release: frozenset(found) for release, found in digests.items()})


def read_record(path: Path) -> ProofRecord:
    """The record in a file; an empty one where there is no file. Raises RecordError."""
    try:
        return loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ProofRecord()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise RecordError(str(reason)) from error


def record_of(root: Path) -> ProofRecord:
    """The record of the project in `root`. Raises RecordError, which says what to do."""
    try:
        return read_record(root / PROOF)
    except RecordError as error:
        hint = f"run `apiguide examples --run --record {PROOF}` again, or delete it"
        raise RecordError(f"{PROOF} cannot be read: {error}; {hint}") from error
