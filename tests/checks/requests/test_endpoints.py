from collections.abc import Callable

import pytest

from apiguide.problems import Severity

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"
LIST = """\
title: List books
method: GET
path: /books
description: All that there are.
responses: {200: {body: {type: array, items: {object: book}}}}
"""


def test_a_method_is_one_that_the_guide_lists(finds: Callable[..., None]) -> None:
    finds("unknown-method", "add `DELETE: {description: …}` to `methods`", {GET: ("GET", "«DELETE»")})
    finds("unknown-method", "list it under `methods` in guide.yaml", {GET: ("GET", "«PURGE»")})
    finds("unknown-method", "did you mean `POST`?", {GET: ("GET", "«PSOT»")})


def test_a_method_in_small_letters_is_corrected(finds: Callable[..., None]) -> None:
    finds("unknown-method", "did you mean `GET`?", {GET: ("GET", "«get»")})


def test_a_method_is_one_of_http_where_the_guide_lists_none(finds: Callable[..., None]) -> None:
    methods = ("methods: {GET: {description: Reads.}, POST: {description: Creates.}}\n", "")
    finds("unknown-method", "did you mean `DELETE`?", {GUIDE: methods, GET: ("GET", "«DELTE»")})


def test_a_former_method_is_known(finds: Callable[..., None]) -> None:
    edit = ("", 'changes: [{release: "1.1", before: {method: «GETS»}}]\n')
    finds("unknown-method", "did you mean `GET`?", {GET: edit})


def test_a_endpoint_speaks_formats_of_the_guide(finds: Callable[..., None]) -> None:
    finds("unknown-format", "choose from `json` and `xml`", {GET: ("", "formats: [json, «yaml»]\n")})


def test_a_endpoint_has_paging_only_where_the_guide_says_how(finds: Callable[..., None]) -> None:
    finds("no-paging", "declare `paging:` in guide.yaml", {"books/list.yaml": f"{LIST}«paging»: true\n"})


def test_a_newer_form_is_a_endpoint(finds: Callable[..., None]) -> None:
    finds("unknown-endpoint", "did you mean `books/create`?", {GET: ("", "prefer: «books/creat»\n")})


def test_no_endpoint_is_an_older_form_of_itself(finds: Callable[..., None]) -> None:
    finds("prefer-circle", "delete one `prefer`", {GET: ("", "prefer: «books/get»\n")})


def test_no_two_endpoints_are_older_forms_of_each_other(finds: Callable[..., None]) -> None:
    files = {GET: ("", "prefer: «books/create»\n"), CREATE: ("", "prefer: «books/get»\n")}
    finds("prefer-circle", "delete one `prefer`", files)


@pytest.mark.parametrize("use", ["books/gte", "books/gte#body-title"])
def test_a_endpoint_to_use_instead_is_known(use: str, finds: Callable[..., None]) -> None:
    edit = ("", f'deprecated: {{since: "1.1", use: «"{use}"»}}\n')
    finds("unknown-endpoint", "did you mean `books/get`?", {CREATE: edit})


@pytest.mark.parametrize("use", ["books/create", "the web shop", "xml/json", "books"])
def test_what_to_use_instead_may_be_a_endpoint_or_words(use: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("", f'deprecated: {{since: "1.1", use: {use}}}\n')}) == []


def test_a_placeholder_has_a_parameter(finds: Callable[..., None]) -> None:
    remedy = "declare `shelf` under `parameters` in reference/books/resource.yaml"
    finds("placeholder-without-parameter", remedy, {GET: ("/books/:id", "«/books/:id/:shelf»")})


def test_a_misspelt_placeholder_is_corrected(finds: Callable[..., None]) -> None:
    files = {
        GET: ("/books/:id", "«/books/:book_di»"),
        BOOKS: ("  id: {type: integer, description: Number of the book.", "  book_id: {description: N."),
        "books/show.yaml": LIST.replace("/books", "/old/:book_id").replace("List", "Show"),
    }
    finds("placeholder-without-parameter", "did you mean `book_id`?", files)


def test_a_former_placeholder_has_a_parameter(finds: Callable[..., None]) -> None:
    edit = ("", 'changes: [{release: "1.1", before: {path: «"/b/:isbn"»}}]\n')
    finds("placeholder-without-parameter", "declare `isbn`", {GET: edit})


def test_a_path_parameter_has_a_placeholder(finds: Callable[..., None]) -> None:
    edit = ("", "parameters: {path: {«shelf»: {description: A shelf., example: a}}}\n")
    finds("parameter-without-placeholder", "delete the parameter, or put it into the path", {GET: edit})


def test_a_path_parameter_may_be_of_a_former_path(codes: Callable[..., list[str]]) -> None:
    edit = (
        "",
        'changes: [{release: "1.1", before: {path: "/shelves/:shelf"}}]\n'
        "parameters: {path: {shelf: {description: A shelf., example: a}}}\n",
    )
    assert codes({GET: edit}) == []


def test_a_path_parameter_of_a_resource_that_no_endpoint_has_is_said(finds: Callable[..., None]) -> None:
    edit = ("  id: {", "  «isbn»: {description: A., example: a}\n  id: {")
    finds("unused-parameter", "delete the parameter", {BOOKS: edit}, severity=Severity.WARNING)


def test_a_status_is_explained(finds: Callable[..., None]) -> None:
    remedy = "list it under `statuses` in guide.yaml: `409: {title: Conflict, …}`"
    finds(
        "unknown-status", remedy, {GET: ("  200:", "  «409»: {}\n  200:")}, says="nothing says what 409 means"
    )


@pytest.mark.parametrize(
    ("code", "remedy"), [("409", "409: {title: Conflict, …}"), ("499", "499: {title: …, …}")]
)
def test_a_status_has_a_name(code: str, remedy: str, finds: Callable[..., None]) -> None:
    edit = ("  200:", f"  «{code}»: {{description: It is lent.}}\n  200:")
    finds("unnamed-status", remedy, {GET: edit}, says=f"what {code} is called", severity=Severity.WARNING)


BODY = "body: {fields: {id: {type: integer, description: A., example: 1}}}"


@pytest.mark.parametrize("code", ["204", "205", "304", "101"])
def test_a_status_without_content_has_no_body(code: str, finds: Callable[..., None]) -> None:
    of_guide = ("  200:", f"  {code}: {{title: No Content, description: None.}}\n  200:")
    files = {GUIDE: of_guide, GET: ("  200:", f"  «{code}»: {{{BODY}}}\n  200:")}
    says = f"HTTP sends no body with {code}"
    finds("response-without-body", "correct the status", files, says=says, severity=Severity.WARNING)


def test_a_status_of_the_guide_without_content_has_no_body(finds: Callable[..., None]) -> None:
    files = {GUIDE: ("  200:", f"  «204»: {{title: No Content, description: None., {BODY}}}\n  200:")}
    finds("response-without-body", "delete `body`", files, severity=Severity.WARNING)


def test_a_response_to_head_has_no_body(finds: Callable[..., None], codes: Callable[..., list[str]]) -> None:
    head = {GUIDE: ("POST:", "HEAD: {description: Asks.}, POST:")}
    files = {**head, GET: f"{HEAD}responses: {{«200»: {{{BODY}}}}}\n"}
    finds("response-without-body", "correct the method", files, says="to HEAD", severity=Severity.WARNING)
    assert codes({**head, GET: f"{HEAD}responses: {{200: {{}}}}\n"}) == []


HEAD = """\
title: Ask for book
method: HEAD
path: /books/:id
description: Tells whether there is a book.
"""


@pytest.mark.parametrize("listed", ["404: {description: It is lent.}", "404: {}", "404: null"])
def test_a_status_may_be_explained_in_several_ways(listed: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("  200:", f"  {listed}\n  200:")}) == []


@pytest.mark.parametrize("code", ["2xx", "default", "1000"])
def test_what_a_endpoint_answers_is_a_status(code: str, finds: Callable[..., None]) -> None:
    edit = ("  200:", f"  «{code}»: {{description: D.}}\n  200:")
    finds("not-a-status", "write three digits, as in 201", {GET: edit})


def test_an_example_answers_what_the_endpoint_lists(finds: Callable[..., None]) -> None:
    edit = ("", "examples: [{title: One, responses: {«500»: {id: 1}}}]\n")
    finds("undeclared-status", "list it under `responses`", {GET: edit}, says="the example answers 500")


def test_an_example_does_not_answer_what_the_endpoint_never_does(finds: Callable[..., None]) -> None:
    edit = ("  200:", "  404: null\n  200:")
    text = "examples: [{title: One, responses: {«404»: {id: 1}}}]\n"
    whole = (edit[0], edit[1])
    files = {GET: ("responses:\n" + whole[0], text + "responses:\n" + whole[1])}
    finds("undeclared-status", "delete it here, or `404: null` under `responses`", files, says="never does")


def test_an_example_gives_values_only_for_a_body(finds: Callable[..., None]) -> None:
    text = "examples: [{title: One, responses: {«404»: {id: 1}}}]\nresponses:\n  404: {}\n"
    finds("no-body", "declare the `body` of 404, or write `404: {}`", {GET: ("responses:\n", text)})


def test_an_example_of_a_response_without_a_body_states_no_values(codes: Callable[..., list[str]]) -> None:
    text = "examples: [{title: One, responses: {204: {}}}]\nresponses:\n  204: {}\n"
    listed = ("  200:", "  204: {title: No Content, description: Done.}\n  200:")
    assert codes({GET: ("responses:\n", text), GUIDE: listed}) == []


STATUS = "  404: {title: Not Found, when: path_parameters%s}\n"


def test_an_example_may_answer_what_the_endpoint_has_by_rule(codes: Callable[..., list[str]]) -> None:
    body = ", body: {fields: {id: {type: integer, description: D., example: 1}}}"
    guide = ("statuses:\n", "statuses:\n" + (STATUS % body).replace("404", "410"))
    assert (
        codes({"guide.yaml": guide, GET: ("", "examples: [{title: One, responses: {410: {id: 1}}}]\n")}) == []
    )


def test_an_example_has_values_for_what_the_endpoint_has_by_rule_only_where_that_has_a_body(
    finds: Callable[..., None],
) -> None:
    guide = ("statuses:\n", "statuses:\n" + (STATUS % "").replace("404", "410"))
    edit = ("", "examples: [{title: One, responses: {«410»: {id: 1}}}]\n")
    finds("no-body", "declare the `body` of 410", {"guide.yaml": guide, GET: edit})


def test_an_example_does_not_answer_what_a_rule_gives_to_others(finds: Callable[..., None]) -> None:
    body = "{fields: {id: {type: integer, example: 1, description: D.}}}"
    status = f"  410: {{title: Gone, when: body_parameters, body: {body}}}\n"
    edit = ("", "examples: [{title: One, responses: {«410»: {id: 1}}}]\n")
    files = {"guide.yaml": ("statuses:\n", "statuses:\n" + status), GET: edit}
    finds("undeclared-status", "list it under `responses`", files)


@pytest.mark.parametrize(
    "files",
    [
        {GET: ("  200:", "  404: {body: {object: book}}\n  200:")},
        {GET: ("  200:", "  404: {}\n  200:"), GUIDE: ("It is not there.}", "Gone., body: {object: book}}")},
        {
            GET: (
                "  200:",
                '  404: {changes: [{release: "1.1", before: {body: {object: book}}}]}\n  200:',
            )
        },
    ],
    ids=["of the endpoint", "of the guide", "of former times"],
)
def test_an_example_may_give_values_for_any_body(
    files: dict[str, tuple[str, str]], codes: Callable[..., list[str]]
) -> None:
    old, new = files[GET]
    example = "examples: [{title: One, responses: {404: {id: 1}}}]\nresponses:\n"
    assert codes({**files, GET: ("responses:\n" + old, example + new)}) == []


def test_no_two_endpoints_of_a_resource_share_a_title(finds: Callable[..., None]) -> None:
    files = {"books/list.yaml": LIST.replace("List books", "«get BOOK»")}
    says = "the title `get BOOK` is also that of reference/books/get.yaml"
    finds("duplicate-title", "say in the title what is different", files, says=says)


def test_a_endpoint_may_have_the_title_of_one_that_is_gone(codes: Callable[..., list[str]]) -> None:
    newer = LIST.replace("List books", "Get book") + 'since: "1.1"\n'
    assert codes({GET: ("", 'removed: "1.1"\n'), "books/list.yaml": newer}) == []


def test_a_endpoint_may_have_the_title_of_one_that_is_not_there_for_a_while(
    codes: Callable[..., list[str]],
) -> None:
    newer = LIST.replace("List books", "Get book") + 'since: "1.1"\nremoved: "2.0"\n'
    gap = ("", 'absent: [{from: "1.1", until: "2.0"}]\n')
    assert codes({GET: gap, "books/list.yaml": newer}) == []


def test_a_endpoint_may_not_have_a_title_that_another_had_at_the_time(finds: Callable[..., None]) -> None:
    former = ("", 'changes: [{release: "1.1", before: {title: All books}}]\n')
    files = {GET: former, "books/list.yaml": LIST.replace("List books", "«All books»")}
    finds("duplicate-title", "say in the title what is different", files)


def test_endpoints_of_two_resources_may_share_a_title(codes: Callable[..., list[str]]) -> None:
    files = {
        "halls/resource.yaml": "title: Halls\ndescription: Rooms.\n",
        "halls/get.yaml": LIST.replace("List books", "Get book").replace("/books", "/halls"),
    }
    assert codes(files) == []


def test_no_two_endpoints_are_the_same_request(finds: Callable[..., None]) -> None:
    files = {
        BOOKS: ("  id: {", "  number: {type: integer, description: The same., example: 12}\n  id: {"),
        "books/show.yaml": LIST.replace("List", "Show").replace("path: /books", "path: «/books/:number»"),
    }
    says = "GET /books/:number is also the request of reference/books/get.yaml"
    finds("same-request", "tell them apart by a parameter with `required` or `const`", files, says=says)


@pytest.mark.parametrize(
    "parameters",
    [
        'query: {short: {type: boolean, const: "true", description: S.}}',
        "query: {q: {type: string, required: true, description: A word., example: a}}",
        "body: {book: {fields: {kind: {const: short, description: K.}}}}",
    ],
)
def test_a_parameter_that_is_always_sent_tells_endpoints_apart(
    parameters: str, codes: Callable[..., list[str]]
) -> None:
    other = LIST.replace("List", "Find") + f"parameters:\n  {parameters}\n"
    assert "same-request" not in codes({"books/list.yaml": LIST, "books/find.yaml": other})


def test_a_parameter_that_can_be_left_out_does_not_tell_endpoints_apart(
    codes: Callable[..., list[str]],
) -> None:
    other = LIST.replace("List", "Find") + "parameters: {query: {q: {description: A word., example: a}}}\n"
    assert codes({"books/list.yaml": LIST, "books/find.yaml": other}) == ["same-request"]


def test_a_endpoint_may_take_the_place_of_one_that_is_gone(codes: Callable[..., list[str]]) -> None:
    files = {
        "books/list.yaml": LIST + 'removed: "2.0"\n',
        "books/find.yaml": LIST.replace("List", "Find") + 'since: "2.0"\n',
    }
    assert codes(files) == []


# Safe, and without a body


@pytest.mark.parametrize(
    "path",
    [
        *("/books/:id", "/books", "/book", "/shop/books", "/books/", "/:id", "/", "/audio-books", "/tomes"),
        *("/audio_book", "/branches", "/diary", "/diaries", "/BOOKS", "/audioBooks"),
        *("/account/settings", "/networking/ips", "/books/stats", "/books/:id/bookings", "/loan-replies"),
        *("/books/:id/availability",),
    ],
)
def test_a_get_of_a_record_or_a_list_is_safe_without_saying(
    path: str, codes: Callable[..., list[str]]
) -> None:
    named = "fields: {n: {type: integer, description: Some number., example: 1}}"
    objects = f"objects:\n  audio_book: {{plural: tomes, {named}}}\n  branch: {{name: diary, {named}}}\n"
    files = {GUIDE: ("", objects), GET: ("path: /books/:id", f"path: {path}")}
    assert "safe-not-said" not in codes(files)


@pytest.mark.parametrize(
    "path",
    [
        *("/books/:id/lend", "/books/:id/lend/", "/books/:id/status", "/books/:id/process"),
        *("/books/:id/analysis", "/books/:id/credentials", "/books/:id/ssl", "/books/:id/api-keys"),
    ],
)
def test_a_get_of_what_may_be_an_action_says_whether_it_is_safe(
    path: str, finds: Callable[..., None], codes: Callable[..., list[str]]
) -> None:
    edit = ("path: /books/:id", f"path: «{path}»")
    finds("safe-not-said", "write `safe: true` if it only reads", {GET: edit}, severity=Severity.WARNING)
    for said in ("true", "false"):
        assert codes({GET: ("path: /books/:id", f"path: {path}\nsafe: {said}")}) == []


def test_other_methods_change_things_without_saying(codes: Callable[..., list[str]]) -> None:
    assert codes({CREATE: ("path: /books", "path: /books/import")}) == []


def test_nothing_is_said_of_safety_where_objects_may_be_missing(codes: Callable[..., list[str]]) -> None:
    files = {BOOKS: ("title:", "titel:"), GET: ("path: /books/:id", "path: /books/:id/shelves")}
    assert set(codes(files)) == {"unknown-key"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_request_without_a_body_has_no_parameters_in_one(method: str, finds: Callable[..., None]) -> None:
    short = "{type: boolean, description: Gives titles alone., example: true}"
    files = {
        GUIDE: ("POST:", "HEAD: {description: Asks.}, POST:"),
        GET: f"""\
title: Get book
method: {method}
path: /books/:id
description: Gives a book.
parameters:
  body: {{«short»: {short}}}
responses: {{200: {{}}}}
""",
    }
    finds("body-of-get", "move the parameters to `query`", files, severity=Severity.WARNING)


def test_a_title_is_free_from_the_release_on_in_which_its_endpoint_got_another(
    codes: Callable[..., list[str]],
) -> None:
    other = "title: Get book\nmethod: GET\npath: /volumes/:id\ndescription: Shows it.\nsince: '1.1'\n"
    change = "changes: [{release: '1.1', before: {title: Get book}}]\n"
    get = "title: Read book\nmethod: GET\npath: /books/:id\ndescription: Gives a book.\n"
    files = {GET: f"{get}{change}responses: {{200: {{body: {{object: book}}}}}}\n"}
    files |= {"books/show.yaml": f"{other}responses: {{200: {{body: {{object: book}}}}}}\n"}
    assert codes(files) == []
