"""Puts built sites where a web server serves them, in one step, and takes them back.

The target holds `builds/`, a folder for each time, and `current`, the only symbolic link and the root of the
web server. A new build is made beside the others, verified, and then `current` is moved to it by one rename:
readers see the old site or the new one, never a mixture.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apiguide.site.atomic_swap import file_lock, link, reason
from apiguide.site.manifest import Manifest, ManifestError, fingerprint, load
from apiguide.site.site_root import write_site_root
from apiguide.site.verify import faults

BUILDS = "builds"
CURRENT = "current"
LOCK = ".lock"
UNFINISHED = ".new-"
ONLINE = ".online-"
LISTED = 20

_BUILD = re.compile(r"(\d{6})-[0-9a-f]{8}\Z")


class PublishError(Exception):
    """A site that may not be published; the message says what to do."""


class NothingToPublishError(PublishError):
    """There is no site, or no place for one; the message says what to do."""


@dataclass(frozen=True)
class Published:
    """What is online."""

    build: str
    """The folder in `builds/`."""
    releases: tuple[str, ...]
    """Newest first."""
    kept: tuple[str, ...] = ()
    """Releases that stayed as they were online."""
    gone: tuple[str, ...] = ()
    """Addresses below the site's home that were online before and are not any more."""
    is_new: bool = True
    """False where the very same site was online already."""


def publish(sites: Sequence[Path], target: Path, *, keep: int = 5, allows_gone: bool = False) -> Published:
    """Publishes one or several built sites of one guide, joined with the releases that are online.

    A site that is online already, byte for byte, is no new build: it would push out one to go back to. Builds
    older than the newest `keep` are deleted. Raises PublishError where nothing has been published:
    what is online stays as it is.
    """
    target.mkdir(parents=True, exist_ok=True)
    _refuse_foreign(target)
    (target / BUILDS).mkdir(exist_ok=True)
    with file_lock(target / LOCK):
        _tidy(target)
        online = target / CURRENT if (target / CURRENT).exists() else None
        sources, manifest, kept = _joined(sites, online)
        new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target / BUILDS))
        try:
            _fill(new, sources, manifest, online)
            gone = tuple(_gone(online, new)) if online is not None else ()
            if gone and not allows_gone:
                raise PublishError(_gone_message(gone))
            if online is not None and _is_same(new, online.resolve()):
                _forget(target, keep)
                return Published(online.resolve().name, tuple(manifest.built), kept, is_new=False)
            new.chmod(0o755)
            build = new.replace(target / BUILDS / _next_name(target, manifest))
        except ManifestError as error:
            raise PublishError(str(error)) from error
        except OSError as error:
            raise PublishError(f"the site could not be copied: {reason(error)}") from error
        finally:
            shutil.rmtree(new, ignore_errors=True)
        _point(target, build)
        _forget(target, keep)
    return Published(build.name, tuple(manifest.built), kept, gone)


def rollback(target: Path) -> Published:
    """Puts the build before the current one online again. Raises PublishError where there is none."""
    _refuse_foreign(target)
    if not (target / CURRENT).exists():
        raise NothingToPublishError(f"nothing is published in {target}")
    with file_lock(target / LOCK):
        _tidy(target)
        now = (target / CURRENT).resolve()
        before = [build for build in _builds(target) if build.name < now.name]
        if not before:
            raise NothingToPublishError(f"there is no build before {now.name} in {target / BUILDS}")
        releases = _complete(before[-1])
        _mark(now).unlink()
        _point(target, before[-1])
    return Published(before[-1].name, releases)


def _complete(build: Path) -> tuple[str, ...]:
    """The releases of a build, newest first. Raises PublishError where it is not as it was published."""
    try:
        built = load(build).built
    except ManifestError as error:
        raise PublishError(str(error)) from error
    for release, stated in built.items():
        if fingerprint(build / release) != stated:
            raise PublishError(f"{build / release} is not as it was published; publish a site that is whole")
    return tuple(built)


def _refuse_foreign(target: Path) -> None:
    """Refuses a target with anything in it that no publisher has made."""
    strange = [path.name for path in target.iterdir() if path.name not in (BUILDS, CURRENT, LOCK)]
    current = target / CURRENT
    if strange or (current.exists() and not current.is_symlink()):
        name = strange[0] if strange else CURRENT
        raise NothingToPublishError(f"{target} holds other files ({name}); name a new folder")


def _joined(sites: Sequence[Path], online: Path | None) -> tuple[dict[str, Path], Manifest, tuple[str, ...]]:
    """Where each release comes from, what the site will hold, and which releases stay as they are online."""
    try:
        given = [(site, load(site)) for site in sites]
    except ManifestError as error:
        raise NothingToPublishError(str(error)) from error
    try:
        former = load(online) if online is not None else None
    except ManifestError as error:
        raise PublishError(str(error)) from error
    first = given[0][1]
    sources: dict[str, Path] = {}
    hashes: dict[str, str] = {}
    for site, manifest in given:
        _refuse_other(first, manifest, f"{site} and {given[0][0]}")
        for release, stated in manifest.built.items():
            if fingerprint(site / release) != stated:
                message = f"{site / release} is not as it was built; run `apiguide build` again"
                raise PublishError(message)
            if hashes.setdefault(release, stated) != stated:
                raise PublishError(f"{site} holds another guide of {release} than the sites before it")
            sources.setdefault(release, site.resolve() / release)
    staying: list[str] = []
    if former is not None and online is not None:
        staying = [r for r in former.built if r in first.releases and r not in hashes]
        if staying and (former.url, former.releases) != (first.url, first.releases):
            names = ", ".join(staying)
            message = f"the guides of {names} that are online know other releases or another address"
            raise PublishError(f"{message}; build and publish them too")
        hashes |= {release: former.built[release] for release in staying}
        # What is the same is taken from what is online, where it costs no space, if it is still the same.
        for release in (r for r, value in hashes.items() if former.built.get(r) == value):
            if fingerprint(online.resolve() / release) == hashes[release]:
                sources[release] = online.resolve() / release
            elif release in staying:
                raise PublishError(f"the guide of {release} online is damaged; build and publish it too")
    return sources, replace(first.with_built(hashes), inputs={}), tuple(staying)


def _refuse_other(one: Manifest, other: Manifest, what: str) -> None:
    if (one.title, one.url, one.releases) != (other.title, other.url, other.releases):
        raise PublishError(f"{what} are of different guides, or know different releases")


def _fill(new: Path, sources: dict[str, Path], manifest: Manifest, online: Path | None) -> None:
    """Makes the joined site in a folder, and verifies it."""
    for release in manifest.built:
        is_online = online is not None and sources[release].is_relative_to(online.resolve())
        # Builds are never written to again, so the files of one may be those of another too.
        shutil.copytree(sources[release], new / release, copy_function=link if is_online else shutil.copy2)
    write_site_root(new, manifest)
    wrong = list(faults(new, manifest))
    if wrong:
        more = f"\nand {len(wrong) - LISTED} more" if len(wrong) > LISTED else ""
        raise PublishError("the site is not whole:\n" + "\n".join(wrong[:LISTED]) + more)


def _gone(online: Path, new: Path) -> Iterator[str]:
    """Pages that are online and not in the new site."""
    for page in sorted(online.resolve().rglob("*.html")):
        path = page.relative_to(online.resolve())
        if not (new / path).is_file():
            yield path.as_posix().removesuffix("index.html")


def _gone_message(gone: Sequence[str]) -> str:
    listed = "\n".join(f"  {url}" for url in gone[:LISTED])
    more = f"\n  and {len(gone) - LISTED} more" if len(gone) > LISTED else ""
    return (
        f"pages that are online would be gone:\n{listed}{more}\n"
        "Name them under `formerly` in the files of the endpoints, resources or pages that took their "
        "places, or say --allow-gone if nobody is to find them any more"
    )


def _is_same(one: Path, other: Path) -> bool:
    """Whether two sites have the same bytes; of most that have not, their manifests tell at once."""
    return load(one) == load(other) and fingerprint(one) == fingerprint(other)


def _mark(build: Path) -> Path:
    """The file that says that a build has been online."""
    return build.with_name(f"{ONLINE}{build.name}")


def _finished(target: Path) -> list[Path]:
    """The folders of builds, oldest first; some may not have been online, or have been taken back."""
    return sorted(path for path in (target / BUILDS).iterdir() if _BUILD.match(path.name))


def _builds(target: Path) -> list[Path]:
    """The builds that have been online and not been taken back, oldest first."""
    return [build for build in _finished(target) if _mark(build).exists()]


def _tidy(target: Path) -> None:
    """Clears away what a fault has left."""
    if (target / CURRENT).exists():
        _mark((target / CURRENT).resolve()).touch()
    for path in (target / BUILDS).glob(f"{UNFINISHED}*"):
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)
    for mark in (target / BUILDS).glob(f"{ONLINE}*"):
        if not mark.with_name(mark.name.removeprefix(ONLINE)).is_dir():
            mark.unlink()


def _next_name(target: Path, manifest: Manifest) -> str:
    last = _finished(target)[-1:]
    number = int(last[0].name.partition("-")[0]) + 1 if last else 1
    digest = hashlib.sha256("".join(manifest.built.values()).encode()).hexdigest()
    return f"{number:06d}-{digest[:8]}"


def _point(target: Path, build: Path) -> None:
    """Lets `current` lead to a build, in one step."""
    link = target / BUILDS / f"{UNFINISHED}current"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(BUILDS, build.name), target_is_directory=True)
    link.replace(target / CURRENT)
    _mark(build).touch()


def _forget(target: Path, keep: int) -> None:
    """Deletes old builds, but never the current one or the one before it."""
    needed = {(target / CURRENT).resolve().name, *(build.name for build in _builds(target)[-2:])}
    for build in _finished(target)[: -max(keep, 2)]:
        if build.name not in needed:
            # Should this end halfway, the rest is no build any more.
            doomed = build.replace(build.with_name(f"{UNFINISHED}{build.name}"))
            _mark(build).unlink(missing_ok=True)
            shutil.rmtree(doomed)
