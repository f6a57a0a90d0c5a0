"""`apiguide fmt`: which files it takes, what it writes, and what it leaves alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.checks import check
from apiguide.cli import main

LIST = "reference/shipments/list.yaml"
GET = "reference/shipments/get.yaml"
RESOURCE = "reference/shipments/resource.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The starting guide with two files that are not in the usual layout."""
    write(tmp_path)
    for name in (LIST, GET):
        path = tmp_path / name
        path.write_text(f"since: 2024-10-01\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    return tmp_path


def fmt(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["fmt", "--root", str(project), *arguments])


def contents(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_the_starting_guide_is_in_the_usual_layout(tmp_path: Path) -> None:
    write(tmp_path)
    result = fmt(tmp_path, "--check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 files would change, of 5\n")


def test_files_are_formatted_and_named(project: Path) -> None:
    result = fmt(project)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(project / GET), str(project / LIST)]
    assert result.stderr == "2 files formatted, of 5\n"
    lines = (project / GET).read_text(encoding="utf-8").splitlines()
    assert lines[lines.index("method: GET") + 2] == 'since: "2024-10-01"'
    assert fmt(project, "--check").exit_code == 0


def test_releases_that_the_check_finds_unquoted_are_mended(project: Path) -> None:
    assert {problem.code for problem in check(project).problems} == {"unquoted-release"}
    fmt(project)
    assert check(project).problems == ()


def test_with_check_nothing_is_written(project: Path) -> None:
    before = contents(project)
    result = fmt(project, "--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [str(project / GET), str(project / LIST)]
    assert contents(project) == before


def test_only_the_files_that_are_named_are_formatted(project: Path) -> None:
    assert fmt(project, str(project / LIST)).stdout.splitlines() == [str(project / LIST)]
    assert fmt(project, str(project / "reference" / "guide.yaml")).stdout == ""
    assert fmt(project, str(project / "reference" / "shipments")).stdout.splitlines() == [str(project / GET)]


def test_a_file_that_cannot_be_read_is_reported_and_stays_as_it_is(project: Path) -> None:
    (project / GET).write_text("path: [\n", encoding="utf-8")
    result = fmt(project)
    assert result.exit_code == 1
    assert f"{GET}:2:1: error[yaml-syntax]" in result.stdout
    assert str(project / LIST) in result.stdout
    assert (project / GET).read_text(encoding="utf-8") == "path: [\n"


def test_the_permissions_of_a_file_stay_and_nothing_stands_beside_it(project: Path) -> None:
    (project / GET).chmod(0o640)
    names = sorted(project.rglob("*"))
    assert fmt(project).exit_code == 0
    assert stat.S_IMODE((project / GET).stat().st_mode) == 0o640
    assert sorted(project.rglob("*")) == names


def test_a_link_is_not_followed(project: Path) -> None:
    outside = project / "outside.yaml"
    outside.write_text("path: /a\ntitle: A\n", encoding="utf-8")
    (project / "reference" / "shipments" / "linked.yaml").symlink_to(outside)
    assert "linked" not in fmt(project).stdout
    assert outside.read_text(encoding="utf-8") == "path: /a\ntitle: A\n"


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs"])
def test_what_is_no_file_of_the_guide_is_refused(project: Path, name: str) -> None:
    before = contents(project)
    result = fmt(project, str(project / name))
    assert result.exit_code == 2
    assert f"{name} is not a YAML file of the guide" in result.stderr
    assert contents(project) == before


def test_a_folder_without_a_guide_is_refused(tmp_path: Path) -> None:
    result = fmt(tmp_path)
    assert result.exit_code == 2
    assert "there are no files of a guide" in result.stderr
