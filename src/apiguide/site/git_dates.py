"""When the sources of pages last changed, from one pass over the history."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from apiguide.folders import EPOCH, REFERENCE
from apiguide.git import git

if TYPE_CHECKING:
    from apiguide.model import Guide


def file_dates(root: Path) -> Mapping[str, str]:
    """The day (ISO 8601, UTC) of the newest commit of each file under `reference/`, by path from `root`.

    Empty where there is no git, no repository, or only part of its history.
    """
    if git(root, "rev-parse", "--is-shallow-repository") != b"false\n":
        return {}
    log = git(
        root, "log", "--format=%x00%ct", "--name-only", "--no-renames", "-z", "--relative", "--", REFERENCE
    )
    dates: dict[str, str] = {}
    day = ""
    for word in (log or b"").decode("utf-8", "replace").split("\0"):
        text = word.strip("\n")
        if text.isdigit():
            day = datetime.fromtimestamp(int(text), UTC).date().isoformat()
        elif text and day:
            dates.setdefault(text, day)
    return dates


def newest_commit(root: Path) -> int | None:
    """When the newest commit that touched the project was made, in seconds since 1970; None without git."""
    text = (git(root, "log", "-1", "--format=%ct", "--", ".") or b"").strip()
    return int(text) if text.isdigit() else None


def newest_day(root: Path) -> str | None:
    """The day (ISO 8601, UTC) of the newest commit, or that of SOURCE_DATE_EPOCH; None without either.

    Raises ValueError where the variable does not hold seconds.
    """
    stated = os.environ.get(EPOCH)
    seconds = newest_commit(root) if stated is None else int(stated)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError) as error:
        raise ValueError(stated) from error


def page_dates(guide: Guide, root: Path) -> Mapping[str, str]:
    """The day when the sources of each page last changed: its own file, and its resource's."""
    from apiguide.model import resource_id

    files = file_dates(root)
    dates: dict[str, str] = {}
    for id_ in (*guide.resources, *guide.endpoints):
        sources = {f"{REFERENCE}/{resource_id(id_)}/resource.yaml", f"{REFERENCE}/{id_}.yaml"}
        found = [files[source] for source in sources if source in files]
        if found:
            dates[id_] = max(found)
    return dates
