"""What must stay true of the Webcore guide in `reference/`."""

import ipaddress
import re
from collections import Counter
from pathlib import Path

from apiguide.checks import Checked
from apiguide.checks.settings.debt import count

ROOT = Path(__file__).parents[1]

# How many endpoints are known of each release.
ENDPOINTS = {
    **{"3.0": 267, "3.1": 274, "3.2": 274, "3.3": 274, "3.4": 274},
    **{"3.5": 283, "4.0": 287, "4.1": 306, "4.2": 513},
}


def test_each_release_has_all_endpoints_that_are_known_of_it(reference: Checked) -> None:
    assert {release: len(view.endpoints) for release, view in reference.views.items()} == ENDPOINTS


def test_nothing_is_missing_but_what_nobody_knows(reference: Checked) -> None:
    assert {problem.code for problem in reference.problems} == {"incomplete"}
    debts = {id_: each.total() for id_, each in count(reference.problems).items()}
    assert reference.guide is not None
    assert debts == dict(reference.guide.settings.debt)


def test_only_what_is_known_to_have_come_later_bears_a_bulb(reference: Checked) -> None:
    newest = reference.views["4.2"]
    starts = Counter(each.since for each in newest.endpoints.values() if each.since)
    assert set(starts) == {"3.1"}


ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
E_MAIL = re.compile(r"[\w.+-]+@([\w.-]+\w)")
FREE = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "233.252.0.0/24", "10.0.0.0/8", "0.0.0.0/32"]
"""Networks of RFC 5737, RFC 6676 and RFC 1918, and the address of none."""


def test_addresses_in_examples_are_those_reserved_for_documentation() -> None:
    free = [ipaddress.ip_network(each) for each in FREE]
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "reference").rglob("*.yaml")]
    addresses = {each for text in texts for each in ADDRESS.findall(text) if not each.startswith("255.")}
    assert len(addresses) > 20
    assert {a for a in addresses if not any(ipaddress.ip_address(a) in each for each in free)} == set()
    hosts = {host for text in texts for host in E_MAIL.findall(text)}
    assert {host for host in hosts if not host.endswith(".test")} == set()
