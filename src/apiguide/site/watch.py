"""Follows the files that a guide is made of: the paths that have changed, as soon as they have."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import watchfiles

from apiguide.folders import is_passed_over
from apiguide.site.config_file import read_config
from apiguide.site.stop_request import StopRequest

LOOK = 2000
"""Milliseconds after which files are looked at without word from the system: some file systems give none."""
AGAIN = 0.4
"""Seconds after which they are looked at where the system gives no word at all."""

Look = Mapping[str, tuple[int, ...]]
"""Times, size and number of each file by its path; nothing of a folder, whose path ends with a slash."""


def look(root: Path) -> Look:
    """The inputs of the project in `root` as they are now, but for what counts for no guide."""
    found: dict[str, tuple[int, ...]] = {}
    for top in read_config(root).inputs:
        _take(root, [top], found)
        for folder, inner, names in os.walk(root / top):
            inner[:] = [name for name in inner if not is_passed_over(name)]
            below = Path(os.path.relpath(folder, root)).as_posix()
            _take(root, (f"{below}/{name}" for name in (*inner, *names) if not is_passed_over(name)), found)
    return found


def _take(root: Path, names: Iterable[str], found: dict[str, tuple[int, ...]]) -> None:
    """Adds how files are; what has just gone is left out."""
    for name in names:
        path = root / name
        with suppress(OSError):
            states = [path.lstat()]
            with suppress(OSError):  # a link that leads nowhere
                states.append(path.stat())
            if stat.S_ISDIR(states[-1].st_mode):
                found[f"{name}/"] = ()
            else:
                found[name] = tuple(
                    n for s in states for n in (s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino)
                )


def changes(root: Path, before: Look, request: StopRequest) -> Iterator[list[str]]:
    """The paths that differ from `before`, then at each later look from the one before it, until the request.

    The system's word says when to look. The looks decide, so that nothing is lost while the caller is busy
    with the last change, and nothing but inputs counts.
    """
    while not request.is_set():
        folders = _folders(before)
        # Folder by folder, since `root` may hold much else; a new folder begins a new watch.
        for _ in _words([root, *(root / name for name in folders)], request):
            now = look(root)
            changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
            before = now
            if changed:
                yield changed
            if _folders(before) != folders:
                break


def _words(folders: Iterable[Path], request: StopRequest) -> Iterator[None]:
    """When to look; ends after one time where the system can give no word."""
    there = (folder for folder in folders if folder.is_dir())
    try:
        for _ in watchfiles.watch(
            *there,
            recursive=False,
            debounce=400,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=request,
        ):
            yield
    # A folder has just gone, there are more of them than the system can watch, or a name is not UTF-8.
    except (OSError, RuntimeError, ValueError):
        time.sleep(AGAIN)
        yield


def _folders(found: Look) -> set[str]:
    return {name for name in found if name.endswith("/")}
