from collections.abc import Callable

import pytest

from apiguide.problems import Severity

GET = "books/get.yaml"


@pytest.mark.parametrize(
    ("path", "says", "remedy"),
    [
        ("https://library.test/v1/books/:id", "has a host", "write `/v1/books/:id`"),
        ("http://library.test", "has a host", "write `/`"),
        ("api.library.test:8080/books/:id", "has a host", "write `/books/:id`"),
        ("{{base_url}}/books/:id", "has a host", "write `/books/:id`"),
        ("v1.0/books/:id", "does not begin with /", "write `/v1.0/books/:id`"),
        ("books/:id", "does not begin with /", "write `/books/:id`"),
        ("https://api.library.test/v1/books/:id", "has a host", "write `/v1/books/:id`"),
        ("https://api.library.test/books/{id}", "has a host", "guide.yaml, under `servers`"),
        ("https://api.library.test", "has a host", "write `/`"),
        ("/books/:id?short=1", "has a query", "declare what comes after the `?` under `parameters.query`"),
        ("/books/{id}", "has a placeholder in brackets", "write `/books/:id`"),
        ("/books/<id>", "has a placeholder in brackets", "write `/books/:id`"),
        ("/books/:id.xml", "ends with .xml", "leave it out: it comes with each format"),
        ("/books//:id", "has an empty segment", "write one / between two segments"),
        ("/books/:id/:1", "has a placeholder without a name", "write `:name`, which begins with a letter"),
        ("/books/:id/:id", "has the same placeholder twice", "give each a name of its own"),
        ("/bücher/:id", "has `ü` in it", "percent-encode it, or delete it"),
        ("/books/[1-9]/:id", "has `[` `]` in it", "percent-encode it, or delete it"),
        ("/my books/:id", "has U+0020 in it", "percent-encode it, or delete it"),
        ('/books/:id\\n"', "has U+000A", "percent-encode it, or delete it"),
        ("/books/:id#top", "has `#` in it", "percent-encode it, or delete it"),
        ("/books/:id`id`", "has ``` in it", "percent-encode it, or delete it"),
    ],
)
def test_a_path_is_one_that_curl_takes_as_it_stands(
    path: str, says: str, remedy: str, problems: Callable[..., list[object]]
) -> None:
    quoted = path if path.endswith('"') else f'{path}"'
    found = problems({GET: ("path: /books/:id", f'path: "{quoted}')})
    (problem,) = [each for each in found if getattr(each, "code", "") == "bad-path"]
    assert says in problem.message  # type: ignore[attr-defined]
    assert remedy in problem.hint  # type: ignore[attr-defined]
    assert problem.where[1:3] == (3, 7)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path", ["/books/:id", "/books/:id/at/12:30", "/b(oo)ks,:id/a~b", "/b%20ks/:id", "/:id"]
)
def test_a_path_may_have_what_the_standard_allows(path: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("path: /books/:id", f'path: "{path}"\nsafe: true')}) == []


@pytest.mark.parametrize(
    "path", ["/books/:id:cancel", "/books:purge/:id", "/books::id", "/books/:id/at/a:b:c"]
)
def test_a_colon_after_a_letter_or_a_digit_begins_no_placeholder(
    path: str, codes: Callable[..., list[str]]
) -> None:
    assert codes({GET: ("path: /books/:id", f'path: "{path}"\nsafe: true')}) == []


def test_a_parameter_whose_name_stands_after_such_a_colon_is_told_what_to_write(
    finds: Callable[..., None],
) -> None:
    edit = "parameters: {path: {«shelf»: {type: string, description: Where it stands., example: a}}}"
    files = {GET: ("path: /books/:id", f"path: /books/:id/in:shelf\nsafe: true\n{edit}")}
    finds("parameter-without-placeholder", "write `/:shelf`", files)


def test_whether_a_get_of_an_action_after_a_colon_is_safe_is_asked(finds: Callable[..., None]) -> None:
    files = {GET: ("path: /books/:id", "path: «/books/:id:export»")}
    finds("safe-not-said", "write `safe: true`", files, severity=Severity.WARNING)


def test_a_former_path_is_a_path_too(finds: Callable[..., None]) -> None:
    edit = ("", 'changes: [{release: "1.1", before: {path: «"/books/{id}"»}}]\n')
    finds("bad-path", "write `/books/:id`", {GET: edit})
