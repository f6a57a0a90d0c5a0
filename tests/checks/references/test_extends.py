"""What a field extends is there, is described in one way, and comes to an end."""

from collections.abc import Callable

import pytest

from apiguide.problems import Problem

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"
OBJECT = "      title: {"
N = "{type: integer, description: Some number., example: 1}"


def query(field: str) -> dict[str, tuple[str, str]]:
    return {GET: ("responses:", f"parameters: {{query: {{q: {field}}}}}\nresponses:")}


def in_object(fields: str) -> dict[str, tuple[str, str]]:
    return {BOOKS: (OBJECT, "".join(f"      {each}\n" for each in fields.splitlines()) + OBJECT)}


@pytest.mark.parametrize(
    ("field", "code", "remedy", "says"),
    [
        ("{extends: «bok.title»}", "unknown-object", "did you mean `book`?", "there is no object `bok`"),
        ("{extends: «book.titel»}", "unknown-field", "did you mean `title`?", "`book` has no field `titel`"),
        ("{extends: «book.title.a»}", "unknown-field", "did you mean `title`?", "no field `title.a`"),
        ("{extends: «title»}", "unknown-field", "write `extends: OBJECT.title`", "does not name a field"),
        ("{extends: «book.»}", "unknown-field", "write `extends: OBJECT.", "does not name a field"),
        (
            "{extends: «book.id», object: book}",
            "contradiction",
            "delete `extends` or `object`",
            "has `object`",
        ),
        ("{extends: «book.id», fields: {id: {}}}", "contradiction", "`extends` or `fields`", "has `fields`"),
        ("{type: array, items: {extends: «book.titel»}}", "unknown-field", "did you mean `title`?", ""),
        ("{additional_fields: {extends: «book.titel»}}", "unknown-field", "did you mean `title`?", ""),
    ],
)
def test_what_a_field_extends_is_there(
    field: str, code: str, remedy: str, says: str, problems: Callable[..., list[Problem]]
) -> None:
    files = query(field.replace("«", "").replace("»", ""))
    (found,) = [each for each in problems(files) if each.code not in ("no-description", "items-without-name")]
    assert (found.code, remedy in str(found.hint), says in found.message) == (code, True, True)
    line = found.where.source.lines[found.where.line - 1]
    marked = field[field.index("«") + 1 : field.index("»")]
    assert line[found.where.column - 1 : found.where.end_column - 1] == marked


@pytest.mark.parametrize(
    "name",
    ["path", "query", "header", "cookie", "body"],
)
def test_a_parameter_that_extends_has_nothing_to_say_itself(
    name: str, codes: Callable[..., list[str]]
) -> None:
    named = "id" if name == "path" else "q"
    files = {GET: ("responses:", f"parameters: {{{name}: {{{named}: {{extends: book.id}}}}}}\nresponses:")}
    assert [code for code in codes(files) if code != "body-of-get"] == []


def test_what_is_poor_in_a_field_is_told_there_alone(problems: Callable[..., list[Problem]]) -> None:
    fields = "place: {type: string, description: The place.}\nrow: {type: string}\nside: {extends: book.row}"
    files = {**in_object(fields), **query("{extends: book.place}")}
    found = [(each.code, each.where.source.path) for each in problems(files)]
    book = f"reference/{BOOKS}"
    expected = [("no-description", book), ("no-example", book), ("no-example", book), ("repeats-name", book)]
    assert sorted(found) == expected


def test_items_may_take_the_name_of_their_element(codes: Callable[..., list[str]]) -> None:
    item = "tag: {type: string, name: tag, description: A word., example: a}"
    tags = "    tags: {type: array, description: B., items: {extends: book.tag}}\n"
    files = {**in_object(item), CREATE: ("    book:", f"{tags}    book:")}
    assert codes(files) == []


def test_an_object_may_be_used_by_extends_alone(finds: Callable[..., None]) -> None:
    files = {GUIDE: ("", f"objects: {{common: {{fields: {{n: {N}}}}}}}\n"), **query("{extends: common.n}")}
    finds("unknown-field", "it has `n`", {**files, **query("{extends: «common.m»}")})


@pytest.mark.parametrize(
    ("fields", "through"),
    [
        ("a: {extends: «book.a»}", "`book.a` extends itself"),
        ("a: {extends: «book.b»}\nb: {extends: «book.a»}", "extends itself through `book."),
        ("a: {description: A., fields: {in: {extends: «book.a»}}}", "`book.a` extends itself"),
        (
            "a: {type: array, description: A., items: {name: c, extends: «book.b»}}\nb: {extends: «book.a»}",
            "through `book.",
        ),
        ("a: {extends: «book.b»}\nb: {object: book, description: B., fields: {a: {}}}", "through `book.b`"),
    ],
)
def test_a_field_does_not_extend_itself(fields: str, through: str, finds: Callable[..., None]) -> None:
    finds("extends-circle", "delete one `extends`", in_object(fields), says=through)


def test_a_field_may_hold_the_object_that_it_is_of(codes: Callable[..., list[str]]) -> None:
    fields = "next: {object: book, description: A., fields: {next: {}, id: {}}}\nlast: {extends: book.next}"
    assert codes(in_object(fields)) == []


def test_what_leads_to_a_circle_is_not_in_it(problems: Callable[..., list[Problem]]) -> None:
    found = problems(in_object("a: {extends: book.a}\nb: {extends: book.a}"))
    assert [each.where.line for each in found if each.code == "extends-circle"] == [10]


def row(number: int) -> str:
    return "\n".join([f"f0: {N}", *(f"f{n}: {{extends: book.f{n - 1}}}" for n in range(1, number))])


def test_so_many_fields_may_extend_each_other(
    codes: Callable[..., list[str]], problems: Callable[..., list[Problem]]
) -> None:
    assert codes(in_object(row(17))) == []
    found = [each for each in problems(in_object(row(18))) if each.code == "extends-too-much"]
    assert [(each.where.line, each.hint) for each in found] == [(10 + 17, "describe the field here")]


def test_a_row_without_end_is_told_soon(problems: Callable[..., list[Problem]]) -> None:
    assert "extends-too-much" in {each.code for each in problems(in_object(row(400)))}


def test_fields_that_hold_each_other_over_and_over_are_told_soon(
    problems: Callable[..., list[Problem]],
) -> None:
    two = "{{extends: book.f{0}}}, b: {{extends: book.f{0}}}"
    fields = [f"f0: {N}", *(f"f{n}: {{fields: {{a: {two.format(n - 1)}}}}}" for n in range(1, 16))]
    assert "extends-too-much" in {each.code for each in problems(in_object("\n".join(fields)))}
