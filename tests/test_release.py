"""A release: tag, version and changelog name one version; what has been tested is published, and no more."""

import importlib.machinery
import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from apiguide import __version__

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "release"
WORKFLOW = yaml.load((ROOT / ".github/workflows/release.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
JOBS: Mapping[str, Any] = WORKFLOW["jobs"]

_loader = importlib.machinery.SourceFileLoader("release_tool", str(TOOL))
_spec = importlib.util.spec_from_loader("release_tool", _loader)
assert _spec
release = importlib.util.module_from_spec(_spec)
_loader.exec_module(release)

CHANGES = (
    "# Changelog\n\n## 1.2.0 – 2026-01-31\n\n### Added\n\n- A thing.\n\n## 1.1.0 – 2025-01-31\n\n- Another.\n"
)


def scripts(job: str) -> Iterator[str]:
    return (step["run"] for step in JOBS[job]["steps"] if "run" in step)


def actions(job: str) -> list[str]:
    return [step["uses"].partition("@")[0] for step in JOBS[job]["steps"] if "uses" in step]


def test_the_notes_are_what_the_changelog_says_of_the_version() -> None:
    assert release.notes("v1.2.0", "1.2.0", CHANGES) == "### Added\n\n- A thing."


@pytest.mark.parametrize(
    ("tag", "version", "changelog", "said"),
    [
        ("v1.3.0", "1.2.0", CHANGES, "the tag is v1.3.0, and the version of the package is 1.2.0"),
        ("1.2.0", "1.2.0", CHANGES, "the tag is 1.2.0, and the version"),
        ("v1.3.0", "1.3.0", CHANGES, "begins with 1.2.0, and the version of the package is 1.3.0"),
        ("v1.2.0", "1.2.0", CHANGES.replace("1.2.0 – 2026-01-31", "Unreleased"), "begins with `Unreleased`"),
        ("v1.2.0", "1.2.0", CHANGES.replace(" – 2026-01-31", ""), "and not with `1.2.0 – YYYY-MM-DD`"),
        ("v1.2.0", "1.2.0", CHANGES.replace("### Added\n\n- A thing.\n", ""), "says nothing of 1.2.0"),
        ("v1.2.0", "1.2.0", "# Changelog\n", "has no version"),
    ],
)
def test_nothing_is_released_where_they_differ(tag: str, version: str, changelog: str, said: str) -> None:
    with pytest.raises(release.NotReady, match=re.escape(said)):
        release.notes(tag, version, changelog)


def test_the_tool_fails_for_the_tag_of_another_version() -> None:
    command = [sys.executable, str(TOOL), f"v{__version__}0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("not ready to release: the tag is")
    assert done.stdout == ""


def test_a_tag_of_a_version_starts_the_workflow_and_nothing_else_does() -> None:
    assert WORKFLOW["on"] == {"push": {"tags": ["v*"]}}


def test_no_job_may_more_than_it_needs() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in JOBS.items()}
    assert rights == {"build": None, "publish": {"id-token": "write"}, "announce": {"contents": "write"}}
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text("utf-8"), (
        "PyPI needs no password"
    )


def test_what_may_write_runs_nothing_of_the_repository() -> None:
    assert "actions/checkout" in actions("build")
    assert actions("publish") == ["actions/download-artifact", "pypa/gh-action-pypi-publish"]
    assert [*scripts("publish")] == []
    assert {*actions("announce")} == {"actions/download-artifact"}
    assert [shlex.split(script)[:3] for script in scripts("announce")] == [["gh", "release", "create"]]


def test_each_job_waits_for_the_one_before() -> None:
    assert [*JOBS] == ["build", "publish", "announce"]
    assert [job.get("needs") for job in JOBS.values()] == [None, "build", "publish"]
    assert JOBS["publish"]["environment"] == "pypi"


def test_the_tag_is_checked_first_then_all_is_tested_then_built() -> None:
    check, test, build = scripts("build")
    assert 'tools/release "$GITHUB_REF_NAME"' in check
    assert test == "make test"
    assert shlex.split(build)[:3] == [".venv/bin/python", "-m", "build"]
    assert TOOL.is_file()
