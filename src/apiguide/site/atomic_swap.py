"""Puts a finished folder in the place of another in one step, so that no reader ever sees half of it."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK, 1)  # of a byte that need not be there
            except OSError as error:
                if error.errno != errno.EDEADLOCK:  # ten times, once a second, another process had it
                    raise
            else:
                return
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.lockf(file, fcntl.LOCK_EX)


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def swap(new: Path, target: Path) -> None:
    """Moves the folder `new` to `target`; what was there before is deleted afterwards.

    On Linux and macOS both change names at once, so that `target` is there at every moment. Elsewhere, and
    where the file system cannot do this, the old folder is renamed away first; `repair` mends what a fault
    between the two renames leaves.
    """
    if not target.exists():
        new.replace(target)
        return
    if not _swap_at_once(new, target):
        aside = _aside(target)
        target.replace(aside)
        new.replace(target)
        new = aside
    shutil.rmtree(new)


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A new folder beside another one, whose place it takes in one step unless there is an error."""
    repair(target)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield new
        new.chmod(0o755)
        swap(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def file_lock(lock: Path) -> Iterator[None]:
    """Waits until no other process holds the lock file; the system ends the claim of one that dies.

    The claim is this process's alone: those that it starts do not share it.
    """
    with lock.open("a") as file:  # which may be locked already, so its content must be left alone
        _lock(file.fileno())
        yield


def lock_of(target: Path) -> Path:
    """The file by which those who build one folder wait for each other; it is not left beside that."""
    name = hashlib.sha256(os.fsencode(target)).hexdigest()[:16]
    user = os.getuid() if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir(), f"apiguide-{user}-{name}.lock")


def link(source: str, target: str) -> None:
    """Gives a file another name where the file system can, else copies it; pages are never written to."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def reason(error: OSError) -> str:
    """Why files could not be written, in a few words."""
    if error.strerror:
        return error.strerror
    # What `shutil` collects of a whole folder: names and reasons, the same ones over and over.
    found = re.search(r"\[Errno \d+\] ([^:\"']+)", str(error))
    return found[1] if found else str(error)[:200]


def repair(target: Path) -> None:
    """Brings back a folder that a fault left under its other name, and clears away unfinished ones."""
    for unfinished in target.parent.glob(f".{target.name}.????????"):
        shutil.rmtree(unfinished, ignore_errors=True)
    aside = _aside(target)
    if aside.exists():
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.replace(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _swap_at_once(one: Path, other: Path) -> bool:
    """Exchanges the names of two folders in one step; False where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    calls: dict[str, tuple[str, tuple[int | bytes, ...]]] = {
        "linux": ("renameat2", (_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)),
        "darwin": ("renamex_np", (*names, _RENAME_SWAP)),
    }
    if sys.platform not in calls:
        return False
    name, arguments = calls[sys.platform]
    rename = getattr(ctypes.CDLL(None), name, None)
    return rename is not None and rename(*arguments) == 0
