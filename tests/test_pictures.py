"""The README's pictures say what the guide of `apiguide init` says today; no browser is needed to know it."""

import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from apiguide.starter import STARTER

ROOT = Path(__file__).parents[1]
SOURCE = "reference/pickups/create.yaml"


def pictures(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "tools" / "pictures"), *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


def copied(tmp_path: Path, digest: str) -> Path:
    """A checkout with nothing but the tools and the record of what the pictures say."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "pictures.txt").write_text(digest, encoding="utf-8")
    return tmp_path


def test_they_are_fresh() -> None:
    done = pictures(ROOT, "--check", CHROME="/nowhere")
    assert done.returncode == 0, done.stderr


def test_stale_ones_are_told_with_what_to_run(tmp_path: Path) -> None:
    done = pictures(copied(tmp_path, "0" * 64 + "\n"), "--check")
    assert done.returncode == 1
    assert "run `make handbook`" in done.stderr


def test_without_a_browser_it_is_said_what_to_do_and_nothing_is_written(tmp_path: Path) -> None:
    root = copied(tmp_path, "0" * 64 + "\n")
    done = pictures(root, CHROME="/nowhere")
    assert done.returncode == 1
    assert "$CHROME is /nowhere" in done.stderr
    assert "all else is made" in done.stderr
    assert [path.name for path in (root / "handbook").iterdir()] == ["pictures.txt"]
    assert (root / "handbook" / "pictures.txt").read_text(encoding="utf-8") == "0" * 64 + "\n"


def test_fresh_ones_are_left_alone(tmp_path: Path) -> None:
    digest = (ROOT / "handbook" / "pictures.txt").read_text(encoding="utf-8")
    done = pictures(copied(tmp_path, digest), CHROME="/nowhere")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_shows_both_side_by_side_and_tells_what_is_seen() -> None:
    shown = re.findall(
        r'<img src="(handbook/\w+\.png)" width="([\d.]+)%" alt="(.*?)">',
        (ROOT / "README.md").read_text(encoding="utf-8"),
    )
    assert [name for name, _, _ in shown] == ["handbook/yaml.png", "handbook/page.png"]
    assert sum(float(width) for _, width, _ in shown) < 99
    heights = []
    for name, width, alt in shown:
        picture = (ROOT / name).read_bytes()
        assert len(picture) < 150 * 1024
        across, high = struct.unpack(">II", picture[16:24])
        heights.append(high / across * float(width))
        assert len(alt) > 100
    assert abs(heights[0] - heights[1]) < 0.2
    lines = (STARTER / SOURCE).read_text(encoding="utf-8").splitlines()
    assert f"{SOURCE}, {len(lines)} lines" in shown[0][2]


@pytest.mark.browser
def test_the_same_guide_gives_the_same_pictures(tmp_path: Path, chrome: str) -> None:
    root = copied(tmp_path, "")

    def taken() -> dict[str, bytes]:
        done = pictures(root, "--anew", CHROME=chrome)
        assert done.returncode == 0, done.stderr
        return {path.name: path.read_bytes() for path in (root / "handbook").iterdir()}

    first = taken()
    assert set(first) == {"page.png", "pictures.txt", "yaml.png"}
    assert first["pictures.txt"] == (ROOT / "handbook" / "pictures.txt").read_bytes()
    assert taken() == first
