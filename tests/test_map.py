"""Imports go one way, in the order of the rooms in CONTRIBUTING.md."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "apiguide"
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
OUTSIDE = ("__init__.py", "__main__.py")


def rooms() -> dict[str, int]:
    """The number of its row by each room: `docs.py` or `model/`."""
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("| Room of ")[2].partition("\n\n")[0]
    rows = [re.findall(r"`([a-z_/.]+)`", line.split("|")[1]) for line in table.splitlines()[2:]]
    return {room: number for number, row in enumerate(rows) for room in row}


ROOMS = rooms()


def row(module: str) -> int | None:
    """The row of a module: its own, else that of its folder."""
    return ROOMS.get(module, ROOMS.get(f"{module.partition('/')[0]}/"))


def imported(path: Path) -> set[str]:
    """The modules of the package that a file imports, wherever and for whatever it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    paths = {
        name.removeprefix("apiguide.").replace(".", "/") for name in found if name.startswith("apiguide.")
    }
    return {f"{path}{end}" for path in paths for end in (".py", "/__init__.py")} & {*MODULES}


def test_every_module_has_a_room_and_every_room_a_module() -> None:
    assert [module for module in MODULES if row(module) is None and module not in OUTSIDE] == []
    assert [room for room in ROOMS if not (PACKAGE / room).exists()] == []


def test_no_module_imports_one_of_a_later_room() -> None:
    imports = {(module, other) for module, path in MODULES.items() for other in imported(path)}
    assert len(imports) > 500, "imports are not found"
    inside = [(module, other) for module, other in sorted(imports) if module not in OUTSIDE]
    assert [f"{module}: {other}" for module, other in inside if (row(module) or 0) < (row(other) or 0)] == []
