"""`apiguide verify` and `apiguide record` as they are typed."""

import base64
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from tests.checks.conftest import BASE
from tests.verify.conftest import SECRET, Serve, Served, said

from apiguide.checks import check
from apiguide.cli import main
from apiguide.formats import FORMATS
from apiguide.verify.verify import IN_A_ROW

USER, _, PASSWORD = SECRET.partition(":")
LIST = """\
title: List books
method: GET
path: /books
description: All that there are.
responses:
  200: {body: {type: array, items: {object: book}}}
"""
BURN = "title: Burn book\nmethod: GET\npath: /books/:id/burn\nsafe: false\ndescription: For good.\n"
GET = """\
title: Get book
method: GET
path: /books/:id
description: Gives a book.  # of the library
# What comes back.
responses:
  200: {body: {object: book}}
"""
PRIVATE = "Diary of Tatyana"
BOOK = {"id": 4711, "title": PRIVATE}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small guide, with a list of its records."""
    basic = "authentication: [{id: basic, type: basic, title: HTTP Basic, description: With a password.}]\n"
    more = {
        "reference/guide.yaml": BASE["reference/guide.yaml"] + basic,
        "reference/books/list.yaml": LIST,
        "reference/books/get.yaml": GET,
        "reference/books/burn.yaml": BURN,
    }
    for name, text in {**BASE, **more}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert check(tmp_path).is_good
    return tmp_path


def run(*arguments: str | Path, secret: str = SECRET, **options: str) -> Result:
    environment = {"APIGUIDE_CREDENTIALS": secret}
    return CliRunner(env=environment).invoke(main, [*map(str, arguments)], **options)


@pytest.fixture
def library(serve: Serve) -> Callable[..., Served]:
    """`library(book, **odd)`: a server with one book, which answers some paths otherwise."""

    def start(book: object = BOOK, **odd: bytes) -> Served:
        answers = {
            "GET /books.json": said(json.dumps([{"book": book}])),
            "GET /books/4711.json": said(json.dumps({"book": book})),
            **{f"GET /{name}.json": answer for name, answer in odd.items()},
        }
        return serve(lambda target, _: answers.get(target, said(status=404)))

    return start


def test_a_server_that_does_what_the_guide_says_passes(root: Path, library: Callable[..., Served]) -> None:
    result = run("verify", "--root", root, "--url", library().url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-2:] == [
        "not reached, since it is not safe: 2 endpoints (books/burn, books/create)",
        "2 endpoints answered, 2 not reached: 0 differences",
    ]


def test_differences_are_printed_with_their_lines(root: Path, library: Callable[..., Served]) -> None:
    result = run("verify", "--root", root, "--url", library({**BOOK, "pages": 9}).url)
    assert result.exit_code == 1
    what = "error[undocumented-field]: field `pages` of `book` is not documented"
    first = f"reference/books/resource.yaml:7:3: {what}"
    assert result.stdout.splitlines() == [first, "  7 │   book:", "    │   ^^^^ add `pages: {type: integer}`"]
    assert result.stderr.endswith("2 endpoints answered, 2 not reached: 1 difference\n")


@pytest.mark.parametrize("format_", FORMATS)
def test_findings_are_in_the_formats_of_a_check(
    format_: str, root: Path, library: Callable[..., Served], tmp_path: Path
) -> None:
    url = library({**BOOK, "pages": 9}).url
    result = run("verify", "--root", root, "--url", url, "--format", format_)
    assert result.exit_code == 1
    assert "undocumented-field" in result.stdout
    assert "resource.yaml" in result.stdout
    assert "not reached" not in result.stdout
    if format_ in ("gitlab", "json", "sarif"):
        json.loads(result.stdout)
    file = tmp_path / "report"
    written = run("verify", "--root", root, "--url", url, "--format", format_, "--output", file)
    assert (written.exit_code, written.stdout) == (1, "")
    assert file.read_text("utf-8") == result.stdout


def test_warnings_can_be_ignored_here_or_in_the_guide(root: Path, library: Callable[..., Served]) -> None:
    arguments = ("verify", "--root", root, "--url", library({"id": 4711}).url)
    assert run(*arguments).exit_code == 1
    assert run(*arguments, "--ignore", "never-seen").exit_code == 0
    assert run(*arguments, "--select", "other-type").exit_code == 0
    refused = run(*arguments, "--ignore", "other-type")
    assert (refused.exit_code, "the server contradicts the guide" in refused.stderr) == (2, True)
    guide = root / "reference/guide.yaml"
    guide.write_text(
        f"{guide.read_text('utf-8')}rules: {{ignore: {{never-seen: It comes later.}}}}\n", "utf-8"
    )
    assert run(*arguments).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--release", "9.9"], "the guide has no release '9.9'"),
        (["--allow-unsafe", "books/brun"], "no endpoint 'books/brun'; did you mean `books/burn`?"),
        (["--cacert", "nowhere.pem"], "'nowhere.pem' does not exist"),
        (["--format", "xml"], "'xml' is not one of"),
    ],
)
def test_bad_options_are_told_before_anything_is_sent(
    arguments: list[str], message: str, root: Path, library: Callable[..., Served]
) -> None:
    served = library()
    result = run("verify", "--root", root, "--url", served.url, *arguments)
    assert (result.exit_code, served.targets) == (2, [])
    assert message in " ".join(result.stderr.split())


def test_a_server_that_cannot_be_asked_is_one_line(root: Path, serve: Serve) -> None:
    result = run("verify", "--root", root, "--url", serve(lambda *_: said(status=401)).url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == "Error: the server refuses the credentials (401)"


def test_a_server_that_goes_silent_is_not_verified_to_the_end(
    root: Path, library: Callable[..., Served]
) -> None:
    for number in range(IN_A_ROW):
        text = f"title: Get {number}\nmethod: GET\npath: /more/{number}\nresponses: {{200: {{}}}}\n"
        (root / f"reference/books/more_{number}.yaml").write_text(text, encoding="utf-8")
    gone = {f"more/{number}": b"" for number in range(IN_A_ROW)}
    result = run("verify", "--root", root, "--url", library(**gone).url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-5:] == [
        "not reached, since the answer broke off: 3 endpoints (books/more_0, books/more_1, books/more_2)",
        "not reached, since it is not safe: 2 endpoints (books/burn, books/create)",
        "not reached, since the server was not asked any more: 1 endpoint (books/get)",
        "stopped: the answer broke off, 3 times in a row",
        "1 endpoint answered, 6 not reached: 0 differences",
    ]


def test_a_check_says_who_reports_what_only_a_server_can_tell(root: Path) -> None:
    result = run("check", "--root", root, "--select", "server")
    assert result.exit_code == 2
    assert "what only a server can tell is reported by `apiguide verify`" in " ".join(result.stderr.split())


def test_a_server_of_which_nothing_was_reached_is_not_verified(root: Path, serve: Serve) -> None:
    result = run("verify", "--root", root, "--url", serve(lambda *_: b"").url)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "Error: no endpoint was reached"


def test_credentials_are_asked_for_and_not_shown(root: Path, library: Callable[..., Served]) -> None:
    served = library()
    result = run("verify", "--root", root, "--url", served.url, secret="", input=f"{SECRET}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert base64.b64encode(SECRET.encode()).decode() in served.heads[0]
    none = run("verify", "--root", root, "--url", served.url, secret="")
    assert none.exit_code == 2
    assert "there are no credentials: set APIGUIDE_CREDENTIALS to user:password" in none.stderr


FORMS = {
    SECRET,
    PASSWORD,
    USER,
    quote(SECRET, safe=""),
    quote(PASSWORD, safe=""),
    base64.b64encode(SECRET.encode()).decode(),
}


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("format_", ["text", *FORMATS])
def test_secrets_are_never_printed_or_written(
    form: str, format_: str, root: Path, library: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where a server repeats them: as a name, a media type, an address, a record, a value."""
    monkeypatch.setenv("APIGUIDE_DEBUG", "1")
    name = form.replace(" ", "")
    servers = [
        library({**BOOK, form: 1, "id": form, "title": [form]}),
        library({**BOOK, "title": {form: form}}, books=said("{}", type_=f"text/{name}")),
        library(books=said(status=302, Location=f"https://{name}/")),
        library(books=said(f"<!DOCTYPE {name}><a>&{name};</a>", type_="text/html")),
    ]
    output = root / "report"
    for served in servers:
        for arguments in (
            ("verify", "--format", format_),
            ("verify", "--format", format_, "--output", output),
            ("record", "books/list"),
            ("record", "books/get", "--dry-run"),
        ):
            result = run(*arguments, "--root", root, "--url", served.url)
            assert result.exit_code in (0, 1, 2)
            texts = [result.output, output.read_text("utf-8") if output.exists() else ""]
            texts += [path.read_text("utf-8") for path in root.rglob("*.yaml")]
            assert not [each for each in FORMS for text in texts if each in text]
    refused = run("verify", "--root", root, "--url", f"http://{quote(SECRET, safe=':')}@localhost")
    assert refused.exit_code == 2
    assert not [each for each in FORMS if each in refused.output]


# Record


def test_a_real_answer_becomes_the_example_without_what_is_private(
    root: Path, library: Callable[..., Served]
) -> None:
    served = library({**BOOK, "owner": "Tatyana"})
    result = run("record", "books/get", "--root", root, "--url", served.url)
    assert result.exit_code == 0, result.output
    assert result.stdout == "wrote the response 200 into reference/books/get.yaml\n"
    assert result.stderr == "left out, since it is not documented: owner\n"
    assert served.targets == ["GET /books.json", "GET /books/4711.json"]
    text = (root / "reference/books/get.yaml").read_text("utf-8")
    assert text.startswith(GET)
    assert PRIVATE not in text
    assert "4711" not in text
    assert check(root).problems == ()
    again = run("record", "books/get", "--root", root, "--url", served.url)
    assert again.stdout == "reference/books/get.yaml has this response 200 already\n"


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    root: Path, library: Callable[..., Served]
) -> None:
    result = run("record", "books/get", "--dry-run", "--root", root, "--url", library().url)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == ["--- reference/books/get.yaml", "+++ reference/books/get.yaml"]
    assert "+examples:" in lines
    assert not [line for line in lines[2:] if line.startswith("-")]
    assert (root / "reference/books/get.yaml").read_text("utf-8") == GET


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["books/burn"], "books/burn: it is not safe: give --allow-unsafe if it may be sent all the same"),
        (["books/create", "--allow-unsafe"], "books/create: the server answers with 404, for which no body"),
        (["books/burn", "--allow-unsafe"], "books/burn: the server answers with 404, for which no body"),
        (["books/got"], "release 2.0 has no endpoint 'books/got'; did you mean `books/get`?"),
        ([], "Missing argument 'ENDPOINT'"),
    ],
)
def test_what_cannot_be_recorded_is_one_line(
    arguments: list[str], message: str, root: Path, library: Callable[..., Served]
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    result = run("record", *arguments, "--root", root, "--url", library().url)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert before == {path: path.read_bytes() for path in root.rglob("*.yaml")}


def test_an_answer_that_is_not_what_the_guide_says_is_not_recorded(
    root: Path, library: Callable[..., Served]
) -> None:
    result = run("record", "books/get", "--root", root, "--url", library({"id": 4711, "title": None}).url)
    assert result.exit_code == 2
    assert "the answer is not what the guide documents (`title` is not nullable)" in result.stderr
    assert (root / "reference/books/get.yaml").read_text("utf-8") == GET


def test_a_file_that_is_read_only_stays(
    root: Path, library: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "reference/books/get.yaml"
    path.chmod(stat.S_IRUSR)
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)  # who runs the tests may be root
    served = library()
    result = run("record", "books/get", "--root", root, "--url", served.url)
    assert (result.exit_code, result.stderr) == (2, "Error: reference/books/get.yaml is read-only\n")
    assert served.targets == []
    assert path.read_text("utf-8") == GET


def test_a_guide_that_speaks_xml_alone_is_verified_and_recorded(root: Path, serve: Serve) -> None:
    guide = root / "reference/guide.yaml"
    text = guide.read_text("utf-8")
    (json_line,) = [line for line in text.splitlines() if line.startswith("  json:")]
    guide.write_text(text.replace(f"{json_line}\n", ""), "utf-8")
    book = "<book><id type='integer'>4711</id><title>Diary</title>{}</book>"
    more = ["<pages type='integer'>9</pages>"]

    def answer(target: str, _: object) -> bytes:
        shown = book.format(more[0])
        body = f"<books type='array'>{shown}</books>" if target == "GET /books.xml" else shown
        return said(body, type_="application/xml")

    served = serve(answer)
    result = run("verify", "--root", root, "--url", served.url)
    assert result.exit_code == 1
    assert "field `pages` of `book` is not documented" in result.stdout
    assert "add `pages: {type: integer}`" in result.stdout
    assert served.targets == ["GET /books.xml", "GET /books/4711.xml"]
    more[0] = ""
    assert run("verify", "--root", root, "--url", served.url).exit_code == 0
    recorded = run("record", "books/get", "--root", root, "--url", served.url)
    assert recorded.exit_code == 0, recorded.output
    assert "Diary" not in (root / "reference/books/get.yaml").read_text("utf-8")
    assert check(root).is_good
