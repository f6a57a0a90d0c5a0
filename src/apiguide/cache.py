"""Where results are kept from one run to the next, and the keys that say what they are results of.

All is kept in one folder of the user's (`APIGUIDE_CACHE`, else the system's place for caches), never in the
project, which may be a stranger's. The folder can be deleted at any time; an entry that cannot be read counts
as none.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from apiguide.folders import default_macros
from apiguide.writing import replace_file

CACHE = "APIGUIDE_CACHE"
"""The environment variable that names the folder; empty for none."""

_APART = ("__pycache__", "pages")
"""Folders of this tool that say nothing of what it makes: the pages of rules are only shown."""
_INSTALLED = (".dist-info", ".egg-info")


def folder() -> Path | None:
    """The folder of the entries; None where none is wanted."""
    stated = os.environ.get(CACHE)
    if stated is not None:
        return Path(stated) if stated else None
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        return Path(base or Path.home() / ".cache", "apiguide")
    except RuntimeError:  # there is no home
        return None


def key(root: Path, names: Iterable[str]) -> str:
    """A hash of this tool and of files and folders of the project in `root`.

    Where there are links to folders, which may lead anywhere, no two keys are the same.
    """
    parts = [sys.version.encode(), *tool_state(), *files_state(root, names)]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:32]


@functools.cache
def tool_state(*, by_content: bool = False) -> tuple[bytes, ...]:
    """The packages that this tool finds and its own files, these by size and time unless `by_content`.

    As they were when it was first asked: what a process has loaded stays.
    """
    found = ["".join(f"{name}\n" for name in sorted({*_packages()})).encode()]
    for location in (Path(__file__).parent, default_macros()):
        for folder, inner, names in os.walk(location):
            inner[:] = sorted(name for name in inner if name not in _APART)
            for name in sorted(names):
                path = Path(folder, name)
                state = path.stat()
                how = f"{state.st_size} {state.st_mtime_ns}".encode()
                how = hashlib.sha256(path.read_bytes()).digest() if by_content else how
                found.append(b"%s %s\n" % (f"{folder.removeprefix(str(location))}/{name}".encode(), how))
    return tuple(found)


def files_state(root: Path, names: Iterable[str]) -> Iterator[bytes]:
    """Files and folders of the project in `root`: their names, modes and contents."""
    for path in _files(root, names):
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        mode = path.lstat().st_mode
        yield b"%d %o %d %s\n" % (len(name), mode, len(content), name)
        yield content
        if path.is_symlink():
            yield _target(path)


def _packages() -> Iterator[str]:
    """Names and versions of the packages that can be imported."""
    for location in sys.path:
        with suppress(OSError):
            yield from (each.name for each in Path(location).iterdir() if each.suffix in _INSTALLED)


def _target(link: Path) -> bytes:
    """The state of the file that a link leads to."""
    if link.is_dir():
        return secrets.token_bytes(16)
    with suppress(OSError):
        state = link.stat()
        return b"%d %d %d\n" % (state.st_size, state.st_mtime_ns, state.st_ino)
    return b""


def _files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        path = root / name
        if path.is_symlink() or not path.is_dir():
            yield from [path] if os.path.lexists(path) else []
        else:
            yield from sorted(path.rglob("*"))


def save(entry: Path, values: Any, *, most: int) -> None:
    """Writes an entry, of which kind there may be so many; where that fails, there is none."""
    text = json.dumps(values).encode()
    with suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        replace_file(entry, _checksum(text) + text)
        kind = entry.name.partition("-")[0]
        old = sorted(entry.parent.glob(f"{kind}-*.json"), key=lambda path: path.stat().st_mtime)[:-most]
        for path in old:
            path.unlink(missing_ok=True)


def load(entry: Path) -> Any:
    """What was written to an entry; None where there is none, or another than was written."""
    with suppress(OSError, ValueError):
        checksum, end, text = entry.read_bytes().partition(b"\n")
        if checksum + end == _checksum(text):
            return json.loads(text)
    return None


def _checksum(text: bytes) -> bytes:
    """The first line of an entry."""
    return hashlib.sha256(text).hexdigest().encode() + b"\n"
