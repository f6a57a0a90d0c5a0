"""Each curl line of the built pages is run, and the run would notice if it were wrong."""

import random
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from apiguide.checks import Checked
from apiguide.proof.printed import Printed, lines_in, lines_of
from apiguide.proof.running import run

PART = 150
"""So many lines of the newest release are run each time; `make examples` runs all of all releases."""
PAGE = "dns_records/create/"

Html = Callable[[str], str]


def newest(checked: Checked) -> str:
    assert checked.guide is not None
    return checked.guide.newest


def test_a_part_of_the_newest_release_agrees(site: Path, reference: Checked) -> None:
    lines = lines_of(site, newest(reference))
    assert len(lines) > 1000
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout
    part = random.Random(commit).sample(lines, PART)
    wrong = {
        f"{each.printed.page} {each.printed.number}": each.wrong
        for each in run(reference.views[newest(reference)], part)
        if each.wrong
    }
    assert wrong == {}


def test_older_releases_have_their_lines_too(site: Path, reference: Checked) -> None:
    assert reference.guide is not None
    numbers = {release: len(lines_of(site, release)) for release in reference.guide.published[::4]}
    assert min(numbers.values()) > 300, numbers


def test_lines_of_pages_in_docs_are_run_too(site: Path, reference: Checked) -> None:
    found = [each for each in lines_of(site, newest(reference)) if each.resource == "authentication"]
    assert {each.line.partition("://")[0].rpartition(" ")[2] for each in found} == {"http", "https"}
    assert [each.wrong for each in run(reference.views[newest(reference)], found) if each.wrong] == []
    wrong = [replace(each, line=each.line.replace(" -u ", " -U ")) for each in found]
    assert all(each.wrong for each in run(reference.views[newest(reference)], wrong))


# Against fooling ourselves: faults that are seeded into a built page are all found.


def once(old: str, new: str) -> Html:
    """Replaces what stands first on the page."""

    def replaced(html: str) -> str:
        assert old in html, old
        return html.replace(old, new, 1)

    return replaced


def later(after: str, old: str, new: str) -> Html:
    """Replaces what stands first after something."""

    def replaced(html: str) -> str:
        head, found, tail = html.partition(after)
        assert found, after
        assert old in tail, old
        return head + found + tail.replace(old, new, 1)

    return replaced


XML_ANSWER, JSON_REQUEST, JSON_ANSWER = 'class="language-xml', "application/json'", 'class="language-json'
FAULTS: dict[str, Html] = {
    "a quote is missing": once('<span class="s1">\'</span>', ""),
    "a parameter has another name": once("&lt;ttl&gt;", "&lt;tll&gt;"),
    "another method": once("-X POST", "-X PUT"),
    "a > is lost": once("&lt;name&gt;</span>api", "&lt;name</span>api"),
    "another status": once('ag-status--2">201</span>', 'ag-status--2">200</span>'),
    "another value is sent": once("3600", "7200"),
    "another value is shown": later(XML_ANSWER, "3600", "7200"),
    "another type in XML": later(XML_ANSWER, '"integer"', '"decimal"'),
    "a field too many is shown": later(JSON_ANSWER, '"weight"', '"weight": 1, "height"'),
    "a field is not shown": later(
        XML_ANSWER,
        '  <span class="nt">&lt;weight</span> <span class="na">nil=</span>'
        '<span class="s">"true"</span><span class="nt">/&gt;</span>\n',
        "",
    ),
    "a field has another name in the answer": later(JSON_ANSWER, '"primaryNs"', '"primary_ns"'),
    "null is shown as a text": later(JSON_ANSWER, '<span class="kc">null</span>', '"null"'),
    "another extension": later("--url", "records.xml", "records.json"),
    "an unknown extension": later("--url", "records.xml", "records.yaml"),
    "another path": once("/dns_zones/11/", "/dns_zone/11/"),
    "a word in the path instead of an id": once("/dns_zones/11/", "/dns_zones/eleven/"),
    "another media type is sent": once("Content-type: application/xml", "Content-type: text/plain"),
    "wrong credentials": once("user:userpass", "user:password"),
    "a required parameter is missing": once(
        '  <span class="nt">&lt;type&gt;</span>A<span class="nt">&lt;/type&gt;</span>\n', ""
    ),
    "a comma is lost in JSON": later(JSON_REQUEST, '<span class="p">,</span>', ""),
    "a brace is lost in JSON": later(JSON_REQUEST, '<span class="p">{</span>', ""),
    "a number is sent as another text": later(JSON_REQUEST, '<span class="mi">3600</span>', '"an hour"'),
    "the end of a line is lost": once(" \\\n  --url", "\n  --url"),
    "an option is lost": once(" -u user:userpass", ""),
    "an answer is not JSON": later(JSON_ANSWER, '<span class="p">{</span>', ""),
    "values differ between the formats": later(JSON_ANSWER, '"192.0.2.15"', '"192.0.2.16"'),
}


@pytest.fixture(scope="module")
def page(site: Path, reference: Checked) -> str:
    return (site / newest(reference) / PAGE / "index.html").read_text(encoding="utf-8")


def lines(html: str) -> Iterator[Printed]:
    return (each for each in lines_in(html, PAGE) if each.example == 1)


def test_the_page_without_a_fault_agrees(page: str, reference: Checked) -> None:
    outcomes = run(reference.views[newest(reference)], [*lines(page)])
    assert [each.wrong for each in outcomes] == [(), ()]


def test_each_seeded_fault_is_found(page: str, reference: Checked) -> None:
    view = reference.views[newest(reference)]
    faulty = {name: [*lines(fault(page))] for name, fault in FAULTS.items()}
    assert [name for name, found in faulty.items() if len(found) != 2] == []
    outcomes = run(view, [line for found in faulty.values() for line in found])
    wrong = {
        name: [each.wrong for each in outcomes if each.printed in found] for name, found in faulty.items()
    }
    assert [name for name, found in wrong.items() if not any(found)] == []


def test_what_stands_on_a_page_is_read_as_a_reader_copies_it(page: str) -> None:
    first, second = lines(page)
    assert first.line.startswith("curl -i -X POST -u user:userpass \\\n  -H 'Accept: application/xml' \\\n")
    assert "<name>api</name>" in first.line
    assert [(each.status, each.language) for each in first.shown] == [("201", "xml")]
    assert [(each.status, each.language) for each in second.shown] == [("201", "json")]
    assert re.match(r"\{\s+\"dns_record\"", second.shown[0].text)
    assert {"201", "403", "404", "422"} <= first.statuses
