"""tools/browser, run as a person runs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

TOOL = Path(__file__).parents[1] / "tools" / "browser"

without_applications = pytest.mark.skipif(
    Path("/Applications").exists(), reason="a browser may be among this system's applications"
)
as_root_on_debian = pytest.mark.skipif(
    not Path("/etc/debian_version").exists()
    or os.geteuid() != 0
    or "ID=ubuntu" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines(),
    reason="packages are installed by root on Debian only",
)


def command(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def find(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the tool on a machine that has only the commands in `folder`."""
    bare = {"PATH": str(folder), "HOME": str(folder), "PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    return subprocess.run(
        [sys.executable, str(TOOL), *arguments],
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_browser_on_the_path_is_found(tmp_path: Path) -> None:
    chromium = command(tmp_path, "chromium", "echo Chromium 1")
    assert find(tmp_path).stdout == f"{chromium}\n"


def test_a_command_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    command(tmp_path, "chromium-browser", "echo 'needs the snap'; exit 1")
    chrome = command(tmp_path, "google-chrome", "echo Chrome 1")
    assert find(tmp_path).stdout == f"{chrome}\n"


def test_the_browser_that_chrome_names_comes_first(tmp_path: Path) -> None:
    command(tmp_path, "chromium", "echo Chromium 1")
    mine = command(tmp_path, "mine", "echo Mine 1")
    assert find(tmp_path, CHROME=str(mine)).stdout == f"{mine}\n"


def test_a_wrong_chrome_is_an_error_and_not_replaced_by_another(tmp_path: Path) -> None:
    command(tmp_path, "chromium", "echo Chromium 1")
    found = find(tmp_path, CHROME="/nowhere/chrome")
    assert (found.returncode, found.stdout) == (1, "")
    assert "/nowhere/chrome" in found.stderr


@without_applications
def test_without_a_browser_it_says_how_to_get_one(tmp_path: Path) -> None:
    found = find(tmp_path, "--installed")
    assert (found.returncode, found.stdout) == (1, "")
    assert "CHROME=" in found.stderr
    assert "playwright install" in found.stderr


@without_applications
@as_root_on_debian
def test_root_on_debian_installs_the_package(tmp_path: Path) -> None:
    log = tmp_path / "log"
    chromium = tmp_path / "chromium"
    command(
        tmp_path,
        "apt-get",
        f"echo noise; echo $* >> {log}; [ $1 = update ] || "
        f"{{ printf '#!/bin/sh\\n' > {chromium}; {shutil.which('chmod')} 755 {chromium}; }}",
    )
    assert find(tmp_path).stdout == f"{chromium}\n"
    update, install = log.read_text(encoding="utf-8").splitlines()
    assert update == "update"
    assert "chromium" in install.split()


@pytest.mark.browser
def test_the_browser_opens_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>Emma</title>")
    assert page.title() == "Emma"
    page.close()
