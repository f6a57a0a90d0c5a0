"""Names in one style, and names that look like others."""

from collections.abc import Callable

import pytest

from apiguide.checks.names.spelling import STYLES, in_style, is_slip
from apiguide.model.settings import NAME_STYLES
from apiguide.problems import Problem, Severity

CREATE, GET, BOOKS, GUIDE = "books/create.yaml", "books/get.yaml", "books/resource.yaml", "guide.yaml"
FIELD = "{type: integer, description: Some number., example: 1}"


def parameters(*names: str) -> tuple[str, str]:
    """Bare parameters beside the book's of the small project."""
    return "  body:\n", "  body:\n" + "".join(f"    {name}: {FIELD}\n" for name in names)


def objects(*names: tuple[str, ...]) -> tuple[str, str]:
    """Objects of fields of these names."""
    each = (
        f"  o{n}:\n    fields:\n" + "".join(f"      {name}: {FIELD}\n" for name in fields)
        for n, fields in enumerate(names)
    )
    return "", "objects:\n" + "".join(each)


# Style


STYLE = ("", "rules: {{names: {}}}\n")
NAMES = {
    "snake_case": ["a", "book_id", "x1_2"],
    "camelCase": ["a", "bookId", "bookISBN", "x1"],
    "PascalCase": ["A", "BookId", "ISBN"],
    "kebab-case": ["a", "book-id"],
}


def test_a_guide_can_set_every_style() -> None:
    assert set(STYLES) == set(NAMES) == set(NAME_STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_names_are_held_against_the_style(style: str) -> None:
    for other, names in NAMES.items():
        for name in names:
            fits = other == style or (len(name) == 1 and name.islower() and style != "PascalCase")
            fits = fits or (name in ("x1",) and style in ("snake_case", "kebab-case"))
            assert bool(STYLES[style].match(name)) == fits, f"{name} in {style}"


@pytest.mark.parametrize(
    ("name", "style", "meant"),
    [
        ("bookId", "snake_case", "book_id"),
        ("BookISBNNumber", "snake_case", "book_isbn_number"),
        ("book-id", "camelCase", "bookId"),
        ("book_id", "PascalCase", "BookId"),
        ("bookId", "kebab-case", "book-id"),
        ("__", "snake_case", ""),
    ],
)
def test_a_name_is_written_in_a_style(name: str, style: str, meant: str) -> None:
    assert in_style(name, style) == meant


def test_a_name_in_another_style_is_named_with_the_one_that_was_meant(finds: Callable[..., None]) -> None:
    files = {GUIDE: ("", STYLE[1].format("snake_case")), CREATE: parameters("«shelfId»", "branch_id")}
    finds("name-style", "did you mean `shelf_id`?", files, severity=Severity.WARNING)


def test_a_name_that_stands_often_is_named_once(problems: Callable[..., list[object]]) -> None:
    files = {
        GUIDE: ("", STYLE[1].format("snake_case") + objects(("shelfId",), ("shelfId",))[1]),
        CREATE: parameters("shelfId"),
    }
    (problem,) = problems(files)
    assert "`shelfId` is not in snake_case, and 2 more of that name" in str(problem)


def test_without_a_style_every_name_is_good(codes: Callable[..., list[str]]) -> None:
    assert codes({CREATE: parameters("shelfId", "branch_name", "Kind")}) == []


def test_headers_and_what_is_gone_have_their_own_names(codes: Callable[..., list[str]]) -> None:
    gone = '    shelfId: {type: integer, description: Some number., example: 1, removed: "1.1"}\n'
    header = "  header: {X-Shelf: {type: string, description: Some text., example: a}}\n"
    files = {
        GUIDE: ("", STYLE[1].format("snake_case")),
        CREATE: ("  body:\n", f"{header}  body:\n{gone}"),
    }
    assert codes(files) == []


def test_a_style_that_is_none_is_refused(finds: Callable[..., None]) -> None:
    finds("unknown-word", "did you mean `snake_case`?", {GUIDE: ("", "rules: {names: «snake-case»}\n")})


# Look-alikes


@pytest.mark.parametrize(
    ("name", "like"), [("shelfid", "shelf_id"), ("Shelf_Id", "shelf_id"), ("shelf-id", "shelf_id")]
)
def test_names_that_differ_in_capitals_and_signs_alone_look_alike(
    name: str, like: str, finds: Callable[..., None]
) -> None:
    files = {
        GUIDE: objects((like,), (like,)),
        CREATE: parameters(f"«{name}»"),
    }
    finds("look-alike", f"did you mean `{like}`?", files, says="in 2 places", severity=Severity.WARNING)


def placeholder(name: str) -> dict[str, tuple[str, str]]:
    keys = f"path: /books/:{name}\nparameters: {{path: {{{name}: {FIELD}}}}}"
    return {GET: ("path: /books/:id", keys), BOOKS: ("parameters:\n  id:", "parameters:\n  other_id:")}


def test_a_placeholder_may_look_like_what_is_sent(codes: Callable[..., list[str]]) -> None:
    for name in ("bookId", "deliveryAdress"):
        files = placeholder(name) | {
            GUIDE: objects(("book_id", "delivery_address")),
            CREATE: parameters("book_id"),
        }
        assert [code for code in codes(files) if code != "unused-parameter"] == []


def test_a_placeholder_looks_like_another(problems: Callable[..., list[Problem]]) -> None:
    files = placeholder("otherId")
    (found,) = [each for each in problems(files) if each.code == "look-alike"]
    assert "`otherId` looks like `other_id`" in found.message


def test_a_placeholder_has_the_style_of_the_guide(codes: Callable[..., list[str]]) -> None:
    files = placeholder("bookId") | {GUIDE: ("", STYLE[1].format("snake_case"))}
    assert "name-style" in codes(files)


RESOURCE = "title: «{}»\ngroup: lending\ndescription: More of it.\n"
LIST = "title: {}\nmethod: GET\npath: /{}\ndescription: Lists them.\n"


def test_a_resource_in_two_spellings_is_told_at_the_one_with_fewer_endpoints(
    finds: Callable[..., None],
) -> None:
    files = {
        "load_balancers/resource.yaml": RESOURCE.format("Load balancers").replace("«", "").replace("»", ""),
        "load_balancers/list.yaml": LIST.format("List all", "load_balancers"),
        "load-balancers/resource.yaml": RESOURCE.format("More load balancers"),
    }
    says = "the resource `load-balancers` looks like the resource `load_balancers`"
    finds("look-alike", "into the folder `load_balancers`", files, says=says, severity=Severity.WARNING)


def test_an_endpoint_in_two_spellings_is_told(finds: Callable[..., None]) -> None:
    files = {
        "books/list_all.yaml": LIST.format("List all", "books"),
        "books/list-all.yaml": LIST.format("«List every»", "book"),
    }
    says = "the endpoint `list-all` looks like the endpoint `list_all`"
    finds("look-alike", "describe it in one file", files, says=says, severity=Severity.WARNING)


def test_an_object_in_two_spellings_is_told(finds: Callable[..., None]) -> None:
    both = f"objects:\n  loan_desk: {{fields: {{a: {FIELD}}}}}\n  «LoanDesk»: {{fields: {{b: {FIELD}}}}}\n"
    says = "the object `LoanDesk` looks like the object `loan_desk`"
    finds("look-alike", "describe it once", {GUIDE: ("", both)}, says=says, severity=Severity.WARNING)


def test_what_is_gone_may_have_been_spelt_otherwise(codes: Callable[..., list[str]]) -> None:
    gone = f'objects:\n  loan_desk: {{removed: "1.1", fields: {{a: {FIELD}}}}}\n'
    assert codes({GUIDE: ("", f"{gone}  LoanDesk: {{fields: {{b: {FIELD}}}}}\n")}) == []


def test_an_odd_name_of_a_resource_can_be_allowed(codes: Callable[..., list[str]]) -> None:
    files = {
        "books-/resource.yaml": RESOURCE.format("Others").replace("«", "").replace("»", ""),
        GUIDE: ("", "rules: {odd_names: {books-: So it is.}}\n"),
    }
    assert codes(files) == []


def test_a_slip_in_a_name_that_is_usual_is_named(finds: Callable[..., None]) -> None:
    files = {GUIDE: objects(*[("delivery_address",)] * 3), CREATE: parameters("«delivery_adress»")}
    finds("look-alike", "did you mean `delivery_address`?", files, severity=Severity.WARNING)


def test_a_slip_beside_the_name_is_named_however_rare_it_is(finds: Callable[..., None]) -> None:
    files = {CREATE: parameters("description", "«desciption»")}
    finds("look-alike", "did you mean `description`?", files, says="in line 7", severity=Severity.WARNING)


@pytest.mark.parametrize(
    "names",
    [
        ("limit_cpu", "limit_gpu"),
        ("disk", "disks"),
        ("address1", "address2"),
        ("inbound", "unbound"),
        ("enable", "enabled"),
        ("price_on", "price_off"),
        ("min_memory", "max_memory"),
        ("start", "stat"),
    ],
)
def test_names_that_mean_two_things_are_left_alone(
    names: tuple[str, str], codes: Callable[..., list[str]]
) -> None:
    assert codes({GUIDE: objects((names[0],), (names[0],), names)}) == []


def test_two_names_that_stand_often_are_both_meant(codes: Callable[..., list[str]]) -> None:
    assert codes({GUIDE: objects(*[("statistic", "statistics_x")] * 3, *[("staistic",)] * 2)}) == []


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("address", "adress", True),
        ("address", "addrress", True),
        ("address", "adderss", True),
        ("address", "addrass", True),
        ("address", "address", False),
        ("address", "addresses", False),
        ("address", "dress", False),
        ("address", "adders", False),
        (
            "label",
            "lable",
            False,
        ),  # it ends otherwise: `label` and `lab_le` have nothing in common for a rule
        ("", "a", False),
    ],
)
def test_a_slip_is_one_letter_inside_a_word(word: str, other: str, slip: bool) -> None:
    assert is_slip(word, other) == is_slip(other, word) == slip


def test_an_odd_name_can_be_owned_up_to(codes: Callable[..., list[str]]) -> None:
    files = {
        GUIDE: ("", "rules: {names: snake_case, odd_names: {shelfId: The API has it so.}}\n"),
        CREATE: parameters("shelfId", "shelf_id"),
    }
    assert codes(files) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("title", "nothing is odd about the name"), ("titel", "no part is named `titel`")],
)
def test_an_odd_name_for_which_there_is_no_need_is_reported(
    name: str, says: str, finds: Callable[..., None]
) -> None:
    files = {GUIDE: ("", f"rules: {{odd_names: {{«{name}»: The API has it so.}}}}\n")}
    finds("needless-exception", "delete it", files, says=says, severity=Severity.WARNING)


def test_many_names_take_no_time(codes: Callable[..., list[str]]) -> None:
    letters = "abcdefghijklmnopqrst"
    names = tuple(f"x{a}{b}{c}{d}y" for a in letters for b in letters[:8] for c in letters for d in "klm")
    found = codes({GUIDE: objects(names[:900], ("a" * 1000, "_".join(["abcdef"] * 140)))})
    assert set(found) == {"look-alike"}
