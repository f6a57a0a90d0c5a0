"""What deprecated parts name to be used instead is there."""

from collections.abc import Callable

import pytest

CREATE, GET, BOOKS = "books/create.yaml", "books/get.yaml", "books/resource.yaml"
SOME = "description: Some number., example: 1"


def parameters(use: str, location: str = "query") -> dict[str, tuple[str, str]]:
    old = f'vpc_id: {{type: integer, {SOME}, deprecated: {{since: "1.1", use: {use}}}}}'
    other = f"vpc_uuid: {{type: integer, {SOME}}}"
    return {CREATE: ("  body:\n", f"  {location}: {{{old}, {other}}}\n  body:\n")}


@pytest.mark.parametrize("location", ["query", "header"])
def test_a_parameter_to_use_instead_is_there(location: str, finds: Callable[..., None]) -> None:
    says = "there is no field `vpc_uid` to use instead"
    finds("unknown-field", "did you mean `vpc_uuid`?", parameters("«vpc_uid»", location), says=says)


def test_what_is_like_none_is_told_what_to_write(finds: Callable[..., None]) -> None:
    finds("unknown-field", "name a field beside it", parameters("«shelf»"))


def test_a_field_is_not_used_instead_of_itself(finds: Callable[..., None]) -> None:
    finds("unknown-field", "did you mean `vpc_uuid`?", parameters("«vpc_id»"))


@pytest.mark.parametrize(
    "use", ["vpc_uuid", "book", "book.title", "books/get", "books", "the other one", "'*'"]
)
def test_a_field_an_endpoint_or_words_can_be_used_instead(use: str, codes: Callable[..., list[str]]) -> None:
    assert codes(parameters(use)) == []


def test_a_field_of_an_object_is_used_instead_of_one_beside_it(finds: Callable[..., None]) -> None:
    old = f'      isbn: {{type: integer, {SOME}, deprecated: {{since: "1.1", use: {{}}}}}}\n      title: {{'
    finds(
        "unknown-field", "did you mean `title`?", {BOOKS: ("      title: {", old.replace("{}", "«titel»", 1))}
    )


def test_an_inherited_field_may_be_used_instead(codes: Callable[..., list[str]]) -> None:
    fields = f'{{isbn: {{type: integer, {SOME}, deprecated: {{since: "1.1", use: title}}}}}}'
    assert codes({CREATE: ("{title: {required: true}}", fields)}) == []


@pytest.mark.parametrize(
    ("use", "remedy"),
    [("bookz", "did you mean `books`?"), ("shelf", "write `RESOURCE/ENDPOINT`, or a sentence")],
)
def test_an_endpoint_to_use_instead_of_another_is_there(
    use: str, remedy: str, finds: Callable[..., None]
) -> None:
    edit = ("path:", f'deprecated: {{since: "1.1", use: «{use}»}}\npath:')
    finds("unknown-endpoint", remedy, {GET: edit}, says=f"there is no endpoint `{use}`")


def test_a_part_of_a_page_to_use_instead_is_there(
    finds: Callable[..., None], codes: Callable[..., list[str]]
) -> None:
    remedy = "did you mean `body-book-title`?"
    finds("dead-reference", remedy, parameters("«books/create#body-book-titel»"), says="leads nowhere")
    assert codes(parameters("books/create#body-book-title")) == []
