from collections.abc import Callable
from typing import Any

import pytest

from apiguide.problems import Severity

GET, GUIDE, BOOKS = "books/get.yaml", "guide.yaml", "books/resource.yaml"

# Where a release can be named, each time one that is not there.
UNKNOWN = {
    "of an endpoint's start": (GET, ("", 'since: «"9.9"»\n')),
    "of evidence": (GET, ("", 'documented_since: «"9.9"»\n')),
    "of an endpoint's end": (GET, ("", 'removed: «"9.9"»\n')),
    "of a deprecation": (GET, ("", 'deprecated: {since: «"9.9"»}\n')),
    "of a change": (GET, ("", 'changes: [{release: «"9.9"», note: Faster.}]\n')),
    "of a note": (GET, ("", 'notes: [{info: Look., since: «"9.9"»}]\n')),
    "of a resource's note": (BOOKS, ("", 'notes: [{info: Look., since: «"9.9"»}]\n')),
    "of an example": (GET, ("", 'examples: [{title: One, since: «"9.9"»}]\n')),
    "of a permission": (GET, ("", 'permissions: [{value: read, since: «"9.9"»}]\n')),
    "of a response": (GET, ("{body: {object: book}}", '{body: {object: book}, since: «"9.9"»}')),
    "of a field in a response": (
        GET,
        ("{object: book}}", '{fields: {a: {description: A., example: a, since: «"9.9"»}}}}'),
    ),
    "of a field in the former body of a response": (
        GET,
        (
            "{object: book}}",
            '{object: book}, changes: [{release: "1.1", before: {body: {fields: {a: {since: «"9.9"»}}}}}]}',
        ),
    ),
    "of a parameter": (GET, ("", 'parameters: {query: {q: {since: «"9.9"»}}}\n')),
    "of an allowed value": (
        GET,
        ("", 'parameters: {query: {q: {enum: [{value: a, since: «"9.9"»}]}}}\n'),
    ),
    "of an object": (BOOKS, ("  book:\n", '  book:\n    since: «"9.9"»\n')),
    "of an object's field": (BOOKS, ("example: Emma", 'example: Emma, removed: «"9.9"»')),
    "of a path parameter": (BOOKS, ("example: 12}", 'example: 12, since: «"9.9"»}')),
    "of a method's note": (
        GUIDE,
        ("GET: {description: Reads.}", 'GET: {description: Reads., notes: [{info: Look., since: «"9.9"»}]}'),
    ),
    "of the promise": (GUIDE, ("", 'compatible_since: «"9.9"»\n')),
    "of an exception": (
        GUIDE,
        ("", 'exceptions: [{at: objects.book.title, release: «"9.9"», reason: It was wrong.}]\n'),
    ),
    "of an erratum": (
        GUIDE,
        ("", 'errata: [{at: books/get, releases: ["1.0", «"9.9"»], date: "2024-01-31", reason: Wrong.}]\n'),
    ),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_an_unknown_release_is_named(case: str, finds: Callable[..., None]) -> None:
    file, edit = UNKNOWN[case]
    finds("unknown-release", "choose from 1.0, 1.1, 2.0", {file: edit}, says="there is no release `9.9`")


def test_a_release_of_other_spelling_is_suggested(finds: Callable[..., None]) -> None:
    releases = (
        '[{release: "1.0"}, {release: "1.1"}, {release: "2.0"}]',
        '[{release: "1.0"}, {release: "2024-10"}]',
    )
    finds("unknown-release", "did you mean `2024-10`?", {GUIDE: releases, GET: ("", 'since: «"2024-1O"»\n')})


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (GET, ("", "since: «1.1»\n")),
        (GET, ("", "changes: [{release: «1.1», note: Faster.}]\n")),
        (GET, ("", "deprecated: {since: «2.0»}\n")),
        (GUIDE, ('{release: "1.1"}', "{release: «1.1»}")),
        (GUIDE, ("", "compatible_since: «1.0»\n")),
        ("docs/index.md", "---\nsince: «1.0»\n---\n"),
    ],
)
def test_a_release_without_quotes_is_a_warning(file: str, edit: Any, finds: Callable[..., None]) -> None:
    finds("unquoted-release", 'write "', {file: edit}, severity=Severity.WARNING)


def test_what_ends_before_it_begins_is_a_problem(finds: Callable[..., None]) -> None:
    remedy = "name a release after the one that introduced it"
    finds("removed-before-start", remedy, {GET: ("", 'since: "1.1"\nremoved: «"1.0"»\n')})


def test_what_ends_as_it_begins_is_a_problem(finds: Callable[..., None]) -> None:
    edit = ("example: Emma", 'example: Emma, documented_since: "1.1", removed: «"1.1"»')
    finds(
        "removed-before-start",
        "name a release after",
        {BOOKS: edit},
        says="it is removed in 1.1, but was introduced in 1.1",
    )


def test_what_begins_with_the_guide_cannot_end_in_its_first_release(finds: Callable[..., None]) -> None:
    finds(
        "removed-before-start",
        "name a release after",
        {GET: ("", 'removed: «"1.0"»\n')},
        says="has been there from the first release",
    )


@pytest.mark.parametrize(
    ("keys", "remedy", "says"),
    [
        (
            'absent: [{from: «"1.0"», until: "1.1"}]\n',
            "later",
            "absent from 1.0, but it is there from 1.0 on",
        ),
        (
            'since: "1.1"\nabsent: [{from: «"1.1"», until: "2.0"}]\n',
            "name a later release",
            "it is absent from 1.1, but it is there from 1.1 on",
        ),
        ('absent: [{from: "1.1", until: «"1.1"»}]\n', "later than `from`", "from 1.1 until 1.1, which is no"),
        (
            'absent: [{from: "1.1", until: «"2.0"»}]\nremoved: "2.0"\n',
            'delete the absence, and write `removed: "1.1"`',
            "it is there again in 2.0, but removed in 2.0",
        ),
    ],
)
def test_absences_are_inside_of_the_lifespan(
    keys: str, remedy: str, says: str, finds: Callable[..., None]
) -> None:
    finds("absent-out-of-order", remedy, {GET: ("", keys)}, says=says)


def test_a_release_in_an_absence_is_one_of_the_guide(finds: Callable[..., None]) -> None:
    finds("unknown-release", "choose from", {GET: ("", 'absent: [{from: "1.1", until: «"9.9"»}]\n')})


def test_nothing_is_deprecated_before_it_begins(finds: Callable[..., None]) -> None:
    edit = ("", 'since: "1.1"\ndeprecated: {since: «"1.0"»}\n')
    finds("deprecated-before-start", "name the release that introduced it, or a later one", {GET: edit})


def test_nothing_is_deprecated_when_it_is_gone(finds: Callable[..., None]) -> None:
    edit = ("", 'removed: "1.1"\ndeprecated: {since: «"1.1"»}\n')
    finds("deprecated-after-end", "name a release before the one that removes it", {GET: edit})


def test_changes_stand_oldest_first(finds: Callable[..., None]) -> None:
    edit = ("", 'changes: [{release: "2.0", note: Faster.}, {release: «"1.1"», note: Slower.}]\n')
    finds(
        "changes-out-of-order",
        "oldest first",
        {GET: edit},
        says="the change of 1.1 is listed after that of 2.0",
    )


def test_a_release_has_one_change_of_a_part(finds: Callable[..., None]) -> None:
    edit = ("", 'changes: [{release: "1.1", note: Faster.}, {release: «"1.1"», note: Greener.}]\n')
    finds("changes-out-of-order", "merge them", {GET: edit}, says="1.1 has two changes")


@pytest.mark.parametrize(
    "edit",
    ['since: "1.1"\nchanges: [{release: «"1.1"», note: F.}]\n', 'changes: [{release: «"1.0"», note: F.}]\n'],
)
def test_nothing_changes_as_it_begins(edit: str, finds: Callable[..., None]) -> None:
    finds(
        "changes-out-of-order",
        "after the start",
        {GET: ("", edit)},
        says="is not after the start, which is 1.",
    )


@pytest.mark.parametrize("release", ["1.1", "2.0"])
def test_nothing_changes_when_it_is_gone(release: str, finds: Callable[..., None]) -> None:
    edit = ("", f'removed: "1.1"\nchanges: [{{release: «"{release}"», note: Faster.}}]\n')
    finds("change-after-end", "delete the change", {GET: edit}, says="the part is removed in 1.1")


@pytest.mark.parametrize("change", ['{release: «"1.1"»}', '{release: «"1.1"», before: {}}'])
def test_a_change_says_what_changed(change: str, finds: Callable[..., None]) -> None:
    remedy = "write under `before` what was different, or describe it in a `note`"
    finds("empty-change", remedy, {GET: ("", f"changes: [{change}]\n")})


def test_a_part_may_outlive_its_whole(codes: Callable[..., list[str]]) -> None:
    query = 'parameters: {query: {q: {description: A word., example: a, since: "1.0"}}}\n'
    assert codes({GET: ("", f'since: "1.1"\nremoved: "2.0"\n{query}')}) == []


@pytest.mark.parametrize(("file", "key"), [(GET, "title"), (GET, "method"), (GET, "path"), (BOOKS, "title")])
def test_what_a_file_must_state_it_has_always_stated(file: str, key: str, finds: Callable[..., None]) -> None:
    edit = ("", f'changes: [{{release: "1.1", before: {{«{key}»: null}}}}]\n')
    finds("never-unstated", "write the former one, or delete the key", {file: edit})


def test_what_a_file_need_not_state_may_have_been_left_out(codes: Callable[..., list[str]]) -> None:
    assert codes({GET: ("", 'changes: [{release: "1.1", before: {description: null}}]\n')}) == []
