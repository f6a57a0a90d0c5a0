from collections.abc import Callable

import pytest

from apiguide.problems import Problem, Severity

CREATE, GET, BOOKS = "books/create.yaml", "books/get.yaml", "books/resource.yaml"
QUERY = ("  body:\n", "  query: {{{}}}\n  body:\n")

MISSING = {
    "the resource": (
        BOOKS,
        (
            "title: Books\ngroup: lending\ndescription: What the library lends.",
            "title: «Books»\ngroup: lending",
        ),
    ),
    "the endpoint": (
        GET,
        (
            "title: Get book\nmethod: GET\npath: /books/:id\ndescription: Gives a book.",
            "title: «Get book»\nmethod: GET\npath: /books/:id",
        ),
    ),
    "the field `title` of `book`": (
        BOOKS,
        ("title: {type: string, description: Title as on the cover.", "«title»: {type: string"),
    ),
    "the parameter `q`": (CREATE, (QUERY[0], QUERY[1].format("«q»: {type: string, example: a}"))),
    "the parameter `id`": (
        BOOKS,
        (
            "  id: {type: integer, description: Number of the book., example: 12}\nobjects",
            "  «id»: {type: integer, example: 12}\nobjects",
        ),
    ),
    "the parameter `shelf`": (
        CREATE,
        ("fields: {title", "fields: {«shelf»: {type: string, example: a}, title"),
    ),
    "the field `n`": (GET, ("{object: book}", "{fields: {«n»: {type: string, example: a}}}")),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_has_no_description_is_debt(what: str, finds: Callable[..., None]) -> None:
    file, edit = MISSING[what]
    says = f"{what} has no description" if "`" in what else f"{what} `"
    finds("no-description", "add `description: …`", {file: edit}, says=says, severity=Severity.WARNING)


@pytest.mark.parametrize(
    "field",
    [
        "«q»: {type: integer, description: Q.}",
        "«q»: {description: Q.}",
        "«q»: {type: array, description: Q., items: {type: integer}}",
    ],
)
def test_a_value_that_is_made_up_is_debt(field: str, finds: Callable[..., None]) -> None:
    edit = (QUERY[0], QUERY[1].format(field))
    finds(
        "no-example",
        "add `example: …`",
        {CREATE: edit},
        says="`q` has no example value",
        severity=Severity.WARNING,
    )


def test_a_value_of_an_object_that_is_made_up_is_debt(finds: Callable[..., None]) -> None:
    finds(
        "no-example",
        "add `example: …`",
        {
            BOOKS: (
                "title: {type: string, description: Title as on the cover., example: Emma}",
                "«title»: {type: string, description: T.}",
            )
        },
        severity=Severity.WARNING,
    )


@pytest.mark.parametrize(
    "field",
    [
        "q: {const: a, description: Q.}",
        "q: {default: a, description: Q.}",
        "q: {enum: [a, b], description: Q.}",
        "q: {type: object, description: Q.}",
        "q: {type: array, description: Q., items: {type: integer, example: 1}}",
    ],
)
def test_a_value_may_be_stated_in_several_ways(field: str, codes: Callable[..., list[str]]) -> None:
    assert codes({CREATE: (QUERY[0], QUERY[1].format(field))}) == []


def test_a_parameter_that_holds_fields_needs_no_description(codes: Callable[..., list[str]]) -> None:
    field = "period: {fields: {start: {type: integer, description: Its first day., example: 1}}}"
    assert codes({CREATE: (QUERY[0], QUERY[1].format(field))}) == []


def test_a_parameter_that_takes_its_description_is_no_debt(codes: Callable[..., list[str]]) -> None:
    assert codes({CREATE: ("fields: {title: {required: true}}", "fields: {title: {}, id: {}}")}) == []


def test_a_field_that_takes_its_description_from_another_object_is_no_debt(
    codes: Callable[..., list[str]],
) -> None:
    tape = "  tape: {extends: book, fields: {title: {max_length: 9}}}\n"
    assert codes({BOOKS: ("", tape)}) == []


def test_what_is_gone_is_no_debt(codes: Callable[..., list[str]]) -> None:
    assert codes({CREATE: (QUERY[0], QUERY[1].format('q: {type: string, removed: "2.0"}'))}) == []


@pytest.mark.parametrize(
    ("gap", "says"),
    [("reply", "the response of `Get book` is"), ("parameters", "the parameters of `Get book` are")],
)
def test_what_is_not_known_in_detail_is_debt(gap: str, says: str, finds: Callable[..., None]) -> None:
    finds(
        "incomplete",
        "document it",
        {GET: ("", f"incomplete: [«{gap}»]\n")},
        says=says,
        severity=Severity.WARNING,
    )


def test_debt_of_a_file_with_errors_is_not_listed_field_by_field(codes: Callable[..., list[str]]) -> None:
    edit = (QUERY[0], QUERY[1].format("q: {type: string}, r: {object: bok}"))
    assert codes({CREATE: edit}) == ["unknown-object"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "book: {object: book, description: The book.}",
        "book: {object: book}",
        "books: {type: array, description: The books., items: {object: book}}",
        "books: {type: array, items: {object: book}}",
        "book: {description: The book., fields: {id: {type: integer, description: A number., example: 1}}}",
    ],
)
def test_there_is_nothing_to_say_of_what_only_wraps(wrapped: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("{object: book}", f"{{fields: {{{wrapped}}}}}")}) == []
    envelope = f"  envelope:\n    fields:\n      {wrapped}\n"
    assert codes({BOOKS: ("", envelope)}) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (
            "book: {object: book, description: «The book.»}, n: {object: book, description: Next.}",
            "repeats-name",
        ),
        ("labels: {type: object, description: «The labels.»}", "repeats-name"),
        ("«labels»: {type: object}", "no-description"),
        ("title: {type: string, description: «The title.», example: a}", "repeats-name"),
    ],
)
def test_what_stands_beside_others_or_holds_no_fields_is_described(
    fields: str, code: str, problems: Callable[..., list[Problem]]
) -> None:
    text = fields.replace("«", "").replace("»", "")
    (found,) = problems({GET: ("{object: book}", f"{{fields: {{{text}}}}}")})
    assert (found.code, found.where.column) == (code, 25 + fields.index("«"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (BOOKS, "Title as on the cover.", "«The title.»"),
        (BOOKS, "      title: {", "      isbn: {description: «Its ISBN.», example: 1}\n      title: {"),
        (GET, "Gives a book.", "«Gets the book.»"),
        (
            CREATE,
            "  body:\n",
            "  query: {gift_id: {type: integer, description: «The gift's ID.», example: 1}}\n  body:\n",
        ),
    ],
)
def test_a_description_that_says_what_the_name_says_is_debt(
    file: str, old: str, new: str, finds: Callable[..., None]
) -> None:
    finds("repeats-name", "what the name does not", {file: (old, new)}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (GET, ("Gives a book.", "«Say it (TODO).»")),
        (GET, ("", "notes: [{info: «Its price is TBD.»}]\n")),
        (BOOKS, ("title: Books", "title: «Books (TODO)»")),
    ],
)
def test_work_to_do_is_debt(file: str, edit: tuple[str, str], finds: Callable[..., None]) -> None:
    finds("todo", "write the final text", {file: edit}, severity=Severity.WARNING)


PATH = "  id: {type: integer, description: Number of the book., example: %s}\nobjects"
OTHER = (PATH % 12, PATH % "«13»")
ASKS = "examples: [{title: A, parameters: {path: {id: %s}}, responses: {200: {id: %s}}}]\n"


@pytest.mark.parametrize("case", ["of its own", "stated", "of an action"])
def test_an_example_that_answers_with_another_record_is_debt(case: str, finds: Callable[..., None]) -> None:
    lend = (
        GET_BOOK.replace("Get book", "Lend book")
        .replace("/:id", "/:id/lend\nsafe: false")
        .replace("Gives a book", "Hands it out")
    )
    files = {
        "of its own": {BOOKS: OTHER},
        "stated": {GET: ("", ASKS % (13, "«12»"))},
        "of an action": {"books/lend.yaml": lend + ASKS % (13, "«12»")},
    }
    finds("example-differs", "the same record", files[case], severity=Severity.WARNING)


GET_BOOK = """\
title: Get book
method: GET
path: /books/:id
description: Gives a book.
responses:
  200: {body: {object: book}}
"""


BODY = "{object: book}"
ENVELOPE = "{fields: {book: {object: book, description: D.}}}"


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (ENVELOPE, "200: {book: {id: %s}}"),
        (
            "{fields: {data: {fields: {book: {object: book, description: D.}}}}}",
            "200: {data: {book: {id: %s}}}",
        ),
    ],
)
def test_an_example_that_answers_with_another_record_in_an_envelope_is_debt(
    body: str, stated: str, finds: Callable[..., None]
) -> None:
    asks = ASKS.replace("200: {id: %s}", stated) % (13, "«12»")
    files = {GET: (f"{BODY}}}\n", f"{body}}}\n{asks}")}
    finds("example-differs", "the same record", files, severity=Severity.WARNING)


def test_the_record_in_an_envelope_is_asked_for(finds: Callable[..., None]) -> None:
    files = {BOOKS: OTHER, GET: (BODY, ENVELOPE)}
    finds("example-differs", "the same record", files, severity=Severity.WARNING)


@pytest.mark.parametrize("items", ["{type: array, items: %s}", "{type: object, additional_fields: %s}"])
def test_each_record_of_a_list_in_an_envelope_is_about_what_the_path_names(
    items: str, finds: Callable[..., None]
) -> None:
    objects = "objects: {loan: {fields: {reader: {type: integer, description: Who has it., example: 3}}}}"
    loans = "[{reader: 4}, {reader: «2»}]" if "array" in items else "{a: {reader: 4}, b: {reader: «2»}}"
    held = items.replace("}", ", description: D.}", 1) % "{object: loan}"
    text = f"""\
title: List loans
method: GET
path: /readers/:reader/loans
safe: true
description: Gives what somebody has borrowed.
parameters: {{path: {{reader: {{type: integer, description: Number of a reader., example: 4}}}}}}
responses: {{200: {{body: {{fields: {{loans: {held}}}}}}}}}
examples: [{{title: A, responses: {{200: {{loans: {loans}}}}}}}]
"""
    files = {"books/list.yaml": text, "guide.yaml": ("statuses:", f"{objects}\nstatuses:")}
    finds("example-differs", "the same record", files, severity=Severity.WARNING)


def test_an_example_that_shows_only_a_refusal_asks_for_what_it_likes(codes: Callable[..., list[str]]) -> None:
    body = "  404: {body: {fields: {why: {type: string, description: D., example: No.}}}}\n  200:"
    asks = (
        "examples: [{title: A, parameters: {path: {id: 99}}, responses: {404: {why: None.}}}]\nresponses:\n"
    )
    assert codes({GET: ("responses:\n  200:", asks + body)}) == []


def test_a_second_success_is_about_the_record_only_where_an_example_shows_it(
    codes: Callable[..., list[str]],
) -> None:
    text = "  202: {body: {object: book, fields: {id: {example: 40}}}}\n  200:"
    listed = {"guide.yaml": ("  200:", "  202: {title: Accepted, description: Queued.}\n  200:")}
    assert codes({GET: ("  200:", text), **listed}) == []
    asks = "examples: [{title: A, responses: {202: {}}}]\nresponses:\n"
    assert codes({GET: ("responses:\n  200:", asks + text), **listed}) == ["example-differs"]


def test_each_record_of_a_list_is_about_what_the_path_names(finds: Callable[..., None]) -> None:
    shelf = "{{shelf: {{type: integer, description: Its place., example: {}}}}}"
    text = f"""\
title: List shelf
method: GET
path: /shelves/:shelf
description: Gives what stands on it.
parameters: {{path: {shelf.format(4)}}}
responses: {{200: {{body: {{type: array, items: {{name: book, fields: {shelf.format(3)}}}}}}}}}
examples: [{{title: A, responses: {{200: [{{shelf: 4}}, {{shelf: «2»}}]}}}}]
"""
    finds("example-differs", "the same record", {"books/list.yaml": text}, severity=Severity.WARNING)


def test_an_example_may_answer_with_other_records(codes: Callable[..., list[str]]) -> None:
    copies = GET_BOOK.replace("Get book", "List copies").replace("/:id", "/:id/copies\nsafe: true")
    copies = copies.replace("{object: book}", "{type: array, items: {object: book}}")
    copies += ASKS.replace("200: {id: %s}", "200: [{id: %s}]") % (12, 13)
    assert codes({GET: ("", ASKS % (13, 13)), "books/copies.yaml": copies}) == []


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (GET, ("Gives a book.", '«"Gives a book. "»')),
        (GET, ("Gives a book.", "|\n  Gives a book.«  »\n  Or two.")),
        (GET, ("Gives a book.", "|\n  Gives a book.\n\n  Or two.«\t»")),
        (GET, ("Gives a book.", "|-\n  # Gives a book.\n  Or two.« »")),
        (GET, ("Gives a book.", '«"Gives a book. \\n And more."»')),
        (GET, ("Gives a book.", '«"Gives a book. "»\n# A comment in a line of its own.  ')),
        (GET, ("", "notes: [{info: «'Closed on Sundays. '»}]\n")),
        (BOOKS, ("title: Books", "title: «'Books '»")),
    ],
)
def test_spaces_at_the_end_of_a_line_are_named(
    file: str, edit: tuple[str, str], finds: Callable[..., None]
) -> None:
    finds("trailing-spaces", "delete them", {file: edit}, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (GET, ("Gives a book.", "|\n  Gives a book.\n\n  Or two.\n\n")),
        (GET, ("Gives a book.", ">\n  Gives a book.\n  Or two.")),
        (GET, ("Gives a book.", "Gives a book.   ")),
        (BOOKS, ("example: Emma", "example: 'Emma '")),
    ],
)
def test_spaces_that_no_reader_gets_are_no_matter(
    file: str, edit: tuple[str, str], codes: Callable[..., list[str]]
) -> None:
    assert codes({file: edit}) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Gives the book «#1 of the list.»",
        "Gives a book «# or two.»",
        "Gives a book   «#1 of the list.»",
        "Gives\n  the book «#1»",
        "Gives a book «#»",
    ],
)
def test_a_text_that_a_comment_cuts_is_named(typed: str, finds: Callable[..., None]) -> None:
    edit = ("Gives a book.", typed)
    finds("cut-text", "quote the text", {GET: edit}, says="the description ends", severity=Severity.WARNING)


def test_a_title_a_note_and_a_value_can_be_cut_too(finds: Callable[..., None]) -> None:
    shelf = "\n        type: string\n        description: Where it stands.\n        example: Shelf «#4»\n"
    files = {
        BOOKS: ("title: Books", "title: Books «#1»"),
        CREATE: ("  body:\n", f"  query:\n    shelf:{shelf}  body:\n"),
        GET: ("", "notes:\n  - info: Shelf «#1»\n"),
    }
    finds("cut-text", "quote the text", files, severity=Severity.WARNING)


@pytest.mark.parametrize(
    "typed",
    [
        "Gives a book.  # found out by trying",
        '"Gives the book #1 of the list."',
        '"Gives a book." # a comment, as the quotes say',
        "Gives book#1 and C# books.",
        "|\n  Gives the book #1 of the list.",
        "Gives a book.\n# A comment in a line of its own.",
    ],
)
def test_a_comment_that_is_meant_cuts_nothing(typed: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("Gives a book.", typed)}) == []


def test_many_spaces_take_no_time(codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("Gives a book.", f"'Gives{' ' * 500_000}a book.'")}) == []
