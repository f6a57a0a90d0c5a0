"""Changes are told of whatever happens meanwhile, and only those that count."""

import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.site.stop_request import StopRequest
from apiguide.site.watch import Look, changes, look


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("reference/books/list.yaml", "docs/index.md", "macros/notes.html.jinja", "mkdocs.yml"):
        write(tmp_path / "guide" / name)
    return tmp_path / "guide"


def write(file: Path, text: str = "text\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def differing(before: Look, after: Look) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


class Coming(threading.Thread):
    """Makes and deletes folders in docs/ over and over, then makes docs/end.md."""

    def __init__(self, root: Path) -> None:
        super().__init__(daemon=True)
        self.docs = root / "docs"

    def run(self) -> None:
        for _ in range(300):
            for name in ("a", "b", "c"):
                (self.docs / name / "inner" / "most").mkdir(parents=True)
                shutil.rmtree(self.docs / name)
        write(self.docs / "end.md")


def test_a_look_may_find_folders_that_are_gone(root: Path) -> None:
    coming = Coming(root)
    coming.start()
    while coming.is_alive():
        assert "docs/index.md" in look(root)
    assert "docs/end.md" in look(root)


def test_changes_go_on_while_folders_come_and_go(root: Path) -> None:
    before = look(root)
    coming = Coming(root)
    coming.start()
    assert any("docs/end.md" in changed for changed in changes(root, before, StopRequest()))


def test_changes_go_on_after_the_project_was_away(root: Path) -> None:
    before = look(root)
    away = root.with_name("away")
    root.rename(away)
    told = changes(root, before, StopRequest())
    assert {*next(told)} == {*before}
    away.rename(root)
    assert {*next(told)} == {*before}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_ends_nothing(root: Path) -> None:
    odd = os.fsdecode(b"caf\xe9")
    told = changes(root, look(root), StopRequest())
    write(root / "docs/a.md")
    assert "docs/a.md" in next(told)
    write(root / "docs" / f"{odd}.md")
    assert next(told) == [f"docs/{odd}.md"]
    (root / "docs" / odd).mkdir()
    assert next(told) == [f"docs/{odd}/"]
    write(root / "docs" / odd / "b.md")
    assert next(told) == [f"docs/{odd}/b.md"]
    shutil.rmtree(root / "docs" / odd)
    assert next(told) == [f"docs/{odd}/", f"docs/{odd}/b.md"]


def test_nothing_is_told_after_the_end(root: Path) -> None:
    request = StopRequest()
    told = changes(root, look(root), request)
    write(root / "docs/a.md")
    assert next(told) == ["docs/a.md"]
    request.set()
    assert [*told] == []


def test_a_file_of_the_same_size_and_time_is_another(root: Path) -> None:
    before = look(root)
    file = root / "docs/index.md"
    status = file.stat()
    write(file, "next\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert differing(before, look(root)) == {"docs/index.md"}


def hide(root: Path) -> None:
    write(root / "docs/.obsidian/workspace.json")
    write(root / "docs/.index.md.swp")
    write(root / "reference/books/list.yaml~")
    (root / "docs/.#index.md").symlink_to("me@here.4711")
    write(root / "docs/#index.md#")
    write(root / "elsewhere/index.md")


def link(root: Path) -> None:
    (root / "docs/lost.md").symlink_to("nowhere")


def lead_elsewhere(root: Path) -> None:
    write(root / "elsewhere.jinja", "another text\n")


def name_others(root: Path) -> None:
    text = "INHERIT: more/base.yml\ntheme: {name: material, custom_dir: ./own}\nhooks: [hook.py, ., ../..]\n"
    write(root / "mkdocs.yml", f"{text}x: !!python/name:pymdownx.emoji.to_svg\n")
    write(root / "more/base.yml", "INHERIT: ../last.yml\ntheme: {custom_dir: more/theme}\n")
    for name in ("own/main.html", "more/theme/main.html", "hook.py"):
        write(root / name)
    write(root / "last.yml", "INHERIT: mkdocs.yml\n")


def name_one_elsewhere(root: Path) -> None:
    write(root / "mkdocs.yml", "theme: {custom_dir: ../elsewhere}\n")
    write(root.with_name("elsewhere") / "main.html")


@pytest.mark.parametrize(
    ("do", "changed"),
    [
        (hide, set()),
        (link, {"docs/lost.md"}),
        (lead_elsewhere, {"macros/led.html.jinja"}),
        (
            name_others,
            {
                *("mkdocs.yml", "more/base.yml", "last.yml", "own/", "own/main.html", "hook.py"),
                *("more/theme/", "more/theme/main.html"),
            },
        ),
        (name_one_elsewhere, {"mkdocs.yml", "../elsewhere/", "../elsewhere/main.html"}),
    ],
)
def test_only_what_a_guide_is_made_of_counts(
    root: Path, do: Callable[[Path], None], changed: set[str]
) -> None:
    write(root / "elsewhere.jinja", "a text\n")
    (root / "macros/led.html.jinja").symlink_to(root / "elsewhere.jinja")
    before = look(root)
    do(root)
    assert differing(before, look(root)) == changed


@pytest.mark.parametrize(
    "text",
    [
        *("", "- a\n", "a: [", "theme: 1\nhooks: {a: 1}\n", "INHERIT: [1]\n", "x: 2024-02-30\n", "x: 0x_\n"),
        *('theme: {custom_dir: "a\\0b"}\n', 'INHERIT: "a\\0b"\n', 'hooks: ["a\\uD800"]\n'),
        *("x: !!bool maybe\n", "x: !!timestamp abc\n", f"x: {'[' * 3000}", "hooks: [loop/loop]\n"),
    ],
)
def test_settings_that_say_nothing_are_no_obstacle(root: Path, text: str) -> None:
    (root / "loop").mkdir()
    (root / "loop/loop").symlink_to("loop")
    before = look(root)
    write(root / "mkdocs.yml", text)
    assert differing(before, look(root)) - {"loop/loop"} == {"mkdocs.yml"}


def test_settings_that_are_a_pipe_are_not_waited_for(root: Path) -> None:
    before = look(root)
    (root / "mkdocs.yml").unlink()
    os.mkfifo(root / "mkdocs.yml")
    assert differing(before, look(root)) == {"mkdocs.yml"}
