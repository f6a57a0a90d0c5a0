import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.parcels import write

from apiguide.checks import check
from apiguide.site.build import build

MKDOCS = [sys.executable, "-m", "mkdocs"]
DEADLINE = 60


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide with a site of two releases."""
    root = tmp_path_factory.mktemp("mkdocs") / "guide"
    write(root)
    build(check(root), ["2024-10-01", "2025-04-01"], root / "site")
    return root


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files
    }


@pytest.fixture(autouse=True)
def the_site_stays(root: Path) -> Iterator[None]:
    before = contents(root / "site")
    yield
    assert before
    assert contents(root / "site") == before


def test_mkdocs_build_makes_the_newest_release_beside_the_site(root: Path) -> None:
    subprocess.run([*MKDOCS, "build", "--strict"], cwd=root, check=True, capture_output=True)
    made = root / "build" / "mkdocs" / "shipments" / "create" / "index.html"
    assert "same_day" in made.read_text(encoding="utf-8")


def test_mkdocs_build_refuses_a_guide_with_errors(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "guide")
    endpoint = tmp_path / "guide" / "reference/shipments/get.yaml"
    endpoint.write_text("title: Get shipment\n", encoding="utf-8")
    done = subprocess.run(
        [*MKDOCS, "build"], cwd=tmp_path / "guide", capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "reference/shipments/get.yaml:1:1: error[missing-key]" in done.stderr
    assert "Traceback" not in done.stderr


def test_mkdocs_serve_shows_the_newest_release(root: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}", "--no-livereload"]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as server:
        watchdog = threading.Timer(DEADLINE, server.kill)
        watchdog.start()
        assert server.stderr is not None
        try:
            said = next((line for line in server.stderr if "Serving on" in line), "")
            assert said
            address = said.split()[-1]
            with urllib.request.urlopen(f"{address}shipments/create/", timeout=DEADLINE) as answer:
                assert "same_day" in answer.read().decode()
        finally:
            watchdog.cancel()
            server.terminate()
