import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from apiguide.site.atomic_swap import repair, swap

NAMES = [f"{number}.html" for number in range(30)]
ROUNDS = 100
DEADLINE = 60

swaps_in_one_step = pytest.mark.skipif(
    sys.platform not in ("linux", "darwin"), reason="this system cannot exchange two names in one step"
)


def make(folder: Path, text: str) -> Path:
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(text * 1000, encoding="utf-8")
    return folder


def texts(folder: Path) -> set[str]:
    return {path.read_text(encoding="utf-8")[:1] for path in folder.iterdir()}


@contextmanager
def a_reader_of(target: Path) -> Iterator[Counter[str]]:
    """Opens the files of a place over and over, as a web server does, and counts what it finds."""
    found: Counter[str] = Counter()
    ended, begun = threading.Event(), threading.Event()

    def look() -> None:
        while not ended.is_set():
            for name in NAMES:
                try:
                    text = (target / name).read_text(encoding="utf-8")
                except FileNotFoundError:
                    found["missing"] += 1
                else:
                    found["whole" if len(text) == 1000 and len(set(text)) == 1 else "half"] += 1
            begun.set()

    thread = threading.Thread(target=look)
    thread.start()
    assert begun.wait(10)
    try:
        yield found
    finally:
        ended.set()
        thread.join()


@swaps_in_one_step
def test_old_or_new_is_there_whole_at_every_moment(tmp_path: Path) -> None:
    target = make(tmp_path / "site", "0")
    with a_reader_of(target) as found:
        for number in range(ROUNDS):
            swap(make(tmp_path / "new", str(number % 10)), target)
    assert found["whole"] > ROUNDS
    assert found["missing"] == found["half"] == 0
    assert texts(target) == {str((ROUNDS - 1) % 10)}
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="a folder of which a file is open cannot be renamed there")
def test_elsewhere_the_place_may_be_missed_but_is_never_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "sunos5")
    target = make(tmp_path / "site", "0")
    with a_reader_of(target) as found:
        for number in range(ROUNDS):
            swap(make(tmp_path / "new", str(number % 10)), target)
    assert found["whole"] > ROUNDS
    assert found["half"] == 0
    assert texts(target) == {str((ROUNDS - 1) % 10)}
    assert list(tmp_path.iterdir()) == [target]


def test_a_first_site_needs_no_old_one(tmp_path: Path) -> None:
    swap(make(tmp_path / "new", "1"), tmp_path / "site")
    assert texts(tmp_path / "site") == {"1"}


def test_the_old_site_comes_back_after_a_fault_between_the_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "sunos5")
    target = make(tmp_path / "site", "1")
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "a folder that somebody has deleted", target)
    repair(target)
    assert texts(target) == {"1"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_fault_after_the_second_rename_leaves_nothing_behind(tmp_path: Path) -> None:
    target = make(tmp_path / "site", "2")
    make(tmp_path / ".site.old", "1")
    repair(target)
    assert texts(target) == {"2"}
    assert list(tmp_path.iterdir()) == [target]


def start(program: str, *arguments: Path) -> "subprocess.Popen[str]":
    """A process that has `alone`, and these paths as `paths`."""
    before = "import sys; from pathlib import Path; from apiguide.site.atomic_swap import file_lock\n"
    before += "paths = [*map(Path, sys.argv[1:])]\n"
    command = [sys.executable, "-c", before + program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


COUNT = """
for _ in range(200):
    with file_lock(paths[0]):
        paths[1].write_text(str(int(paths[1].read_text()) + 1))
"""
HOLD = """
with file_lock(paths[0]):
    print("has it", flush=True)
    sys.stdin.read()
"""


def test_one_process_at_a_time_holds_a_lock(tmp_path: Path) -> None:
    lock, counter = tmp_path / "lock", tmp_path / "counter"
    counter.write_text("0")
    processes = [start(COUNT, lock, counter) for _ in range(3)]
    for each in processes:
        each.communicate(timeout=DEADLINE)
    assert [each.returncode for each in processes] == [0, 0, 0]
    assert counter.read_text() == "600"


def test_the_lock_of_a_process_that_dies_is_free_again(tmp_path: Path) -> None:
    dying = start(HOLD, tmp_path / "lock")
    assert dying.stdout is not None
    assert dying.stdout.readline() == "has it\n"
    dying.kill()
    dying.communicate()
    assert start(HOLD, tmp_path / "lock").communicate("", timeout=DEADLINE)[0] == "has it\n"
