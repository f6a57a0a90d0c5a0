"""An example is put into a file, in which all else stays as it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.mock.bodies import Number
from apiguide.model import Endpoint
from apiguide.validation import parsed
from apiguide.verify.writing import CannotWriteError, with_answer, with_example
from apiguide.yaml_source import Map, Seq, Text

HEAD = "title: Get # the title\nmethod: GET\npath: /books\n"
BOOK = {"id": Number("7"), "title": "It's: a #1", "tags": ["a", "b"], "author": {"name": None}, "lent": True}
BLOCK = """\
id: 7
title: "It's: a #1"
tags:
  - a
  - b
author:
  name: null
lent: true
"""
FLOW = """{id: 7, title: "It's: a #1", tags: [a, b], author: {name: null}, lent: true}"""


def block(spaces: int) -> str:
    return "".join(f"{' ' * spaces}{line}\n" for line in BLOCK.splitlines())


CASES = {
    "no examples": (HEAD, f"{HEAD}examples:\n  - responses:\n      200:\n{block(8)}"),
    "no end of the last line": (HEAD.rstrip(), f"{HEAD}examples:\n  - responses:\n      200:\n{block(8)}"),
    "an example without responses": (
        "examples:\n  # The first.\n  - title: A # one\n  # Between.\n  - title: B\ndescription: D # after\n",
        "examples:\n  # The first.\n  - title: A # one\n    responses:\n      200:\n"
        f"{block(8)}  # Between.\n  - title: B\ndescription: D # after\n",
    ),
    "another status": (
        "examples:\n  - responses:\n      404: {errors: [a]} # not found\n    title: A\ndescription: D\n",
        f"examples:\n  - responses:\n      404: {{errors: [a]}} # not found\n      200:\n{block(8)}"
        "    title: A\ndescription: D\n",
    ),
    "the same status": (
        "examples:\n- responses:\n    200:\n      id: 1\n      # Old.\n    404: {a: b}\n  title: A\n",
        f"examples:\n- responses:\n    200:\n{block(6)}      # Old.\n    404: {{a: b}}\n  title: A\n",
    ),
    "in braces, without responses": (
        "examples: # all\n  - {title: A} # one\n  - {title: B}\n",
        f"examples: # all\n  - {{title: A, responses: {{200: {FLOW}}}}} # one\n  - {{title: B}}\n",
    ),
    "in braces, with another status": (
        "examples:\n  - {responses: {404: {}}, title: A}\n",
        f"examples:\n  - {{responses: {{404: {{}}, 200: {FLOW}}}, title: A}}\n",
    ),
    "in braces, with the status": (
        "examples:\n  - {responses: {200: {id: 1}, 404: {}}}\n",
        f"examples:\n  - {{responses: {{200: {FLOW}, 404: {{}}}}}}\n",
    ),
    "responses in braces": (
        "examples:\n  - title: A\n    responses: {404: {}} # here\n",
        f"examples:\n  - title: A\n    responses: {{404: {{}}, 200: {FLOW}}} # here\n",
    ),
    "a list in brackets": (
        "examples: [{title: A, }, {title: B}]\n",
        f"examples: [{{title: A, responses: {{200: {FLOW}}}}}, {{title: B}}]\n",
    ),
    "empty responses": (
        "examples:\n  - responses: {}\n",
        f"examples:\n  - responses: {{200: {FLOW}}}\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_is_put_where_it_belongs(name: str) -> None:
    before, after = CASES[name]
    assert with_example(before, "200", BOOK) == after


@pytest.mark.parametrize(
    "text",
    [
        "{title: A}\n",
        "- a\n",
        "examples: []\n",
        "examples: A\n",
        "examples: [A]\n",
        "examples: [{responses: A}]\n",
    ],
)
def test_what_cannot_be_added_to_is_told(text: str) -> None:
    with pytest.raises(CannotWriteError):
        with_example(text, "200", BOOK)


@pytest.mark.parametrize("text", ["title: [\n", "a: b\na: {{\n", "title: A\n  b: c\n"])
def test_what_is_no_yaml_is_told_with_its_file(text: str) -> None:
    with pytest.raises(CannotWriteError, match=r"^reference/books/get.yaml is laid out"):
        with_answer(text.encode(), "reference/books/get.yaml", "200", BOOK)


def test_line_ends_and_the_mark_of_order_stay() -> None:
    data = b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode()
    new = with_answer(data, "get.yaml", "200", {"id": Number("7")})
    assert new.startswith(data)
    assert new.count(b"\n") == new.count(b"\r\n") == 7


def test_a_file_that_is_laid_out_otherwise_stays_so() -> None:
    odd = "path:   /books\nmethod: GET\ntitle: 'Get'\n"
    assert with_answer(odd.encode(), "get.yaml", "200", {}).decode().startswith(odd)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")))
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers().map(lambda each: Number(str(each))),
        st.sampled_from(["null", "true", "no", "~", "12", "- a", "a: b", "# c", "{", "a ", "2024-01-01"]),
        TEXTS,
    ),
    lambda each: st.one_of(
        st.lists(each, max_size=3),
        st.dictionaries(st.text("abc_", min_size=1), each, max_size=3),
    ),
    max_leaves=12,
)


def plain(node: Any) -> Any:
    """What a node says, in the words of `with_answer`."""
    if isinstance(node, Map):
        return {str(key): plain(each) for key, each in node.items()}
    if isinstance(node, Seq):
        return [plain(each) for each in node]
    assert isinstance(node, Text)
    return None if node.is_null else str(node)


def said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: said(each) for key, each in value.items()}
    if isinstance(value, list):
        return [said(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else value


@given(value=VALUES, before=st.sampled_from(["", *(before for before, _ in [*CASES.values()][2:])]))
def test_what_is_written_is_what_is_read(value: Any, before: str) -> None:
    data = with_answer(f"{HEAD}{before}".encode(), "get.yaml", "200", value)
    endpoint = parsed(Endpoint, "get.yaml", data).part
    assert endpoint is not None
    assert plain(endpoint.examples[0].responses["200"]) == said(value)
