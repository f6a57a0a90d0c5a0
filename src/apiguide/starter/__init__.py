"""The small guide that a new one starts from: a project of a made-up API, in `guide/` beside this file."""

from __future__ import annotations

from pathlib import Path

STARTER = Path(__file__).parent / "guide"


class NotEmpty(Exception):
    """A place where a guide cannot be written, since something is there; the message says what to do."""


def write(folder: Path) -> tuple[str, ...]:
    """Writes the small guide into a new or empty folder; gives the paths of its files, with forward slashes.

    Nothing that is there is written over. Raises NotEmpty where the folder has anything in it, or is a file.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "is not empty" if folder.is_dir() else "is a file"
        raise NotEmpty(f"{folder} {what}; name a folder that is new or empty")
    files = sorted(path for path in STARTER.rglob("*") if path.is_file())
    for file in files:
        target = folder / file.relative_to(STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            stream.write(file.read_bytes())
    return tuple(file.relative_to(STARTER).as_posix() for file in files)
