import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from click.testing import CliRunner

from apiguide.checks import check
from apiguide.cli import main
from apiguide.starter import STARTER, NotEmpty, write

ROOT = Path(__file__).parents[1]
COMMAND = "apiguide.exe" if os.name == "nt" else "apiguide"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_guide_is_written_into_a_new_folder_and_has_no_problem(tmp_path: Path) -> None:
    written = write(tmp_path / "new" / "guide")
    assert files(tmp_path / "new" / "guide") == files(STARTER)
    assert set(written) == set(files(STARTER))
    assert {"README.md", ".gitignore", "mkdocs.yml", "docs/index.md", "reference/guide.yaml"} <= set(written)
    assert check(tmp_path / "new" / "guide").problems == ()


def test_the_guide_has_the_features_of_the_one_of_this_repository(tmp_path: Path) -> None:
    write(tmp_path)

    def features(folder: Path) -> list[str]:
        config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        return re.findall(r"^    - ([a-z.]+)$", config, re.MULTILINE)

    assert "content.tabs.link" in features(tmp_path)
    assert features(tmp_path) == features(ROOT)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    write(tmp_path)
    assert files(tmp_path) == files(STARTER)


def test_nothing_is_written_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    with pytest.raises(NotEmpty, match="is not empty"):
        write(tmp_path)
    with pytest.raises(NotEmpty, match="is a file"):
        write(tmp_path / "mine.txt")
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_the_command_names_the_next_ones(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "my guide")])
    assert result.exit_code == 0
    assert [line.partition("  ")[0].strip() for line in result.stdout.splitlines()[1:]] == [
        f"cd '{tmp_path / 'my guide'}'",
        "apiguide serve",
        "apiguide build",
    ]
    readme = (tmp_path / "my guide" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^apiguide \w+", readme, re.MULTILINE) == ["apiguide serve", "apiguide build"]


def test_the_command_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_it_shows_what_a_first_guide_needs_to_show() -> None:
    checked = check(STARTER)
    assert checked.guide is not None
    settings = checked.guide.settings
    assert list(settings.formats) == ["json"]
    assert settings.formats["json"].dialect == "plain"
    assert [scheme.type for scheme in settings.authentication] == ["bearer"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", release) for release in checked.guide.releases)
    create = checked.guide.endpoints["shipments/create"]
    assert create.method == "POST"
    assert len(create.parameters.header) == 1
    body = create.parameters.body
    assert any(field.fields for field in body.values())
    assert any(field.is_array for field in body.values())
    assert any(field.enum for field in body.values())
    assert len(create.notes) == 1
    older, newer = (
        checked.views[release].endpoints["shipments/create"] for release in checked.guide.releases
    )
    assert older.parameters.body["recipient"] != newer.parameters.body["recipient"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, from a wheel in an environment of its own; dependencies are those that run the tests."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    paths = {"base": str(folder / "env"), "platbase": str(folder / "env")}
    scripts, packages = (Path(sysconfig.get_path(name, "venv", paths)) for name in ("scripts", "purelib"))
    # A path in a .pth file is taken without the .pth files there, so not with the link to the checkout.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "env"), "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-index", "--no-deps", "--ignore-installed", str(wheel)], check=True
    )
    return scripts / COMMAND


def test_an_installed_wheel_makes_a_guide_from_nothing(installed: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(folder: Path, *command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    used = run(tmp_path, installed.with_name("python"), "-c", "import apiguide; print(apiguide.__file__)")
    assert Path(used).is_relative_to(installed.parents[1])

    run(tmp_path, installed, "init", "parcels")
    assert "no problems" in run(tmp_path / "parcels", installed, "check")
    run(tmp_path / "parcels", installed, "build")
    site = files(tmp_path / "parcels" / "site")
    assert {"index.html", "latest/shipments/create/index.html", "2025-04-01/index.html"} <= set(site)
    assert [name for name, content in site.items() if b"webcore" in content.lower()] == []
    assert b"Ada Lovelace" in site["latest/shipments/create/index.html"]
