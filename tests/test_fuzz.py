"""tools/fuzz: what counts as a fault. That no file is one is for `make fuzz`, which takes hours."""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "fuzz"
CREATE = "reference/books/create.yaml"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, which keeps what it finds in a folder of the test."""
    loader = SourceFileLoader("fuzz", str(TOOL))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, loader.name, module)  # its dataclasses look themselves up
    monkeypatch.setattr(sys, "path", [*sys.path])
    usual, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = usual
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


def test_a_file_that_is_cheap_is_no_fault(tool: ModuleType, tmp_path: Path) -> None:
    target = tool.Target("some", tmp_path / "guide")
    target.try_one(CREATE, b"~", whole=True)
    assert (target.run.inputs, target.run.checked, target.run.again, target.run.faults) == (1, 1, 0, [])


def test_what_was_over_a_limit_once_is_no_fault_if_it_is_cheap_alone(
    tool: ModuleType, tmp_path: Path
) -> None:
    target = tool.Target("some", tmp_path / "guide")
    target.clock = count(step=2 * tool.SECONDS).__next__  # the machine was busy with something else
    target.try_one(CREATE, b"~", whole=True)
    assert (target.run.again, target.run.faults) == (1, [])
    assert 0 < target.run.slowest < tool.SECONDS


def test_what_is_over_a_limit_alone_too_is_a_fault_and_is_kept(tool: ModuleType, tmp_path: Path) -> None:
    target = tool.Target("some", tmp_path / "guide", slower=0)
    target.try_one(CREATE, b"~", whole=True)
    assert target.run.again == 1
    (fault,) = target.run.faults
    assert fault.startswith(f"{CREATE}: OverLimitError: 0.")
    assert [path.read_bytes() for path in tmp_path.glob("fault-*-create.yaml")] == [b"~"]
