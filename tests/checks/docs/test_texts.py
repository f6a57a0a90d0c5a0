from collections.abc import Callable

import pytest

from apiguide.problems import Problem, Severity

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
    words = " ".join(f"word{index}" for index in range(3_400))
    notes = (f"  - info: '{index} [Books](ref:books) {words}'\n" for index in range(number))
    assert codes({GET: ("", f"notes:\n{''.join(notes)}")}) == found


@pytest.mark.parametrize("link", ["[a *book*]()", "[a *book*](<>)"])
def test_a_link_without_an_address_is_said(link: str, problems: Callable[..., list[Problem]]) -> None:
    (problem,) = problems({GET: ("Gives a book.", f"'Gives {link}.'")})
    assert (problem.code, problem.severity) == ("empty-link", Severity.WARNING)
    assert problem.message == "the link `a book` has no address"
    assert problem.hint == "write one, or the words alone"


def test_a_link_without_an_address_is_named_where_it_stands(finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", "'Gives `[a]()` and «[a]()».'")
    finds("empty-link", "write one", {GET: edit}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("books/create", "write `ref:books/create`"),
        ("../create/", "write `ref:RESOURCE/ENDPOINT`, or the whole address"),
        ("#response-title", "write `ref:RESOURCE/ENDPOINT`"),
        ("//other.test/x", "or the whole address"),
        ("/docs/api/#filters", "in guide.yaml what such links are relative to, as `links_base`"),
        ("/books/create", "write `ref:books/create`"),
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
    ("target", "found"),
    [("/docs/api/#filters", []), ("//other.test/x", ["relative-link"]), ("docs/api", ["relative-link"])],
)
def test_a_guide_says_what_root_relative_links_are_relative_to(
    target: str, found: list[str], codes: Callable[..., list[str]]
) -> None:
    files = {
        GUIDE: ("", "links_base: https://www.library.test\n"),
        GET: ("Gives a book.", f'"See [it]({target})."'),
    }
    assert codes(files) == found


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_a_link_that_is_dropped_is_said(target: str, finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", f'"See [it](«{target}»)."')
    remedy = "begin its address with https, mailto or `ref:`"
    finds("dropped-link", remedy, {GET: edit}, severity=Severity.WARNING)


def test_a_name_between_angle_brackets_is_no_link_that_is_dropped(codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("Gives a book.", '"Sends a <soap:Envelope> with an <id>."')}) == []


def test_an_image_that_is_dropped_is_said(finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", '"See «![it]»(https://library.test/x.png)."')
    finds("dropped-image", "put it into a page of docs/", {GET: edit}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("html", "remedy"),
    [
        ("a«<br>»b", "leave a line empty, or end the line with `\\`"),
        ("«<b>»a</b> <b>c</b>", "write `**bold**`"),
        ("`<b>` «<b>»a</b>", "write `**bold**`"),
        ("«<EM class='x'>»a</EM>", "write `*italic*`"),
        ("«<a href='https://x.test/_a_'>»a</a>", "write `[words](address)`"),
        ("«<ul>»", "begin each item with"),
        ("«<h2>»a</h2>", "write `### Heading`"),
        ("«<script>»a</script>", "put it between backticks if it is meant to be shown"),
        ("«<!-- later -->»", "a comment of the file begins with `#`"),
    ],
)
def test_html_is_said(html: str, remedy: str, finds: Callable[..., None]) -> None:
    files = {GET: ("description: Gives a book.", f"description: |\n  Lends novels.\n\n  {html}")}
    finds("raw-html", remedy, files, says="shown as typed: texts have no HTML", severity=Severity.WARNING)


def test_html_is_found_in_quotes(finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", "'Gives «<b class=\"x\" title=''y''>»a</b>.'")
    finds("raw-html", "write `**bold**`", {GET: edit}, severity=Severity.WARNING)
    edit = ("Gives a book.", '"Gives «<b class=\\"x\\">»a</b>."')
    finds("raw-html", "write `**bold**`", {GET: edit}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("«!!! note»\n      Read.", "write it under `notes`"),
        ('«??? tip» "More"\n      Read.', "write it under `notes`"),
        ("> «[!NOTE]»\n  > Read.", "write it under `notes`"),
        ('«=== "XML"»\n\n      a', "on a page of docs/"),
        ("`~~a~~` «~~a *b*~~»", "delete what no longer holds"),
        ("[a](ref:books)«{ .button #b }»", "delete it"),
        ("`a`«{.python}»", "delete it"),
        ("A book.«{: .lead }»".replace("«{:", " «{:"), "delete it"),
        ("It costs.[^1]\n\n  «[^1]:» At times.", "write it in parentheses"),
        ("It costs.«[^1]»\n\n  [^1]: sometimes", "write it in parentheses"),
        ("- «[ ]» a\n  - b", "delete it"),
        ("1. a\n  2. «[x]» b", "delete it"),
        ("See «[it](ref:books get)».", "write them as `%20`"),
        ("See «[it](https://x.test/a b)».", "write them as `%20`"),
    ],
)
def test_markup_that_is_not_commonmark_is_said(text: str, remedy: str, finds: Callable[..., None]) -> None:
    files = {GET: ("description: Gives a book.", f"description: |\n  Lends novels.\n\n  {text}")}
    finds("unread-markup", remedy, files, says="is shown as typed", severity=Severity.WARNING)


@pytest.mark.parametrize(
    "text",
    [
        "Really!!! note this",
        'a == b === "c"',
        "about ~5 ~~ or ~6, ~~~",
        "a path such as /books/{id}, {{ .Name }}, {.items} or { id }",
        "the array a[0](first, then) and must match [^/]+",
        "The map {a=b} holds <T> and List<String>; 1 < b > 2",
        "[ ] is empty",
        "`<br>` `!!! note` `~~x~~` `{ .a }`",
        "```\n  <br> ~~x~~\n  !!! note\n  ```",
        "| a | b |\n  |---|--:|\n  | 1 | 2 |",
    ],
)
def test_words_that_are_no_markup_are_left_alone(text: str, codes: Callable[..., list[str]]) -> None:
    files = {GET: ("description: Gives a book.", f"description: |\n  Lends novels.\n\n  {text}")}
    assert codes(files) == []


def test_a_finding_is_named_in_its_own_cell(finds: Callable[..., None]) -> None:
    table = "| a | b |\n  |---|---|\n  | `<br>` | «<br>» |\n"
    files = {GET: ("description: Gives a book.\n", f"description: |\n  Lends novels.\n\n  {table}")}
    finds("raw-html", "leave a line empty", files, severity=Severity.WARNING)


@pytest.mark.parametrize(
    "text",
    [
        r"\n".join(f"{'  ' * n}- a" for n in range(60)),
        r"\n".join(f"{'    ' * n}- a" for n in range(60)),
        "> " * 120 + "a",
        "- " * 60 + "a",
        "[" * 1_001,
        "a " * 50_001 + "<",
    ],
    ids=["lists", "wide lists", "quotes", "lists in a line", "brackets", "length"],
)
def test_a_text_too_deep_for_markdown_is_said(text: str, finds: Callable[..., None]) -> None:
    remedy = "use fewer brackets, and fewer lists inside lists"
    edit = ("Gives a book.", f'«"{text}"»')
    finds("unread-markup", remedy, {GET: edit}, severity=Severity.WARNING)
