import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.parcels import write

from apiguide.checks import check
from apiguide.cli import main
from apiguide.site.git_dates import file_dates, page_dates

GET = "reference/shipments/get.yaml"
CREATE = "reference/shipments/create.yaml"
RESOURCE = "reference/shipments/resource.yaml"


def git(folder: Path, *arguments: str, day: str = "2025-01-01T00:00:00Z") -> None:
    settings = {"user.name": "Ada", "user.email": "ada@example.test", "commit.gpgSign": "false"}
    options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    dates = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": day}
    command = ["git", *options, *arguments]
    subprocess.run(command, cwd=folder, env=os.environ | dates, check=True, capture_output=True)


def commit(folder: Path, day: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "A change", day=day)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A guide whose endpoints were changed on different days."""
    root = tmp_path / "guide"
    write(root)
    git(root, "init", "--quiet")
    commit(root, "2025-01-05T12:00:00Z")
    append(root / CREATE)
    commit(root, "2025-02-06T23:30:00-05:00")
    append(root / "docs/index.md")
    commit(root, "2025-03-07T12:00:00Z")
    return root


def append(file: Path) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write("\n")


def test_a_file_has_the_day_of_its_newest_commit_in_utc(root: Path) -> None:
    dates = file_dates(root)
    assert dates[GET] == "2025-01-05"
    assert dates[CREATE] == "2025-02-07"


def test_only_what_makes_pages_of_the_reference_counts(root: Path) -> None:
    assert set(file_dates(root)) == {
        "reference/guide.yaml",
        CREATE,
        GET,
        "reference/shipments/list.yaml",
        RESOURCE,
    }


def test_a_page_changes_with_its_own_file_and_with_its_resources(root: Path) -> None:
    guide = check(root).guide
    assert guide is not None
    assert page_dates(guide, root) == {
        "shipments": "2025-01-05",
        "shipments/create": "2025-02-07",
        "shipments/get": "2025-01-05",
        "shipments/list": "2025-01-05",
    }
    append(root / RESOURCE)
    commit(root, "2025-04-08T12:00:00Z")
    assert set(page_dates(guide, root).values()) == {"2025-04-08"}


def test_names_of_files_may_be_any_bytes(root: Path) -> None:
    odd = 'reference/shipments/größe "2"\n.yaml'
    (root / odd).write_bytes(b"title: x\n")
    commit(root, "2025-05-09T12:00:00Z")
    assert file_dates(root)[odd] == "2025-05-09"


def test_a_guide_in_a_folder_of_its_repository_is_found(root: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write(whole / "docs" / "api")
    git(whole, "init", "--quiet")
    commit(whole, "2025-01-05T12:00:00Z")
    assert file_dates(whole / "docs" / "api")[GET] == "2025-01-05"


def test_a_clone_with_part_of_the_history_gives_no_day(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "shallow")
    assert file_dates(tmp_path / "shallow") == {}
    git(tmp_path, "clone", "--quiet", root.as_uri(), "whole")
    assert file_dates(tmp_path / "whole") == file_dates(root)


def test_without_a_repository_or_without_git_there_is_no_day(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write(tmp_path / "plain")
    assert file_dates(tmp_path / "plain") == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert file_dates(root) == {}


def test_pages_say_when_they_last_changed(root: Path) -> None:
    assert CliRunner().invoke(main, ["build", "--root", str(root)]).exit_code == 0
    page = (root / "site/latest/shipments/create/index.html").read_text(encoding="utf-8")
    assert '<time datetime="2025-02-07">' in page
