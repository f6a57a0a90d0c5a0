"""Regular expressions of ECMA-262, as JSON Schema has them: whether one is valid, and whether a text matches.

They are tried by the engine that comes with pydantic: whatever the pattern, its time grows only with the
text, while Python's own can be made to run for years. It supports neither look-around nor back references.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

MAX_PATTERN = 500
"""Regular expressions of more characters are not tried."""

_TOKEN = re.compile(
    r"\\k<\w*>|\\c[A-Za-z]|\\.|\(\?(?:<?[=!]|P|>|#|[a-z-]+\))|\[:\w+:\]|\[\^?\]?|.", re.DOTALL
)
_INSTEAD = {
    r"\d": "[0-9]",  # of ASCII, as in ECMA-262; those of Unicode take a thousand times the space
    r"\D": "[^0-9]",
    r"\w": "[0-9A-Za-z_]",
    r"\W": "[^0-9A-Za-z_]",
    r"\0": r"\x00",
    "[]": r"[^\s\S]",
    "[^]": r"[\s\S]",
}
"""How the engine writes what ECMA-262 writes otherwise."""

_ANCHOR = "write `^…$` for the whole text"
_FOREIGN = {
    r"\A": _ANCHOR,
    r"\Z": _ANCHOR,
    r"\z": _ANCHOR,
    "(?P": "write `(?<name>…)`",
    "(?>": "write `(?:…)`",
    "(?#": "delete the comment",
}
"""What other languages have and ECMA-262 does not, with what to write instead."""


@dataclass(frozen=True)
class Fault:
    """Why a pattern cannot be tried."""

    why: str
    hint: str
    is_valid: bool = False
    """Whether it is a regular expression of ECMA-262 all the same."""


@lru_cache(maxsize=1024)
def fault(pattern: str) -> Fault | None:
    """What is wrong with a pattern, if anything is."""
    if len(pattern) > MAX_PATTERN:
        return _untried(f"it has more than {MAX_PATTERN} characters")
    made, unsupported = _translated(pattern)
    if isinstance(made, Fault):
        return made
    try:
        _matcher(made)
    except SchemaError as error:
        reported = str(error)
        if "size limit" in reported:
            return _untried("it has too many repetitions")
        why = re.search("error: (.*)", reported)
        return Fault(
            why[1] if why else "it cannot be read", "put `\\` before a character that is meant literally"
        )
    return _untried(f"{unsupported} cannot be tried") if unsupported else None


def _untried(why: str) -> Fault:
    return Fault(why, "write a simpler one, or make sure that the examples match", is_valid=True)


def matches(pattern: str, text: str) -> bool:
    """Whether a text contains what a pattern describes; true where that cannot be tried."""
    if fault(pattern) is not None:
        return True
    made, _ = _translated(pattern)
    try:
        _matcher(str(made)).validate_python(str(text))
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=256)
def _matcher(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))


@lru_cache(maxsize=256)
def _translated(pattern: str) -> tuple[str | Fault, str]:
    """The pattern as the engine writes it, and what of it the engine does not support and so is left out."""
    made: list[str] = []
    unsupported, in_class = "", False
    for token in _TOKEN.findall(pattern):
        foreign = _foreign(token, in_class=in_class)
        if foreign is not None:
            return Fault(f"`{token}` is not part of ECMA-262", foreign), ""
        if token[:2] == "\\c" and len(token) == 3:
            made.append(f"\\x{ord(token[2]) % 32:02x}")
        elif in_class:
            made.append(f"\\{token}" if token[0] in "[&~" else r"\x08" if token == r"\b" else _plain(token))
            in_class = token[0] == "\\" or token[-1] != "]"
        elif re.match(r"\(\?<?[=!]", token):
            made.append("(?:")
            unsupported = "look-around"
        elif re.match(r"\\(?:k<|[1-9])", token):
            made.append("(?:)")
            unsupported = "a back reference"
        else:
            made.append(_plain(token))
            in_class = token in ("[", "[^")
    return "".join(made), unsupported


def _plain(token: str) -> str:
    return _INSTEAD.get(token, token)


def _foreign(token: str, *, in_class: bool) -> str | None:
    """What to write instead of what other languages have and ECMA-262 does not."""
    if in_class:
        is_named = token[:2] == "[:"
        return (
            "write a class such as `[A-Za-z]`"
            if is_named
            else _FOREIGN.get(token)
            if token[0] == "\\"
            else None
        )
    if re.fullmatch(r"\(\?[a-z-]+\)", token):
        return "write `[Aa]` for a letter in either case"
    return _FOREIGN.get(token)
