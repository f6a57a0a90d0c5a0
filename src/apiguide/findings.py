"""What the last check of a project found, kept for as long as nothing in it has changed.

Entries are JSON, keyed by the content of all files that a check reads and by this tool's own files. They
live in one folder of the user's (`APIGUIDE_CACHE`, else the system's place for caches), never in the project,
which may be a stranger's. The folder can be deleted at any time; an entry that cannot be read counts as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apiguide.problems import Mark, Problem, Severity, Source, errors

if TYPE_CHECKING:
    from apiguide.checks import Checked

CACHE = "APIGUIDE_CACHE"
"""The environment variable that names the folder; empty for none."""
READ = ("reference", "docs", "macros")
"""The folders that a check looks into."""
KEPT = 100
"""How many entries are kept."""


@dataclass(frozen=True)
class Findings:
    """What a check found."""

    problems: tuple[Problem, ...]
    endpoints: int | None
    """How many calls there are; None where there is no guide."""
    resources: int
    debt: Mapping[str, int]
    """How much debt guide.yaml allows resources."""

    @property
    def is_good(self) -> bool:
        """Whether there are no errors."""
        return not errors(self.problems)


def findings(root: Path) -> Findings:
    """What a check of the project in `root` finds, from the last one where nothing has changed."""
    folder = _folder()
    entry = folder / f"check-{_key(root)}.json" if folder is not None else None
    found = _load(entry, root) if entry is not None else None
    if found is None:
        from apiguide.checks import check

        found = of(check(root))
        if entry is not None:
            _save(found, entry)
    return found


def of(checked: Checked) -> Findings:
    """What a check found, without the guide itself."""
    guide = checked.guide
    if guide is None:
        return Findings(checked.problems, None, 0, {})
    return Findings(checked.problems, len(guide.endpoints), len(guide.resources), dict(guide.settings.debt))


def _folder() -> Path | None:
    """The folder of the entries; None where none is wanted."""
    stated = os.environ.get(CACHE)
    if stated is not None:
        return Path(stated) if stated else None
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        return Path(base or Path.home() / ".cache", "apiguide")
    except RuntimeError:  # there is no home
        return None


def _key(root: Path) -> str:
    """A hash of all that decides what a check finds."""
    whole = hashlib.sha256()
    whole.update(sys.version.encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        state = path.stat()
        whole.update(f"{path.relative_to(package)} {state.st_size} {state.st_mtime_ns}\n".encode())
    for path in _files(root):
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        mode = path.lstat().st_mode
        whole.update(b"%d %o %d %s\n" % (len(name), mode, len(content), name))
        whole.update(content)
    return whole.hexdigest()[:32]


def _files(root: Path) -> Iterator[Path]:
    for name in READ:
        if not (root / name).is_symlink():
            yield from sorted((root / name).rglob("*"))


def _load(entry: Path, root: Path) -> Findings | None:
    try:
        values = json.loads(entry.read_text(encoding="utf-8"))
        sources: dict[str, Source] = {}
        problems = tuple(_problem(each, root, sources) for each in values["problems"])
        return Findings(problems, values["endpoints"], int(values["resources"]), dict(values["debt"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _problem(values: Mapping[str, Any], root: Path, sources: dict[str, Source]) -> Problem:
    path, *place = values["where"]
    if path not in sources:
        text = (root / path).read_bytes().decode("utf-8").removeprefix("\ufeff") if values["text"] else ""
        sources[path] = Source(path, text)
    where = Mark(sources[path], *map(int, place))
    return Problem(values["code"], values["message"], where, values["hint"], Severity(values["severity"]))


def _save(found: Findings, entry: Path) -> None:
    """Writes an entry; where that fails, there is none."""
    problems = [
        {
            "code": each.code,
            "message": each.message,
            "where": [each.where.source.path, *each.where[1:]],
            "text": bool(each.where.source.text),
            "hint": each.hint,
            "severity": each.severity,
        }
        for each in found.problems
    ]
    values = {
        "problems": problems,
        "endpoints": found.endpoints,
        "resources": found.resources,
        "debt": dict(found.debt),
    }
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=entry.parent, delete=False, encoding="utf-8") as file:
            json.dump(values, file)
        Path(file.name).replace(entry)
        old = sorted(entry.parent.glob("check-*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]
        for path in old:
            path.unlink(missing_ok=True)
    except (OSError, ValueError):
        return
