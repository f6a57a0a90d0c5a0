"""What is not YAML, or more of YAML than a guide may use."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class YamlSyntax(Rule):
    """The file is not YAML."""


class YamlFeature(Rule):
    """An anchor, an alias, a tag or a merge key of YAML."""


class SeveralDocuments(Rule):
    """A second YAML document begins in the file."""


class TooDeep(Rule):
    """Values are nested deeper than 32 levels."""


class DuplicateKey(Rule):
    """A key stands twice in one mapping."""


class KeyNotText(Rule):
    """A key is missing, or is no word."""


class EmptyValue(Rule):
    """A key or an item without a value, or a list or mapping that needs at least one item and has none."""
