"""Writes an answer into the file of an endpoint, as an example; all else in the file stays as it is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from apiguide.examples.values import Values
from apiguide.formatting import Unchangeable, formatted
from apiguide.mock.bodies import Number
from apiguide.model import Endpoint, Field
from apiguide.problems import ProblemsError
from apiguide.validation import parsed
from apiguide.view import GuideView

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_ .@/-]*\Z")
_NOT_TEXTS = ("null", "true", "false", "yes", "no", "on", "off", "~")


class CannotWriteError(Exception):
    """Why an example cannot be put into a file."""


def with_answer(data: bytes, path: str, status: str, value: Any) -> bytes:
    """The bytes of an endpoint's file with an answer as its example.

    Lines end as they did, and a file with canonical formatting keeps it. Raises CannotWriteError.
    """
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(bom).decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    try:
        changed = with_example(text.replace("\r\n", "\n"), status, value)
        new = bom + changed.replace("\n", end).encode()
        return formatted(new, path, Endpoint) if formatted(data, path, Endpoint) == data else new
    except (yaml.YAMLError, ProblemsError, Unchangeable):
        raise CannotWriteError(f"{path} is laid out in a way that cannot be added to") from None


def check_fits(view: GuideView, data: bytes, path: str, status: str, body: Field) -> None:
    """Raises CannotWriteError unless a check would have nothing to say of the answer in a file."""
    endpoint = parsed(Endpoint, path, data).part
    responses = endpoint.examples[0].responses if endpoint is not None and endpoint.examples else {}
    if status not in responses:
        raise CannotWriteError(f"{path} is laid out in a way that cannot be added to")
    values = Values(view)
    values.of(body, responses[status], name="body")
    for problem in values.problems:
        raise CannotWriteError(
            f"the answer is not what the guide documents ({problem.message}): `apiguide verify` tells more"
        )


def with_example(text: str, status: str, value: Any) -> str:
    """The text of an endpoint's file whose first example states a response.

    Raises CannotWriteError for a file that is laid out in a way that cannot be added to.
    """
    root = yaml.compose(text, yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CannotWriteError("the file is no block mapping")
    examples = _value(root, "examples")
    if examples is None:
        block = "\n".join(["examples:", "  - responses:", f"      {status}:", *_block(value, 8)])
        return f"{text.rstrip()}\n{block}\n"
    if not isinstance(examples, yaml.SequenceNode) or not examples.value:
        raise CannotWriteError("`examples` is no list with an example in it")
    first = examples.value[0]
    if not isinstance(first, yaml.MappingNode):
        raise CannotWriteError("the first example is no mapping")
    if first.flow_style:
        return _in_flow(text, first, status, value)
    return _in_block(text, first, status, value)


def _in_block(text: str, first: yaml.MappingNode, status: str, value: Any) -> str:
    column = first.start_mark.column
    responses = _value(first, "responses")
    if responses is None:
        last = first.value[-1][1]
        lines = [f"{' ' * column}responses:", f"{' ' * (column + 2)}{status}:", *_block(value, column + 4)]
        return _after(text, last, lines)
    if not isinstance(responses, yaml.MappingNode):
        raise CannotWriteError("`responses` of the first example is no mapping")
    if responses.flow_style:
        return _in_flow(text, responses, status, value, of_responses=True)
    inner = responses.start_mark.column
    lines = [f"{' ' * inner}{status}:", *_block(value, inner + 2)]
    for key, held in responses.value:
        if key.value == status:
            start = text.rfind("\n", 0, key.start_mark.index) + 1
            end = _end(text, held)
            return text[:start] + "\n".join(lines) + "\n" + text[end:]
    return _after(text, responses.value[-1][1], lines)


def _in_flow(
    text: str, node: yaml.MappingNode, status: str, value: Any, *, of_responses: bool = False
) -> str:
    answer = _flow(value)
    responses = node if of_responses else _value(node, "responses")
    if responses is None:
        entry = f"responses: {{{status}: {answer}}}"
        return _into(text, node, entry)
    if not isinstance(responses, yaml.MappingNode):
        raise CannotWriteError("`responses` of the first example is no mapping")
    for key, held in responses.value:
        if key.value == status:
            return text[: held.start_mark.index] + answer + text[held.end_mark.index :]
    return _into(text, responses, f"{status}: {answer}")


def _into(text: str, node: yaml.MappingNode, entry: str) -> str:
    """The text with one more entry in a mapping in braces."""
    end = node.end_mark.index - 1
    before = text[:end].rstrip()
    return before + ("" if before[-1] == "{" else " " if before[-1] == "," else ", ") + entry + text[end:]


def _after(text: str, node: Any, lines: list[str]) -> str:
    end = _end(text, node)
    return text[:end].rstrip("\n") + "\n" + "\n".join(lines) + "\n" + text[end:]


def _end(text: str, node: Any) -> int:
    """Where the line ends on which a node does: to the parser, comments after a block are part of it."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    at = node.end_mark.index
    if node.end_mark.column == 0 and at > node.start_mark.index:
        return int(at)
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _value(node: yaml.MappingNode, name: str) -> Any:
    return next((held for key, held in node.value if key.value == name), None)


def _block(value: Any, indent: int) -> Iterator[str]:
    """A value in lines of its own."""
    space = " " * indent
    if isinstance(value, Mapping) and value:
        for key, each in value.items():
            if isinstance(each, Mapping | list) and each:
                yield f"{space}{_scalar(str(key))}:"
                yield from _block(each, indent + 2)
            else:
                yield f"{space}{_scalar(str(key))}: {_flow(each)}"
    elif isinstance(value, list) and value:
        for each in value:
            lines = [*_block(each, indent + 2)]
            yield f"{space}- {lines[0].lstrip()}"
            yield from lines[1:]
    else:
        yield f"{space}{_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(str(key))}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, Number) else _scalar(value)


def _scalar(text: str) -> str:
    is_plain = _PLAIN.match(text) and text.lower() not in _NOT_TEXTS and not text.endswith(" ")
    return text if is_plain else json.dumps(text, ensure_ascii=False)
