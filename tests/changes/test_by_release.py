"""What a change of the tree does to the guide of each release, from a real git history."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.changes.report import FORMATS
from apiguide.cli import main

OLD, NEW, NEXT = "2024-10-01", "2025-04-01", "2026-10-01"
GUIDE = "reference/guide.yaml"
SHIPMENTS, CREATE = "reference/shipments/resource.yaml", "reference/shipments/create.yaml"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small project, committed."""
    root = tmp_path / "guide"
    write(root)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A guide")
    return root


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(root), "--against", "HEAD", *arguments])


def headings(root: Path) -> list[str]:
    told = diff(root, "--format", "markdown")
    assert told.exit_code == 0, told.output
    return [line for line in told.stdout.splitlines() if line.startswith("### ")]


def add_field(root: Path, since: str = "") -> None:
    text = f"description: Who carries it., example: DHL{since}"
    edit(root / SHIPMENTS, "    fields:\n", f"    fields:\n      carrier: {{type: string, {text}}}\n")


@pytest.mark.parametrize(
    ("format_", "nothing"), [("text", "no differences\n"), ("markdown", ""), ("json", "[]\n")]
)
def test_where_nothing_differs_nothing_is_told(format_: str, nothing: str, root: Path) -> None:
    assert diff(root, "--format", format_).stdout == nothing
    edit(root / CREATE, "title: Create shipment", "title: Send shipment")
    edit(root / "docs/index.md", "#", "# A")
    result = diff(root, "--format", format_)
    assert (result.exit_code, result.stdout, result.stderr) == (0, nothing, ""), "wording is no difference"


def test_a_difference_is_told_once_with_all_releases_that_have_it(root: Path) -> None:
    add_field(root)
    assert headings(root) == [f"### {NEW}, {OLD}: 1 added"]
    assert diff(root).stdout.count("`carrier`") == 1


def test_a_difference_of_one_release_is_told_of_that_one(root: Path) -> None:
    add_field(root, f', since: "{NEW}"')
    assert headings(root) == [f"### {NEW}: 1 added"]


def test_differences_of_several_releases_are_told_apart(root: Path) -> None:
    add_field(root)
    edit(root / CREATE, "street: {required: true}", f'street: {{required: true, removed: "{NEW}"}}')
    edit(root / CREATE, "          street: 12 St James's Square\n", "")
    assert headings(root) == [f"### {NEW}, {OLD}: 1 added", f"### {NEW}: 1 breaking"]


def test_a_new_release_is_compared_with_the_one_before_it(root: Path) -> None:
    newest = f'  - {{release: "{NEW}"}}\n'
    edit(root / GUIDE, newest, f'{newest}  - {{release: "{NEXT}"}}\n')
    assert headings(root) == [f"### {NEXT}, which is new, after {NEW}: no differences"]
    add_field(root, f', since: "{NEXT}"')
    assert headings(root) == [f"### {NEXT}, which is new, after {NEW}: 1 added"]


def test_what_is_planned_is_told_too(root: Path) -> None:
    newest = f'  - {{release: "{NEW}"}}\n'
    edit(root / GUIDE, newest, f'{newest}  - {{release: "{NEXT}", status: planned}}\n')
    git(root, "commit", "--quiet", "--all", "--message", "Planned")
    add_field(root, f', since: "{NEXT}"')
    assert headings(root) == [f"### {NEXT}: 1 added"]


def test_a_release_that_is_gone_is_told(root: Path) -> None:
    newest = f'  - {{release: "{NEW}"}}\n'
    edit(root / GUIDE, newest, f'{newest}  - {{release: "{NEXT}"}}\n')
    git(root, "commit", "--quiet", "--all", "--message", "Next")
    edit(root / GUIDE, f'  - {{release: "{NEXT}"}}\n', "")
    assert headings(root) == [f"### {NEXT}, which is gone: no differences"]


def test_json_names_the_releases_of_each_difference(root: Path) -> None:
    add_field(root)
    (section,) = json.loads(diff(root, "--format", "json").stdout)
    assert section["releases"] == [NEW, OLD]
    assert [each["at"] for each in section["differences"]] == ["objects.shipment.carrier"]


@pytest.mark.parametrize("format_", FORMATS)
def test_fail_on_breaking_ends_with_1_where_clients_of_a_release_break(format_: str, root: Path) -> None:
    add_field(root)
    arguments = ["--format", format_, "--fail-on", "breaking"]
    assert diff(root, *arguments).exit_code == 0
    edit(root / CREATE, "street: {required: true}", "street: {required: false}")
    assert diff(root, *arguments).exit_code == 0
    edit(root / CREATE, "method: POST", "method: PUT")
    assert diff(root, *arguments).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((OLD, NEW), "--against compares two trees"),
        (("--against", "nowhere"), "git knows no `nowhere` here"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], message: str, root: Path) -> None:
    result = diff(root, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize("arguments", [(), (OLD,)])
def test_two_releases_or_a_ref_have_to_be_given(arguments: tuple[str, ...], root: Path) -> None:
    result = CliRunner().invoke(main, ["diff", "--root", str(root), *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "give OLDER and NEWER, or --against" in result.stderr


def test_a_guide_with_errors_is_not_compared(root: Path) -> None:
    edit(root / CREATE, "method: POST", "methd: POST")
    result = diff(root)
    assert result.exit_code == 1
    assert f"{CREATE}:3:1: error[unknown-key]" in result.stdout


def test_the_tree_of_the_ref_must_be_without_errors(root: Path) -> None:
    edit(root / CREATE, "method: POST", "methd: POST")
    git(root, "commit", "--quiet", "--all", "--message", "A slip")
    edit(root / CREATE, "methd: POST", "method: POST")
    result = diff(root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the guide at `HEAD` has errors, so it cannot be compared with" in result.stderr
