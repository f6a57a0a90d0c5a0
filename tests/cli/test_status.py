"""The exit status of every command: 2 where it cannot run, 1 where something is wrong with the guide."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apiguide.cli import main
from apiguide.starter import write

NEEDS_NO_GUIDE = {"init", "schema", "rule", "completion"}
ARGUMENTS = {
    "new": ["new", "endpoint", "books/get"],
    "diff": ["diff", "1.0", "2.0"],
    "publish": ["publish", "online"],
    "rollback": ["rollback", "."],
    "serve": ["serve", "--port", "0"],
}
COMMANDS = [ARGUMENTS.get(name, [name]) for name in main.commands if name not in NEEDS_NO_GUIDE]
MORE = [
    *(["check", *options] for options in (["--format", "json"], ["--statistics"], ["--debt"], ["--quiet"])),
    *(
        ["check", "--strict"],
        ["check", "--select", "text"],
        ["build", "--release", "1.0"],
        ["fmt", "--check"],
    ),
    *(["new", "resource", "books"], ["serve", "--port", "0", "--release", "1.0"]),
]


def run(arguments: list[str]) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("arguments", [*COMMANDS, *MORE], ids=" ".join)
@pytest.mark.parametrize("folders", [[], ["reference"], ["docs", "reference/books"]], ids="+".join)
def test_a_command_that_needs_a_guide_cannot_run_in_a_folder_without_one(
    arguments: list[str], folders: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in folders:
        Path(folder).mkdir(parents=True)
    result = run(arguments)
    assert result.exit_code == 2, result.output
    assert result.output
    assert not Path("site").exists()


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["build"], ["diff", "1.0", "1.1"], ["new", "resource", "books"], ["fmt", "--check"]],
    ids=" ".join,
)
def test_a_guide_with_errors_is_something_wrong_with_the_guide(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "guide")
    monkeypatch.chdir(tmp_path / "guide")
    Path("reference/guide.yaml").write_text("title: [", "utf-8")
    assert run(arguments).exit_code == 1


def test_a_guide_without_guide_yaml_is_a_guide_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "guide")
    monkeypatch.chdir(tmp_path / "guide")
    Path("reference/guide.yaml").unlink()
    result = run(["check"])
    assert result.exit_code == 1
    assert "9 endpoints in 2 resources: 1 error" in result.stderr
    assert (
        "not checked in full: reference/guide.yaml and 11 more files, since reference/guide.yaml has errors"
        in result.stderr
    )
