"""The files of a project in the usual layout: which there are, what would change, and writing it."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from apiguide.folders import GUIDE_FILE, REFERENCE, RESOURCE_FILE, is_passed_over
from apiguide.formatting.formatter import Unchangeable, formatted
from apiguide.model import Endpoint, Part, Resource, Settings
from apiguide.problems import Mark, Problem, ProblemsError, Source
from apiguide.reader import UnreadableFile
from apiguide.writing import replace_file
from apiguide.yaml_source import MAX_BYTES


class NoFile(Exception):
    """A path where no file of a guide is; the message says what to do."""


@dataclass(frozen=True)
class Formatting:
    """What formatting does to the files of a project."""

    files: int
    """How many were looked at."""
    changed: tuple[Path, ...]
    """Those that are not in the usual layout, or were not."""
    problems: tuple[Problem, ...]
    """Of those that stay as they are since they cannot be read."""
    refused: tuple[str, ...] = ()
    """Why others stay as they are, which would not say the same."""


def files(root: Path, paths: Sequence[Path] = ()) -> list[Path]:
    """The YAML files of the guide in `root`, or those of them that `paths` name or that lie below these.

    Raises NoFile where there are none.
    """
    reference = root / REFERENCE
    all_ = () if reference.is_symlink() else (reference / GUIDE_FILE, *sorted(reference.glob("*/*.yaml")))
    known = [path for path in all_ if _is_file(path)]
    if not known:
        raise NoFile(f"there are no files of a guide in {reference}/; --root names the folder of a project")
    found: dict[Path, None] = {}
    for path in paths:
        full = path.resolve()
        below = [each for each in known if each.resolve() == full or full in each.resolve().parents]
        if not below:
            raise NoFile(f"{path} is not a YAML file of the guide in {reference}/, and holds none")
        found.update(dict.fromkeys(below))
    return sorted(found) if paths else known


def format_files(root: Path, paths: Iterable[Path], *, writes: bool) -> Formatting:
    """Formats files of the project in `root`; without `writes` only tells which would change.

    Each is replaced in one step. One that cannot be read, or whose values would change, stays as it is.
    """
    changed: list[Path] = []
    problems: list[Problem] = []
    refused: list[str] = []
    looked_at = list(paths)
    for path in looked_at:
        shown = path.relative_to(root).as_posix()
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            new = formatted(data, shown, _model(path))
            if new != data and writes:
                replace_file(path, new, stat.S_IMODE(path.stat().st_mode))
        except ProblemsError as error:
            problems.extend(error.problems)
        except Unchangeable as error:
            refused.append(f"{shown}: {error}; format it by hand")
        except OSError as error:
            message = f"it cannot be read or written: {error.strerror}"
            hint = "check its permissions and those of its folder"
            problems.append(UnreadableFile.at(Mark(Source(shown)), message, hint))
        else:
            if new != data:
                changed.append(path)
    return Formatting(len(looked_at), tuple(changed), tuple(problems), tuple(refused))


def _is_file(path: Path) -> bool:
    """Whether it is a file of the guide, and not reached by a link."""
    is_link = path.is_symlink() or path.parent.is_symlink()
    return path.is_file() and not is_link and not is_passed_over(path.name)


def _model(path: Path) -> type[Part]:
    models: dict[str, type[Part]] = {GUIDE_FILE: Settings, RESOURCE_FILE: Resource}
    return models.get(path.name, Endpoint)
