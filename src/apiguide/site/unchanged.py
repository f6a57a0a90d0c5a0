"""Whether a site is what a build would make again: nothing has changed since it was built.

A site carries a digest of all that it was made of, and one of the names and sizes of its files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from apiguide import cache
from apiguide.folders import EPOCH
from apiguide.site.atomic_swap import file_lock, lock_of, repair
from apiguide.site.config_file import read_config
from apiguide.site.git_dates import file_dates, newest_commit
from apiguide.site.manifest import ManifestError, listing, load


def inputs_digest(root: Path, site_url: str | None) -> str:
    """SHA-256 of all that decides the bytes of a guide, each release's alike; "" where that cannot be known.

    That is the project's files, the settings, the days of git, and this tool with the packages that it finds;
    no path, time or version of Python.
    """
    config = read_config(root)
    if not config.is_closed:
        return ""
    variables = {name: os.environ.get(name) for name in sorted(config.variables)}
    epoch = os.environ.get(EPOCH, str(newest_commit(root)))
    stated = json.dumps([site_url, variables, epoch, sorted(file_dates(root).items())]).encode()
    parts = [*cache.tool_state(by_content=True), *cache.files_state(root, config.inputs), stated]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def unchanged(site_dir: Path, releases: Sequence[str], inputs: str) -> tuple[str, ...]:
    """The releases of a site, oldest first, if it is what a build of these would make; else none.

    `releases` are empty for all that are out; `inputs` is the digest of what it would be made of now.
    """
    site = site_dir.resolve()
    if not inputs or not site.is_dir():
        return ()
    with file_lock(lock_of(site)):
        repair(site)
        try:
            manifest = load(site)
        except ManifestError:
            return ()
        is_same = (
            {*manifest.built} == {*(releases or manifest.releases)}
            and all(manifest.inputs.get(release) == inputs for release in manifest.built)
            and manifest.listing == listing(site)
        )
    return tuple(reversed([*manifest.built])) if is_same else ()
