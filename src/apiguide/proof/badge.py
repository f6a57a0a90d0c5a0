"""A badge that says how many examples have been run: an image that needs no other file."""

from __future__ import annotations

from html import escape

_CHARACTER = 6.6
"""The width of a character, in pixels; texts are fitted to it, whatever font there is."""
_PADDING = 7
_GOOD, _BAD = "#2a7a3f", "#b3261e"


def badge(run: int, failed: int) -> str:
    """The badge as SVG: of so many examples that have been run, so many failed."""
    label = "examples"
    message = f"{failed:,} of {run:,} failed" if failed else f"{run:,} run"
    left, right = (round(len(text) * _CHARACTER) + 2 * _PADDING for text in (label, message))
    title = escape(f"{label}: {message}")
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">
<title>{title}</title>
<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)">
<rect width="{left}" height="20" fill="#4a4a4a"/>
<rect x="{left}" width="{right}" height="20" fill="{_BAD if failed else _GOOD}"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
{_text(label, _PADDING, left)}
{_text(message, left + _PADDING, right)}
</g>
</svg>
"""


def _text(text: str, x: int, width: int) -> str:
    return f'<text x="{x}" y="14" textLength="{width - 2 * _PADDING}">{escape(text)}</text>'
