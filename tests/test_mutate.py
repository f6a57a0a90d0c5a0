"""tools/mutate: what it changes, and of what. That it runs is for `make mutate`, which takes a while."""

import ast
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "mutate"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    loader = SourceFileLoader("mutate", str(TOOL))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    sys.modules[loader.name] = module = module_from_spec(spec)  # its dataclasses look themselves up
    usual, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = usual
    return module


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("return a and b", {"return b", "return a"}),
        ("return a < b", {"return a <= b"}),
        ("return not a", {"return a"}),
        ("return a + 1", {"return a - 1", "return a + 2"}),
        ("return any(a)", {"return all(a)"}),
        ("a.append(b)", {"pass"}),
        ("a[b] = c", {"pass"}),
        ("if a: return b", {"if False:", "if True:"}),
        ("return [a for a in b if a]", {"return [a for a in b if False]", "return [a for a in b if True]"}),
        ("assert a == b", set()),
        ("return f'{a + b}'", set()),
        ("return zip(a, b, strict=True)", set()),
    ],
)
def test_a_line_becomes_other_lines(line: str, becomes: set[str], tool: ModuleType) -> None:
    source = f"def f(a: X | None, b, c):\n    {line}\n"
    assert {each.becomes for each in tool.mutants(source, "m.py")} == becomes


def test_a_change_is_told_with_its_place(tool: ModuleType) -> None:
    source = (
        '"""Doc."""\nA = 1 + 1\n\nclass C:\n    b: int = 2\n\n    def d(self, e=1):\n        return e == 0\n'
    )
    found = tool.mutants(source, "m.py")
    assert [(each.line, each.function, each.was, each.becomes) for each in found] == [
        (5, "C", "b: int = 2", "b: int = 3"),
        (7, "C.d", "def d(self, e=1):", "def d(self, e=2):"),
        (8, "C.d", "return e == 0", "return e != 0"),
        (8, "C.d", "return e == 0", "return e == 1"),
    ]
    for each in found:
        changed = tool.mutated(source, each.number)
        assert ast.unparse(ast.parse(source)).replace(each.was, each.becomes) == changed


def test_every_room_and_its_tests_are_there(tool: ModuleType) -> None:
    for location, tests in tool.ROOMS.values():
        assert (tool.ROOT / tool.PACKAGE / location).exists()
        assert (tool.ROOT / tests).exists()


def test_each_change_of_a_room_is_other_code_that_is_valid(tool: ModuleType) -> None:
    found = tool.of_room("history")
    assert len(found) > 80
    for each in found[::20]:
        source = (tool.ROOT / tool.PACKAGE / each.module).read_text(encoding="utf-8")
        changed = tool.mutated(source, each.number)
        compile(changed, each.module, "exec")
        assert changed != ast.unparse(ast.parse(source))


def test_as_many_changes_are_drawn_from_each_room(tool: ModuleType) -> None:
    rooms = {"few": range(10), "more": range(100), "many": range(1000)}
    found = tool.drawn(rooms, 100, 1)
    assert {room: len(set(each)) for room, each in found.items()} == {"few": 10, "more": 45, "many": 45}
    assert tool.drawn(rooms, 100, 1) == found
    assert tool.drawn(rooms, 100, 2) != found


def test_what_nobody_could_notice_says_why(tool: ModuleType) -> None:
    listed = tomllib.loads(tool.KNOWN.read_text(encoding="utf-8"))["mutant"]
    assert all(set(each) == {"module", "function", "was", "becomes", "why"} for each in listed)
    assert all(all(each.values()) for each in listed)
    assert len(tool.known()) == len(listed), "one is listed twice"
