"""What a part states, and the one module that knows how pydantic keeps it."""

import re
from pathlib import Path

import apiguide
from apiguide.model import Field


def test_a_part_states_what_it_was_made_with() -> None:
    field = Field.model_validate({"type": "string", "description": None})
    assert field.stated == {"type", "description"}
    assert dict(field.stated_values()) == {"type": ("string",), "description": None}


def test_a_part_is_replaced_by_one_that_states_more() -> None:
    field = Field.model_validate({"type": "string"})
    other = field.replace(unit="MB", type=None)
    assert (other.unit, other.type, other.stated) == ("MB", None, {"type", "unit"})
    assert (field.unit, field.stated) == (None, {"type"})


def test_one_module_knows_how_pydantic_keeps_what_is_stated() -> None:
    package = Path(apiguide.__file__).parent
    own = re.compile(r"__pydantic|model_fields_set|model_copy|model_construct")
    having = {path for path in package.rglob("*.py") if own.search(path.read_text("utf-8"))}
    assert having == {package / "model" / "part.py"}
