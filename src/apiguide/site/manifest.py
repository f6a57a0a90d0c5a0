"""What a built site holds: `apiguide.json` at its root, by which builds are joined and published."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

NAME = "apiguide.json"


class ManifestError(Exception):
    """A folder that holds no site made by this tool; the message says what to do."""


@dataclass(frozen=True)
class Manifest:
    """A site, with what it should hold."""

    title: str
    url: str
    """The site's address, which ends with a slash."""
    releases: tuple[str, ...]
    """All releases that are out, newest first, built or not."""
    built: Mapping[str, str]
    """Hashes (SHA-256) of the releases' folders that are there, by release, newest first."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Digests of all that releases were made of, where that is known."""
    listing: str = ""
    """A hash of the names and sizes of all files of the site but this one; "" where it is not known."""

    @property
    def newest(self) -> str | None:
        """The newest release that is out and built; None where there is none."""
        return next((release for release in self.releases if release in self.built), None)

    def with_built(self, built: Mapping[str, str]) -> Manifest:
        """The manifest of the same site with other releases built, in the order of releases."""
        others = sorted(release for release in built if release not in self.releases)
        return replace(self, built={r: built[r] for r in (*others, *self.releases) if r in built})


def save(manifest: Manifest, folder: Path) -> None:
    """Writes the manifest of a site whose other files are all there."""
    values = {
        "title": manifest.title,
        "url": manifest.url,
        "releases": list(manifest.releases),
        "built": dict(manifest.built),
        "inputs": dict(manifest.inputs),
        "listing": listing(folder),
    }
    (folder / NAME).write_text(
        json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
    )


def load(folder: Path) -> Manifest:
    """The manifest of a site. Raises ManifestError where the folder has none that can be read."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Manifest(
            str(values["title"]),
            str(values["url"]),
            tuple(values["releases"]),
            dict(values["built"]),
            dict(values.get("inputs", {})),
            str(values.get("listing", "")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder} holds no site: {NAME} is missing or cannot be read; run `apiguide build` first"
        raise ManifestError(message) from error


def entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What is in a folder by name, with forward slashes; a folder comes before what is in it."""
    open_ = [("", str(folder))] if folder.is_dir() else []
    while open_:
        prefix, path = open_.pop()
        with os.scandir(path) as found:
            for entry in found:
                name = f"{prefix}{entry.name}"
                yield name, entry
                if entry.is_dir(follow_symlinks=False):
                    open_.append((f"{name}/", entry.path))


def listing(site: Path) -> str:
    """SHA-256 over the names of all files and folders of a site but its manifest, and the sizes of files."""
    found = {name: -1 if entry.is_dir() else entry.stat().st_size for name, entry in entries(site)}
    return fingerprint_of({name: str(size) for name, size in found.items() if name != NAME})


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of all files of a folder by their names, with forward slashes."""
    found = sorted((name, entry.path) for name, entry in entries(folder) if entry.is_file())
    return {name: _hash(path) for name, path in found}


def _hash(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 # a Path for each of thousands of files takes its time
        return hashlib.sha256(file.read()).hexdigest()


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of all files of a folder."""
    return fingerprint_of(hashes(folder))


def fingerprint_of(files: Mapping[str, str]) -> str:
    """SHA-256 over the names and hashes of files."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{content}  {name}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
