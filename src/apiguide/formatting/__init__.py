"""How the files of a guide are laid out: keys in the usual order, quotes where an editor needs them.

A file's text comes in and goes out; its values and its comments stay. `layout` says where everything stands,
`shapes` what the model wants there, `order` in which order keys come; `quotes`, `flows`, `blocks` and `ends`
each change one thing; `files` finds the files and writes them. Nothing here knows what a guide means.
"""

from apiguide.formatting.formatter import Unchangeable, formatted

__all__ = ["Unchangeable", "formatted"]
