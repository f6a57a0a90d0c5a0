"""What the project's own files promise: nothing of one machine or API, commands that exist."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from apiguide import __version__

ROOT = Path(__file__).parents[1]

# Starts of paths that only a person's or a build machine has; [ ] so as not to find itself.
MACHINE = re.compile(r"(?<![\w.:/-])/(?:[r]oot|[w]ork|[h]ome/\w+|[U]sers/\w+)/|C:\\[U]sers\\")

# What tells one API from another; to the generator these are data.
PECULIAR = re.compile(r"webcore|onapp|virtual[_ -]?machine|virtual[_ -]?server|hypervisor", re.I)


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def tracked_files() -> list[Path]:
    """The files that git has or would take; skips where there is no checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def pins() -> dict[str, tuple[Version, list[str]]]:
    """The lock's packages: name → version and hashes."""
    entries = re.split(r"\n(?! )", text("requirements.lock").strip())
    found = {}
    for entry in entries:
        match = re.match(r"([\w.-]+)==(\S+)", entry)
        assert match, f"not a pinned package: {entry}"
        assert match[1] not in found, f"{match[1]} is pinned twice, so pages may differ by Python"
        found[match[1]] = Version(match[2]), re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)
    return found


def test_the_lock_holds_pins_with_hashes_and_nothing_else() -> None:
    assert all(hashes for _, hashes in pins().values())
    remainder = re.sub(
        r"^[\w.-]+==[\w.!+]+( ; [^\\/\n]+)? \\$|^    --hash=sha256:[0-9a-f]{64}( \\)?$",
        "",
        text("requirements.lock"),
        flags=re.M,
    )
    assert remainder.strip() == "", "an address, a path or an option of one machine"


def test_the_lock_pins_what_the_project_asks_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    wanted = project["project"]["dependencies"] + extras["dev"]
    locked = pins()
    for requirement in map(Requirement, wanted + project["build-system"]["requires"]):
        name = canonicalize_name(requirement.name)
        if name != project["project"]["name"]:
            assert locked[name][0] in requirement.specifier, f"`make lock` is due: {requirement}"


def test_a_wheel_made_of_what_is_published_builds_a_guide(tmp_path: Path) -> None:
    def run(*arguments: str, cwd: Path = tmp_path, **environment: str) -> str:
        command = [sys.executable, "-m", *arguments]
        env = os.environ | environment
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("hatchling", "build", "--target", "sdist", "--directory", str(tmp_path), cwd=ROOT)
    (source,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(source, tmp_path, filter="data")
    folder = tmp_path / source.name.removesuffix(".tar.gz")
    run("hatchling", "build", "--target", "wheel", "--directory", str(tmp_path), cwd=folder)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.startswith(f"apiguide-{__version__}-")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")

    alone = {"PYTHONPATH": str(tmp_path / "installed")}
    assert run("apiguide", "--version", **alone) == f"apiguide, version {__version__}\n"
    run("apiguide", "init", "guide", **alone)
    run("apiguide", "build", "--root", "guide", **alone)
    assert (tmp_path / "guide/site/latest/index.html").is_file()


def test_no_file_names_a_path_of_a_machine() -> None:
    files = tracked_files()
    assert files
    offenders = []
    for path in files:
        content = path.read_bytes().decode("utf-8", errors="replace")
        if MACHINE.search(content) or f"{ROOT}/" in content:
            offenders.append(str(path.relative_to(ROOT)))
    assert offenders == []


@pytest.mark.parametrize("folder", ["src", "macros"])
def test_the_generator_knows_nothing_of_one_api(folder: str) -> None:
    files = [path for path in tracked_files() if path.is_relative_to(ROOT / folder)]
    assert files
    for path in files:
        name = str(path.relative_to(ROOT))
        assert PECULIAR.findall(f"{name}\n{path.read_text(encoding='utf-8')}") == [], name


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    block = re.search(r"```sh\n(.*?)```", text("README.md"), re.S)
    assert block
    commands = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    assert commands == ["make site", "make test"]
    assert "exec make test" in text(".ci/run").splitlines()


def test_commands_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "handbook").rglob("*.md")),
    ]
    for page in pages:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.M))
        assert named <= targets, page.name


def test_the_handbook_is_as_the_code_has_it() -> None:
    done = subprocess.run(
        [sys.executable, "tools/handbook", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
