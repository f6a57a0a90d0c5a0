from collections.abc import Callable

import pytest

from apiguide.problems import Severity

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"

# A text of each kind, with a place for what is wrong in it.
TEXTS = {
    "the guide": (GUIDE, ("title: City", "description: '{}'\ntitle: City")),
    "a resource": (BOOKS, ("What the library lends.", "'{}'")),
    "a call": (GET, ("Gives a book.", "'{}'")),
    "a field": (BOOKS, ("Title as on the cover.", "'{}'")),
    "a note": (GET, ("", "notes: [{{warning: '{}'}}]\n")),
    "a note of a method": (GUIDE, ("Reads.}", "Reads., notes: [{{info: '{}'}}]}}")),
    "a deprecation": (GET, ("", "deprecated: {{since: '1.1', note: '{}'}}\n")),
    "a change": (GET, ("", "changes: [{{release: '1.1', note: '{}'}}]\n")),
    "a status": (GUIDE, ("It is not there.", "'{}'")),
    "an exception": (GUIDE, ("", "exceptions: [{{at: books/get, release: '1.1', reason: '{}'}}]\n")),
    "an allowed value": (
        CREATE,
        (
            "  body:\n",
            "  query: {{q: {{description: Q., enum: [{{value: a, description: '{}'}}]}}}}\n  body:\n",
        ),
    ),
    "a permission": (GET, ("", "permissions: [{{value: a, description: '{}'}}]\n")),
    "an example": (GET, ("", "examples: [{{title: One, description: '{}'}}]\n")),
    "a former state": (GET, ("", "changes: [{{release: '1.1', before: {{description: '{}'}}}}]\n")),
    "an object": (BOOKS, ("  book:\n", "  book:\n    description: '{}'\n")),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_link_to_no_page_is_named_where_it_stands(text: str, finds: Callable[..., None]) -> None:
    file, (old, new) = TEXTS[text]
    edit = (old, new.format("See [it](«ref:books/gte»)."))
    finds("dead-reference", "did you mean `books/get`?", {file: edit}, says="`ref:books/gte` leads nowhere")


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("ref:xyz", "write `ref:RESOURCE` or `ref:RESOURCE/ENDPOINT`"),
        ("ref:book", "did you mean `books`?"),
        ("ref:books/get#response-titel", "did you mean `response-title`?"),
        ("ref:books#xyz", "copy the address of a row on that page"),
        ("ref:books#object-bok", "did you mean `object-book`?"),
    ],
)
def test_a_dead_link_comes_with_a_remedy(target: str, remedy: str, finds: Callable[..., None]) -> None:
    finds("dead-reference", remedy, {GET: ("Gives a book.", f'"See [it](«{target}»)."')})


def test_a_dead_link_is_named_in_its_own_line(finds: Callable[..., None]) -> None:
    text = "description: |\n  Gives a book.\n\n  See [one](ref:books/create)\n  and [it](«ref:books/gte»).\n"
    finds("dead-reference", "did you mean", {GET: ("description: Gives a book.\n", text)})


@pytest.mark.parametrize(
    "target",
    [
        "books",
        "books/create",
        "books/get#response-title",
        "books/create#body-book-title",
        "books#object-book-id",
    ],
)
def test_a_link_may_lead_to_any_part_of_the_reference(target: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("Gives a book.", f'"See [it](ref:{target})."')}) == []


def test_a_link_may_lead_to_what_only_some_releases_have(codes: Callable[..., list[str]]) -> None:
    files = {
        BOOKS: ("example: Emma", 'example: Emma, removed: "1.1"'),
        CREATE: ("fields: {title: {required: true}}", "fields: {title: {}}"),
        GET: ("Gives a book.", '"See [it](ref:books/create#body-book-title)."'),
    }
    assert codes(files) == []


@pytest.mark.parametrize(("number", "found"), [(3, []), (4, ["too-many-links"])])
def test_links_are_looked_for_in_so_many_characters_of_a_file(
    number: int, found: list[str], codes: Callable[..., list[str]]
) -> None:
    words = " ".join(f"word{index}" for index in range(800))
    notes = (f"  - info: '{index} [Books](ref:books) {words}'\n" for index in range(number))
    assert codes({GET: ("", f"notes:\n{''.join(notes)}")}) == found


def test_a_link_without_a_target_is_refused(finds: Callable[..., None]) -> None:
    finds("relative-link", "or the whole address", {GET: ("Gives a book.", "«'Gives [it]().'»")})


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("books/create", "write `ref:books/create`"),
        ("../create/", "write `ref:RESOURCE/ENDPOINT`, or the whole address"),
        ("#response-title", "write `ref:RESOURCE/ENDPOINT`"),
        ("//other.test/x", "or the whole address"),
        ("library.test", "or the whole address"),
    ],
)
def test_a_relative_link_is_refused(target: str, remedy: str, finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", f'"See [it](«{target}»)."')
    finds("relative-link", remedy, {GET: edit}, says="the text is shown on several pages")


@pytest.mark.parametrize("target", ["https://library.test/x", "HTTP://library.test", "mailto:a@library.test"])
def test_a_link_may_lead_out(target: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("Gives a book.", f'"See [it]({target})."')}) == []


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_a_link_that_is_dropped_is_said(target: str, finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", f'"See «[it]»({target})."')
    remedy = "begin its address with https, mailto or `ref:`"
    finds("dropped-link", remedy, {GET: edit}, severity=Severity.WARNING)


def test_an_image_that_is_dropped_is_said(finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", '"See !«[it]»(https://library.test/x.png)."')
    finds("dropped-image", "put it into a page of docs/", {GET: edit}, severity=Severity.WARNING)


def test_a_text_too_deep_for_markdown_is_said(finds: Callable[..., None]) -> None:
    lists = r"\n".join(f"{'    ' * n}- a" for n in range(30))
    remedy = "use fewer brackets, and fewer lists inside lists"
    edit = ("Gives a book.", f'«"{lists}"»')
    finds("unread-markup", remedy, {GET: edit}, severity=Severity.WARNING)
