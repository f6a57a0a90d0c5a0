"""Keys that are told apart by which objects they are."""

import weakref

from apiguide.identity import ByIdentity, Identity


class Thing:
    """Equal to every other."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_only_the_very_same_object_is_found() -> None:
    thing = Thing()
    known = ByIdentity[str]()
    known[thing] = "known"
    assert known.get(thing) == "known"
    assert known.get(Thing()) is None


def test_a_key_in_parts_equals_only_that_of_the_very_same_objects() -> None:
    thing = Thing()
    known = {(Identity(thing), "name"): "known"}
    assert known.get((Identity(thing), "name")) == "known"
    assert known.get((Identity(Thing()), "name")) is None
    assert Identity(thing) != id(thing)


def test_an_object_lives_as_long_as_it_is_a_key() -> None:
    things = [Thing(), Thing()]
    alive = [weakref.ref(thing) for thing in things]
    known = ByIdentity[str]()
    known[things[0]] = "known"
    key = Identity(things[1])
    things.clear()
    assert all(ref() is not None for ref in alive)
    del known, key
    assert all(ref() is None for ref in alive)
