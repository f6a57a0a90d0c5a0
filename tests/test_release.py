"""A release: tag, version and changelog name one version; what has been tested is published, and no more."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from apiguide import __version__

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "release"
WORKFLOW = yaml.load((ROOT / ".github/workflows/release.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
JOBS: Mapping[str, Any] = WORKFLOW["jobs"]


def tool(name: str) -> ModuleType:
    """A script of tools/ as a module."""
    loader = SourceFileLoader(f"tool_{Path(name).stem}", str(ROOT / "tools" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


release = tool("release")
long_description = tool("long_description.py").long_description

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


README = """See [time](handbook/time.md), [MkDocs](https://mkdocs.test) and [below](#below).

![A page](handbook/page.png)

```md
[kept](as/it.is)
```
"""


def test_links_of_the_long_description_lead_to_the_source() -> None:
    text = long_description(README, "https://code.test/apiguide")
    assert "[time](https://code.test/apiguide/blob/main/handbook/time.md)" in text
    assert "![A page](https://code.test/apiguide/raw/main/handbook/page.png)" in text
    assert "[MkDocs](https://mkdocs.test) and [below](#below)" in text
    assert "[kept](as/it.is)" in text


def test_links_of_the_long_description_are_words_where_no_source_is_known() -> None:
    text = long_description(README, None)
    assert text.startswith("See time, [MkDocs](https://mkdocs.test) and [below](#below).")
    assert "page.png" not in text
    assert "[kept](as/it.is)" in text


def test_the_package_is_described_by_the_readme_without_links_that_lead_nowhere() -> None:
    command = [sys.executable, "-m", "hatchling", "metadata"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    metadata = json.loads(done.stdout)
    text = metadata["readme"]["text"]
    assert metadata["readme"]["content-type"] == "text/markdown"
    assert text.startswith("# apiguide\n")
    assert re.findall(r"\]\((?!https?://)[^)]*\)", text) == []


def test_addresses_of_the_project_are_stated_all_or_none() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    labels = {"Changelog", "Documentation", "Homepage", "Issues", "Source"}
    assert {*project.get("urls", labels)} == labels


def test_nobody_is_told_to_install_a_name_that_is_not_registered() -> None:
    """Until the first release is on PyPI, apiguide comes from a checkout or by the address of one."""
    folders = [ROOT / name for name in ("handbook", "ci", "src/apiguide/starter", ".github")]
    files = [
        ROOT / "README.md",
        *(path for folder in folders for path in folder.rglob("*") if path.is_file()),
    ]
    told = []
    for path in files:
        content = path.read_bytes().decode("utf-8", errors="replace")
        told += re.findall(r"(?:pip|pipx|uv|uvx) (?:tool )?install\b.*\bapiguide\b.*", content)
    assert told
    assert [line for line in told if "git+" not in line and " . " not in line] == []
