"""What is not YAML, or uses features of YAML that a guide may not use."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class YamlSyntax(Rule):
    """The file is not YAML."""


class YamlFeature(Rule):
    """A file uses an anchor, an alias, a tag or a merge key."""


class SeveralDocuments(Rule):
    """A file contains a second YAML document."""


class TooDeep(Rule):
    """Values are nested deeper than 32 levels."""


class DuplicateKey(Rule):
    """A key appears twice in the same mapping."""


class KeyNotText(Rule):
    """A key is missing, or is not a plain name."""


class EmptyValue(Rule):
    """A key or an item has no value, or a list or mapping that needs at least one item has none."""
