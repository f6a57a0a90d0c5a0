from collections.abc import Callable

import pytest

from apiguide.problems import Severity

GUIDE, BOOKS, CREATE = "guide.yaml", "books/resource.yaml", "books/create.yaml"
PROMISE = 'compatible_since: "1.0"\n'
EXCEPTION = 'exceptions: [{at: %s, release: "%s", reason: Nobody read it.}]\n'
# A field that responses of 2.0 no longer have.
SHELF = '«shelf»: {type: string, description: Its place., example: A, removed: "2.0"}'
GONE = ("      id: {", f"      {SHELF}\n      id: {{")


def test_a_break_without_an_exception_is_an_error(finds: Callable[..., None]) -> None:
    finds(
        "breaks-promise",
        'add `{at: objects.book.shelf, release: "2.0", reason: …}` to `exceptions`',
        {BOOKS: GONE, GUIDE: ("", PROMISE)},
        says="release 2.0 breaks clients of 1.1: field `shelf` of `book` is gone",
    )


BEFORE = '{release: "2.0", before: {type: [integer, string]}}'
NARROWER = f"{{type: integer, description: Its number., example: 12, changes: [{BEFORE}]}}"


@pytest.mark.parametrize(
    "files",
    [
        {BOOKS: ("id: {type: integer, description: Number of the book., example: 12}", f"«id»: {NARROWER}")},
        {"books/get.yaml": ("", f"parameters: {{path: {{«id»: {NARROWER}}}}}\n")},
    ],
    ids=["of the resource", "of the endpoint"],
)
def test_a_break_of_a_path_parameter_stands_where_that_is_declared(
    files: dict[str, tuple[str, str]], finds: Callable[..., None]
) -> None:
    remedy = "add `{at: books/get#path-id, "
    finds("breaks-promise", remedy, {**files, GUIDE: ("", PROMISE)})


@pytest.mark.parametrize("at", ["objects.book.shelf", "objects.book"])
def test_a_break_that_is_owned_up_to_is_none(at: str, codes: Callable[..., list[str]]) -> None:
    assert codes({BOOKS: GONE, GUIDE: ("", PROMISE + EXCEPTION % (at, "2.0"))}) == []


def test_an_exception_is_for_one_release(codes: Callable[..., list[str]]) -> None:
    files = {BOOKS: GONE, GUIDE: ("", PROMISE + EXCEPTION % ("objects.book.shelf", "1.1"))}
    assert sorted(codes(files)) == ["breaks-promise", "needless-exception"]


@pytest.mark.parametrize(
    ("promise", "found"),
    [(PROMISE, ["breaks-promise"]), (PROMISE.replace("1.0", "2.0"), []), ("", [])],
)
def test_only_what_has_been_promised_can_be_broken(
    promise: str, found: list[str], codes: Callable[..., list[str]]
) -> None:
    assert codes({BOOKS: GONE, GUIDE: ("", promise)}) == found


def test_an_exception_for_what_breaks_nothing_is_needless(finds: Callable[..., None]) -> None:
    finds(
        "needless-exception",
        "delete it",
        {GUIDE: ("", PROMISE + EXCEPTION % ("«objects.book.title»", "1.1"))},
        severity=Severity.WARNING,
    )


def test_what_is_only_documented_later_breaks_nothing(codes: Callable[..., list[str]]) -> None:
    required = "title: {required: true}"
    edit = (required, f'{required}, id: {{required: true, documented_since: "2.0"}}')
    assert codes({CREATE: edit, GUIDE: ("", PROMISE)}) == []


def test_an_error_of_another_kind_hides_no_break(codes: Callable[..., list[str]]) -> None:
    wrong = GONE[1].replace("example: A", "example: [A]")
    assert sorted(codes({BOOKS: (GONE[0], wrong), GUIDE: ("", PROMISE)})) == ["breaks-promise", "wrong-kind"]
