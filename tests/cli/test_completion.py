"""What a shell completes: by click's own protocol, as the installed command answers it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from tests.parcels import write

from apiguide.cli import main

APIGUIDE = Path(sys.executable).with_name("apiguide")
RELEASES = ["2024-10-01", "2025-04-01"]


def completed(arguments: list[str], begun: str = "") -> list[str]:
    shell = ShellComplete(main, {}, "apiguide", "_APIGUIDE_COMPLETE")
    return [each.value for each in shell.get_completions(arguments, begun)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "guide")
    return tmp_path / "guide"


def test_codes_of_rules_and_their_families_are_completed() -> None:
    assert completed(["rule"], "unknown-k") == ["unknown-key"]
    assert completed(["check", "--ignore"], "no-ex") == ["no-example"]
    assert {"text", "todo"} <= {*completed(["check", "--select"], "t")}


def test_the_last_code_of_a_list_is_completed() -> None:
    assert completed(["check", "--ignore"], "todo,no-ex") == ["todo,no-example"]


@pytest.mark.parametrize(
    "arguments", [["diff"], ["diff", "2024-10-01"], ["build", "--release"], ["serve", "--release"]]
)
def test_releases_of_the_guide_are_completed(
    arguments: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert completed(arguments) == RELEASES
    assert completed(arguments, "2025") == RELEASES[1:]


def test_releases_are_those_of_the_project_that_is_named(root: Path) -> None:
    assert completed(["diff", "--root", str(root)]) == RELEASES


@pytest.mark.parametrize(
    "text", [None, "", "releases: [", "releases: 1", "releases: [1, {release: {}}]", "[]"]
)
def test_a_guide_that_cannot_be_read_completes_nothing(text: str | None, root: Path) -> None:
    file = root / "reference/guide.yaml"
    file.unlink() if text is None else file.write_text(text)
    assert completed(["diff", "--root", str(root)]) == []


@pytest.mark.skipif(os.name == "nt", reason="no shell with completion")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_command_writes_what_the_handbook_says_a_shell_reads(shell: str) -> None:
    environment = os.environ | {"_APIGUIDE_COMPLETE": f"{shell}_source"}
    done = subprocess.run([APIGUIDE], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"_APIGUIDE_COMPLETE={shell}_complete" in done.stdout
    handbook = (Path(__file__).parents[2] / "handbook/editors.md").read_text("utf-8")
    assert f"_APIGUIDE_COMPLETE={shell}_source apiguide" in handbook
