"""What a check found is kept, and is told again only as long as nothing has changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide import cache, checks
from apiguide.cli import main

CREATE, GET = "reference/shipments/create.yaml", "reference/shipments/get.yaml"

Run = Callable[..., tuple[Result, bool]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide with a slip, and an empty cache."""
    monkeypatch.setenv("APIGUIDE_CACHE", str(tmp_path / "cache"))
    write(tmp_path / "guide")
    edit(tmp_path / "guide", CREATE, "required: true", "requierd: true")
    return tmp_path / "guide"


def edit(root: Path, name: str, old: str, new: str) -> None:
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run(options)`: the check's result, and whether the project was really checked."""
    real = checks.check

    def check_command(*options: str) -> tuple[Result, bool]:
        called = []

        def check(folder: Path) -> checks.Checked:
            called.append(folder)
            return real(folder)

        monkeypatch.setattr(checks, "check", check)
        return CliRunner().invoke(main, ["check", "--root", str(root), *options]), bool(called)

    return check_command


def told(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("options", [(), ("--strict",), ("--debt",)])
def test_the_second_time_the_same_is_told_without_checking(options: tuple[str, ...], run: Run) -> None:
    first, was_checked = run(*options)
    second, was_checked_again = run(*options)
    assert told(first) == told(second)
    assert "did you mean `required`?" in first.stdout
    assert (was_checked, was_checked_again) == (True, False)


CHANGES: dict[str, Callable[[Path], object]] = {
    "an endpoint": lambda root: edit(root, CREATE, "requierd: true", "required: true"),
    "a page": lambda root: edit(root, "docs/index.md", "#", "# {{ nothing() }}\n#"),
    "the name of the site": lambda root: edit(root, "mkdocs.yml", "site_name: ", "site_name: Our "),
    "a new file": lambda root: (root / "reference/shipments/extra.txt").write_text("", encoding="utf-8"),
    "a file that is gone": lambda root: (root / GET).unlink(),
    "a file's name": lambda root: (root / GET).rename(root / "reference/shipments/fetch.yaml"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_checked(change: str, root: Path, run: Run) -> None:
    run()
    CHANGES[change](root)
    _, was_checked = run()
    assert was_checked


DAMAGES = [b"", b"\n", b"{", b"[]", b"null", b'{"problems": [{}]}', b"\xff\x00", b'{"problems": 3}']


@pytest.mark.parametrize("content", DAMAGES)
def test_a_damaged_entry_is_as_good_as_none(content: bytes, tmp_path: Path, run: Run) -> None:
    first, _ = run()
    [entry] = (tmp_path / "cache").iterdir()
    entry.write_bytes(content)
    second, was_checked = run()
    assert was_checked
    assert told(first) == told(second)
    assert cache.load(entry)["problems"]


def test_without_a_folder_nothing_is_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APIGUIDE_CACHE", "")
    assert [run()[1], run()[1]] == [True, True]
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be closed to writing there")
def test_a_folder_that_cannot_be_written_does_no_harm(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place", encoding="utf-8")
    first, _ = run()
    second, was_checked = run()
    assert was_checked
    assert told(first) == told(second)


def test_the_cache_does_not_grow_for_ever(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apiguide.findings.KEPT", 2)
    for number in range(4):
        edit(root, "docs/index.md", "#", f"# {number}\n#")
        run()
    assert len(list((tmp_path / "cache").iterdir())) == 2
