"""Asks git; it is only ever read from.

A repository may be a stranger's, and what its configuration and its `.gitattributes` say can make git run
programs. So only commands are called that read objects as they are, and what else could reach out is shut.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_SHUT = (
    *("-c", "core.fsmonitor=false"),  # a program that git asks what has changed
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),  # runs gpg
    "--no-pager",
    "--no-optional-locks",
)
_ENVIRONMENT = {
    # What a partial clone lacks would be fetched, by a command that its configuration names.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
}


def git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """What git prints when it is called in a folder; None where there is no git, or it fails.

    `stdin` is what it reads from its standard input.
    """
    command = ["git", *_SHUT, *arguments]
    environment = os.environ | _ENVIRONMENT
    try:
        return subprocess.run(
            command, cwd=root, env=environment, input=stdin, capture_output=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def files_at(root: Path, commit: str, folder: str) -> dict[PurePosixPath, bytes]:
    """The files in a folder as they are in a commit, by path below `root`; links are left out.

    Neither a checkout nor an archive: these would run the filters that `.gitattributes` asks for.
    """
    listed = git(root, "ls-tree", "-r", "-z", commit, "--", f"{folder}/") or b""
    blobs = {}
    for entry in filter(None, listed.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, kind, id_ = about.split()
        path = PurePosixPath(os.fsdecode(name))
        if kind == b"blob" and mode != b"120000" and path.parts[0] == folder and ".." not in path.parts:
            blobs[path] = id_
    stdin = b"".join(id_ + b"\n" for id_ in blobs.values())
    contents = _contents(git(root, "cat-file", "--batch", "--buffer", stdin=stdin) or b"")
    return dict(zip(blobs, contents, strict=False))


def _contents(batch: bytes) -> Iterator[bytes]:
    """The objects in what `cat-file --batch` prints, each after a line `ID blob SIZE`; up to one it lacks."""
    at = 0
    while (end := batch.find(b"\n", at)) >= 0:
        size = batch[at:end].split()[-1]
        if not size.isdigit():
            return
        start = end + 1
        at = start + int(size) + 1
        yield batch[start : at - 1]
