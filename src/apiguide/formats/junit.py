"""Findings as a JUnit report: a suite for each file, a test case for each finding.

What makes the check end with 1 is a failure; any other warning is shown as skipped, so that no service calls
a check failed that was not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from apiguide.formats.entries import Entry
from apiguide.problems import Severity

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 §2.2 does not allow."""


def render(entries: Sequence[Entry], *, strict: bool) -> str:
    """The report; where nothing was found, a test that passed. With `strict`, warnings are failures."""
    suites = Element("testsuites", name="apiguide check")
    for path, group in groupby(entries, key=lambda entry: entry.path):
        suite = SubElement(suites, "testsuite", name=_xml(path))
        for entry in group:
            _case(suite, entry, is_failure=strict or entry.severity is Severity.ERROR)
    if not entries:
        suite = SubElement(suites, "testsuite", name="apiguide check")
        SubElement(suite, "testcase", classname="apiguide", name="no problems")
    for each in (suites, *suites):
        each.set("tests", str(len(list(each.iter("testcase")))))
        each.set("failures", str(len(list(each.iter("failure")))))
        each.set("errors", "0")  # a test that could not run; XSDs of Jenkins and others ask for the number
        each.set("skipped", str(len(list(each.iter("skipped")))))
    data: bytes = tostring(suites, encoding="us-ascii", xml_declaration=True)
    return data.decode("ascii")


def _case(suite: Element, entry: Entry, *, is_failure: bool) -> None:
    path = _xml(entry.path)
    name = f"{entry.code} at {entry.line}:{entry.column}"
    case = SubElement(suite, "testcase", classname=path, name=name, file=path, line=str(entry.line), time="0")
    found = SubElement(case, "failure" if is_failure else "skipped", message=_xml(entry.message))
    if is_failure:
        found.set("type", entry.code)
    found.text = _xml(f"{path}:{entry.line}:{entry.column}: {entry.severity}[{entry.code}]: {entry.text}")


def _xml(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
