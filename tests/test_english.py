"""English words: one and many of a thing."""

import pytest

from apiguide.english import forms, plural, singular


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("user", "users"),
        ("ip_address", "ip_addresses"),
        ("permission", "permissions"),
        ("backup_policy", "backup_policies"),
        ("key", "keys"),
        ("box", "boxes"),
        ("switch", "switches"),
        ("mesh", "meshes"),
        ("y", "ys"),
    ],
)
def test_many_of_a_thing_are_named_by_the_regular_rules(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("Books", "Book"),
        ("IP addresses", "IP address"),
        ("policies", "policy"),
        ("Boxes", "Box"),
        ("batches", "batch"),
        ("meshes", "mesh"),
        ("sizes", "size"),
        ("status", "status"),
        ("access", "access"),
        ("data", "data"),
    ],
)
def test_one_of_many_is_named_by_the_regular_rules(many: str, one: str) -> None:
    assert singular(many) == one


@pytest.mark.parametrize(("name", "other"), [("box", "boxes"), ("diary", "diaries"), ("status", "statuses")])
def test_a_name_is_known_in_the_singular_and_the_plural(name: str, other: str) -> None:
    assert other in set(forms(name))
    assert name in set(forms(other))
