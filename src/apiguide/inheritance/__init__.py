"""Resolves what parts inherit from others, so that every field stands on its own with its own history.

A field of a request inherits each key that it does not state from the object's field of its name, and a field
that `extends` another one from that; an object that extends another inherits its fields; an endpoint inherits
the path parameters of its resource and, with `paging`, those of the guide. Everything after this step (views,
pages, checks of values) knows nothing of it.
What is inherited keeps the lifespan of what it is inherited from: resolve first, then look at a release.
"""

from __future__ import annotations

from apiguide.inheritance.resolver import Resolver, Source
from apiguide.model import Guide

__all__ = ["Resolver", "Source", "resolve_inheritance"]


def resolve_inheritance(guide: Guide) -> Guide:
    """The guide with nothing left to inherit.

    The guide must be free of errors that `checks.stated` finds: unknown releases and objects, circles of
    `extends`.
    """
    return Resolver(guide).guide()
