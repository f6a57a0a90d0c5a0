"""The ten mistakes that the handbook shows: each gives one finding, which says what to type instead."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from apiguide.cli import main
from apiguide.starter import write

ROOT = Path(__file__).parents[2]
MISTAKES = tomllib.loads((ROOT / "handbook" / "mistakes.toml").read_text(encoding="utf-8"))["mistake"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_likely_mistake_is_told_once_with_what_to_type_instead(
    mistake: dict[str, str], tmp_path: Path
) -> None:
    guide = tmp_path / "guide"
    write(guide)
    path = guide / mistake["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(mistake["right"]) == 1
    path.write_text(text.replace(mistake["right"], mistake["wrong"]), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--strict", "--root", str(guide)])
    assert result.exit_code == 1
    head, excerpt, remedy = result.stdout.splitlines()
    assert head.startswith(f"{mistake['file']}:")
    assert "│" in excerpt
    assert mistake["remedy"] in remedy
    shown = (ROOT / "handbook/checking.md").read_text(encoding="utf-8")
    assert head in shown
    assert remedy in shown


def test_there_are_ten() -> None:
    assert len({mistake["name"] for mistake in MISTAKES}) == 10
