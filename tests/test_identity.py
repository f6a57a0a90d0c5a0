"""Keys that tell objects apart by which they are."""

import weakref

from apiguide.identity import Identity


class Thing:
    """Equal to every other."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_only_the_very_same_object_is_found() -> None:
    thing = Thing()
    known = {Identity(thing): "known"}
    assert known.get(Identity(thing)) == "known"
    assert known.get(Identity(Thing())) is None
    assert Identity(thing) != id(thing)


def test_an_object_lives_as_long_as_it_is_a_key() -> None:
    thing = Thing()
    alive = weakref.ref(thing)
    known = {Identity(thing): "known"}
    del thing
    assert alive() is not None
    known.clear()
    assert alive() is None
