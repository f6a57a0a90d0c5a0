from collections.abc import Callable

import pytest

GUIDE, BOOKS = "guide.yaml", "books/resource.yaml"


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "/tmp/x",
        "a/b",
        "a\\\\b",
        ".",
        "..",
        ".git",
        "1.0 ",
        "1.0.",
        "1.0 beta",
        "1.0+b7",
        "1.0?",
        "1.0#2",
        "50%",
        "1:0",
        "1.0*",
        "1.0é",
        "aux",
        "COM1.0",
        "1" * 101,
        "apiguide.json",
        "latest",
        "Latest",
        "index.html",
        "404.html",
    ],
)
def test_a_release_is_a_folder_of_the_site_and_no_other(name: str, finds: Callable[..., None]) -> None:
    edit = ('{release: "1.1"}', f'{{release: «"{name}"»}}')
    finds(
        "bad-release",
        "use letters, digits, `.`, `-`, `_` and `~`, as in `1.0-beta`; `latest` is taken",
        {GUIDE: edit},
    )


@pytest.mark.parametrize("name", ["2024-10-01", "3.5-LTS", "v2", "1.0~rc1", "1.0-rc.1", "10"])
def test_a_release_may_have_many_names(name: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GUIDE: ('{release: "1.1"}', f'{{release: "{name}"}}')}) == []


def test_a_release_stands_once(finds: Callable[..., None]) -> None:
    edit = ('{release: "1.1"}', '{release: «"1.0"»}')
    finds(
        "duplicate-release", "delete one of the two", {GUIDE: edit}, says="the release `1.0` is listed twice"
    )


def test_releases_differ_in_more_than_capitals(finds: Callable[..., None]) -> None:
    edit = ('{release: "1.1"}', '{release: "1.1-rc"}, {release: «"1.1-RC"»}')
    finds("duplicate-release", "delete one", {GUIDE: edit}, says="differs from `1.1-rc` only in capital")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "library.test", "http://{host}", "http://a b", "http://x?y", "http://x#y", "//x"],
)
def test_a_server_has_an_address(url: str, finds: Callable[..., None]) -> None:
    finds("bad-url", "https://api.example.com/v1", {GUIDE: ('"http://library.test"', f'«"{url}"»')})


@pytest.mark.parametrize("url", ["https://[::1]:8080/api", "http://127.0.0.1", "https://library.test/v1/"])
def test_a_server_may_be_anywhere(url: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GUIDE: ("http://library.test", url)}) == []


def test_a_format_is_one_that_can_be_written(finds: Callable[..., None]) -> None:
    edit = ("", "")[0], "formats: {«yaml»: {media_type: application/yaml}}\n"
    whole = (
        "formats:\n  xml: {media_type: application/xml, extension: .xml, dialect: rails}\n"
        "  json: {media_type: application/json, extension: .json, dialect: rails}\n"
    )
    finds("unknown-format", "choose from `json` and `xml`", {GUIDE: (whole, edit[1])})


@pytest.mark.parametrize("extension", ["/xml", ".xml?a=1", '". xml"'])
def test_a_path_ends_with_an_extension_and_nothing_else(extension: str, finds: Callable[..., None]) -> None:
    finds(
        "bad-extension", 'write it as in ".json"', {GUIDE: ("extension: .xml", f"extension: «{extension}»")}
    )


@pytest.mark.parametrize("media_type", ["json", '"application/json\\nX-Evil: 1"', "a/b/c"])
def test_a_media_type_has_its_form(media_type: str, finds: Callable[..., None]) -> None:
    finds("bad-media-type", "application/json", {GUIDE: ("application/json", f"«{media_type}»")})


@pytest.mark.parametrize("option", ['"-i; rm -rf /"', '"-o $HOME/x"', "-", "http://other.test", '"-H `id`"'])
def test_an_option_of_curl_is_nothing_to_a_shell(option: str, finds: Callable[..., None]) -> None:
    remedy = "begin it with `-`; characters that are special to a shell are not allowed"
    finds("bad-option", remedy, {GUIDE: ("", f"curl: {{options: [«{option}»]}}\n")})


def test_options_of_curl_may_have_values(codes: Callable[..., list[str]]) -> None:
    assert codes({GUIDE: ("", "curl: {options: [-i, --max-time 5, --compressed]}\n")}) == []


def test_a_method_is_written_in_capitals(finds: Callable[..., None]) -> None:
    finds(
        "bad-method",
        "write it in capitals, as in GET",
        {GUIDE: ("{GET:", "{«patch»: {description: P.}, GET:")},
    )


@pytest.mark.parametrize("code", ["2xx", "20", "600", "default"])
def test_a_status_has_three_digits(code: str, finds: Callable[..., None]) -> None:
    finds(
        "not-a-status",
        "write three digits, as in 201",
        {GUIDE: ("", f"  «{code}»: {{title: T, description: D.}}\n")},
    )


def test_a_group_stands_once(finds: Callable[..., None]) -> None:
    edit = ("title: Lending, first: [books]}", "title: Lending}, {id: «lending», title: More}")
    finds("duplicate-group", "change the id of one of them", {GUIDE: edit})


def test_a_scheme_stands_once(finds: Callable[..., None]) -> None:
    schemes = "authentication: [{id: a, type: basic, title: A}, {id: «a», type: bearer, title: B}]\n"
    finds("duplicate-authentication", "change the id of one of them", {GUIDE: ("", schemes)})


def test_a_resource_that_leads_a_group_is_known(finds: Callable[..., None]) -> None:
    finds("unknown-resource", "did you mean `books`?", {GUIDE: ("first: [books]", "first: [«boks»]")})


def test_a_resource_leads_its_own_group(finds: Callable[..., None]) -> None:
    edit = (
        "[{id: lending, title: Lending, first: [books]}]",
        "[{id: lending, title: L}, {id: other, title: O, first: [«books»]}]",
    )
    finds("not-in-group", "write `group: other` in reference/books/resource.yaml", {GUIDE: edit})


def test_a_group_is_known(finds: Callable[..., None]) -> None:
    files = {BOOKS: ("group: lending", "group: «landing»"), GUIDE: (", first: [books]", "")}
    finds("unknown-group", "did you mean `lending`?", files)


def test_a_former_group_is_known(finds: Callable[..., None]) -> None:
    edit = ("", 'changes: [{release: "1.1", before: {group: «halls»}}]\n')
    finds("unknown-group", "list it under `groups` in guide.yaml", {BOOKS: edit})


def test_a_group_is_unknown_where_there_are_none(finds: Callable[..., None]) -> None:
    files = {
        GUIDE: ("groups: [{id: lending, title: Lending, first: [books]}]\n", ""),
        BOOKS: ("group: lending", "group: «lending»"),
    }
    finds("unknown-group", "list it under `groups` in guide.yaml", files)


@pytest.mark.parametrize(
    ("at", "code", "remedy"),
    [
        ("objects.bok.title", "unknown-object", "did you mean `book`?"),
        ("objects.book.titel", "unknown-field", "did you mean `title`?"),
        ("books/gte#request", "unknown-location", "did you mean `books/get`?"),
        ("everything", "unknown-location", "write `objects.OBJECT.FIELD` or `RESOURCE/ENDPOINT#ANCHOR`"),
    ],
)
@pytest.mark.parametrize(
    "entry",
    [
        'exceptions: [{{at: «"{}"», release: "1.1", reason: It was wrong.}}]\n',
        'errata: [{{at: «"{}"», releases: ["1.0"], date: "2024-01-31", reason: It was wrong.}}]\n',
    ],
)
def test_what_was_broken_or_wrong_is_a_part_of_the_guide(
    entry: str, at: str, code: str, remedy: str, finds: Callable[..., None]
) -> None:
    finds(code, remedy, {GUIDE: ("", entry.format(at))})


@pytest.mark.parametrize(
    "at", ["objects.book.title", "objects.book", "books/get#response-title", "books/get"]
)
def test_any_part_of_the_guide_may_have_been_broken(at: str, codes: Callable[..., list[str]]) -> None:
    assert codes({GUIDE: ("", f'exceptions: [{{at: "{at}", release: "1.1", reason: Wrong.}}]\n')}) == []
