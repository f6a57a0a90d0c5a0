"""Follows the files that a guide is made of: the paths that have changed, as soon as they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import watchfiles

from apiguide.folders import CONFIG, DOCS, MACROS, REFERENCE

INPUTS = (CONFIG, REFERENCE, DOCS, MACROS)

LOOK = 2000
"""Milliseconds after which files are looked at without word from the system: some file systems give none."""

Look = Mapping[str, tuple[int, ...]]
"""Time, size and number of each file by its path; nothing of a folder, whose path ends with a slash."""


def look(root: Path) -> Look:
    """The inputs of the project in `root` as they are now, without hidden files and editors' backups."""
    found: dict[str, tuple[int, ...]] = {}
    for top in INPUTS:
        for path in (root / top, *(root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            try:
                status = path.stat()
            except OSError:
                continue
            if path.is_dir():
                found[f"{name}/"] = ()
            elif not path.name.startswith(".") and not name.endswith("~"):
                found[name] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def changes(root: Path, before: Look) -> Iterator[list[str]]:
    """The paths that differ from `before`, then at each later look from the one before it; never ends.

    The system's word says when to look. The looks decide, so that nothing is lost while the caller is busy
    with the last change, and nothing but inputs counts.
    """
    while True:
        folders = _folders(before)
        watched = (root, *(root / name for name in folders if (root / name).is_dir()))
        # Folder by folder, since `root` may hold much else; a new folder begins a new watch.
        words = watchfiles.watch(
            *watched, recursive=False, debounce=400, rust_timeout=LOOK, yield_on_timeout=True
        )
        for _ in words:
            now = look(root)
            changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
            before = now
            if changed:
                yield changed
            if _folders(before) != folders:
                break


def _folders(found: Look) -> set[str]:
    return {name for name in found if name.endswith("/")}
