from collections.abc import Callable

import pytest

CREATE, BOOKS, GUIDE = "books/create.yaml", "books/resource.yaml", "guide.yaml"
BODY = "    book: {object: book, fields: {title: {required: true}}}\n"


def parameters(location: str, name: str) -> tuple[str, str]:
    """A parameter of that name in a place of an endpoint that has none there yet."""
    return (
        "  body:\n",
        f"  {location}:\n    «{name}»: {{type: string, description: A., example: a}}\n  body:\n",
    )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("period[start]", "write `period: {fields: {…}}`; the brackets are added when it is sent"),
        ("a[b][c]", "write `a: {fields: {…}}`"),
        ("ids[]", "write `ids: {type: array, items: {…}}`"),
    ],
)
def test_a_name_has_no_brackets(name: str, remedy: str, finds: Callable[..., None]) -> None:
    finds("name-with-brackets", remedy, {CREATE: parameters("query", f'"{name}"')})


def test_a_name_of_brackets_alone_has_nothing_to_write_instead(finds: Callable[..., None]) -> None:
    edit = (BODY, "    «'[]'»: {description: A., example: a}\n")
    finds("bad-name", "begin it with a letter", {CREATE: edit})


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
@pytest.mark.parametrize("name", ["größe", "two words", "имя"])
def test_a_name_is_of_visible_ascii(location: str, name: str, finds: Callable[..., None]) -> None:
    finds("bad-name", "write it in ASCII, without spaces", {CREATE: parameters(location, name)})


@pytest.mark.parametrize("location", ["header", "cookie"])
@pytest.mark.parametrize("name", ["X:Y", "a=b;c", "(x)", '"X"'])
def test_a_header_and_a_cookie_have_a_token_for_a_name(
    location: str, name: str, finds: Callable[..., None]
) -> None:
    finds("bad-name", "use letters, digits, `-` and `_`", {CREATE: parameters(location, f"'{name}'")})


@pytest.mark.parametrize("name", ["1st", "a:b", "-x", "a/b", "<x>", "{{7*7}}"])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CREATE, BODY, "    «'{}'»: {{description: A., example: a}}\n"),
        (
            CREATE,
            "{body: {object: book}}",
            "{{body: {{fields: {{«'{}'»: {{description: A., example: a}}}}}}}}",
        ),
        (BOOKS, "      id: {", "      «'{}'»: {{description: A., example: a}}\n      id: {{"),
        (BOOKS, "  book:\n", "  «'{}'»: {{fields: {{a: {{description: A., example: a}}}}}}\n  book:\n"),
        (BOOKS, "  book:\n", "  book:\n    name: «'{}'»\n"),
        (BOOKS, "  book:\n", "  book:\n    plural: «'{}'»\n"),
        (
            CREATE,
            BODY,
            "    tags: {{type: array, description: A., example: [a], items: {{name: «'{}'»}}}}\n",
        ),
        (CREATE, BODY, "    map: {{type: object, description: A., example: {{«'{}'»: a}}}}\n"),
        (
            CREATE,
            BODY,
            "    list: {{type: array, description: A., items: {{name: i}}, example: [{{«'{}'»: a}}]}}\n",
        ),
        (
            BOOKS,
            "      id: {",
            "      map: {{description: A., fields: {{a: {{description: A., example: a}}}}, "
            "changes: [{{release: '1.1', before: {{fields: {{«'{}'»: {{}}}}}}}}]}}\n      id: {{",
        ),
    ],
    ids=[
        "parameter",
        "field of a response",
        "field of an object",
        "object",
        "name of an object",
        "plural of an object",
        "item",
        "key of a map",
        "key in a list",
        "former field",
    ],
)
def test_what_becomes_an_element_has_a_name_that_xml_allows(
    name: str, file: str, old: str, new: str, finds: Callable[..., None]
) -> None:
    finds(
        "bad-name",
        "begin it with a letter; use letters, digits, `_`, `-` and `.`",
        {file: (old, new.format(name))},
    )


def test_the_keys_of_a_stated_value_become_elements_too(finds: Callable[..., None]) -> None:
    body = (BODY, "    map: {type: object, description: A., example: {a: b}}\n")
    examples = "examples:\n  - {title: One, parameters: {body: {map: {«1st»: a}}}}\n"
    text = f"""\
title: Create book
method: POST
path: /books
description: Adds a book.
parameters: {{body: {{{body[1].strip()}}}}}
responses: {{200: {{body: {{object: book}}}}}}
{examples}"""
    finds("bad-name", "begin it with a letter", {CREATE: text})


def test_json_takes_names_that_xml_does_not(codes: Callable[..., list[str]]) -> None:
    edit = (BODY, "    1st: {description: A., example: a}\nformats: [json]\n")
    assert codes({CREATE: edit}) == []


def test_a_query_takes_names_that_xml_does_not(codes: Callable[..., list[str]]) -> None:
    assert codes({CREATE: ("  body:\n", "  query: {1st: {description: A., example: a}}\n  body:\n")}) == []
