"""What a project keeps of the examples that have been run."""

import json
from pathlib import Path

import pytest

from apiguide.proof_record import ProofRecord, RecordError, digest, loads, read_record, record_of

ONE, TWO = digest("curl a", []), digest("curl b", [])
RECORD = ProofRecord().with_run("1.0", [TWO, ONE], "2025-02-03").with_run("1.1", [ONE], None)


def test_a_line_and_each_part_of_its_answers_count() -> None:
    found = {
        digest("curl a", []),
        digest("curl a ", []),
        digest("curl a", [("200", "", "")]),
        digest("curl a", [("200", "json", "{}")]),
        digest("curl a", [("201", "json", "{}")]),
        digest("curl a", [("200", "xml", "{}")]),
        digest("curl a", [("200", "json", "[]")]),
        digest("curl a", [("200", "json", "{}"), ("404", "", "")]),
    }
    assert len(found) == 8


def test_ends_of_lines_count_as_html_takes_them() -> None:
    plain = digest("curl a\nb", [("200", "json", "{\n}")])
    assert digest("curl a\r\nb\n", [("200", "json", "{\r}\n")]) == plain
    assert digest("curl a\n\nb", [("200", "json", "{\n}")]) != plain


def test_it_covers_examples_of_which_each_has_been_run_for_the_release() -> None:
    assert RECORD.covers("1.0", [ONE, TWO, ONE])
    assert RECORD.covers("1.1", [ONE])
    assert not RECORD.covers("1.1", [ONE, TWO])
    assert not RECORD.covers("2.0", [ONE])
    assert not RECORD.covers("1.0", [])


def test_a_run_takes_the_place_of_what_was_known_of_its_release_alone() -> None:
    again = RECORD.with_run("1.0", [ONE], "2025-03-04")
    assert not again.covers("1.0", [TWO])
    assert again.covers("1.1", [ONE])
    assert again.days == {"1.0": "2025-03-04", "1.1": None}


def test_releases_that_are_no_more_are_left_out() -> None:
    assert RECORD.only(["1.1", "2.0"]) == ProofRecord({"1.1": None}, {"1.1": frozenset([ONE])})


def test_it_is_written_with_an_entry_in_each_line_whatever_the_order() -> None:
    other = ProofRecord().with_run("1.1", [ONE], None).with_run("1.0", [ONE, TWO], "2025-02-03")
    assert other.dumps() == RECORD.dumps()
    assert loads(RECORD.dumps()) == RECORD
    first, second = sorted([ONE, TWO])
    releases = {ONE: '["1.0","1.1"]', TWO: '["1.0"]'}
    assert RECORD.dumps().splitlines() == [
        '{"releases":{',
        '"1.0":"2025-02-03",',
        '"1.1":null',
        '},"lines":{',
        f'"{first}":{releases[first]},',
        f'"{second}":{releases[second]}',
        "}}",
    ]


def test_an_empty_one_can_be_read_again() -> None:
    nothing = ProofRecord().with_run("1.0", [], None)
    assert loads(nothing.dumps()) == nothing
    assert loads(ProofRecord().dumps()) == ProofRecord()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        "{}",
        '{"releases": {}}',
        '{"releases": [], "lines": []}',
        '{"releases": {"1.0": 5}, "lines": {}}',
        '{"releases": {"1.0": "<b>"}, "lines": {}}',
        '{"releases": {"1.0": null}, "lines": {"abc": ["1.0"]}}',
        json.dumps({"releases": {}, "lines": {ONE: ["1.0"]}}),
        json.dumps({"releases": {"1.0": None}, "lines": {ONE: 1}}),
    ],
)
def test_what_is_none_is_refused_with_the_remedy(text: str, tmp_path: Path) -> None:
    (tmp_path / "proof.json").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as raised:
        record_of(tmp_path)
    assert str(raised.value) == (
        "proof.json cannot be read: it is not what `apiguide examples --run --record` writes; "
        "run `apiguide examples --run --record proof.json` again, or delete it"
    )


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "proof.json").write_bytes(b"\xff")
    (tmp_path / "folder").mkdir()
    with pytest.raises(RecordError, match="it is not UTF-8"):
        read_record(tmp_path / "proof.json")
    with pytest.raises(RecordError, match="directory"):
        read_record(tmp_path / "folder")


def test_a_project_without_one_has_an_empty_one(tmp_path: Path) -> None:
    assert record_of(tmp_path) == ProofRecord()
