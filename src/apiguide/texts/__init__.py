"""The texts of pages in the language of a guide: a catalogue for each, with that of the project over it.

A catalogue is data: `SECTION: {KEY: text}`. What stands in a text between braces is put in as a value, and a
text that depends on a number has a form for each of the categories that its language has (CLDR).
"""

from __future__ import annotations

from apiguide.texts.catalogue import ENGLISH, english, texts_of
from apiguide.texts.texts import Said, Texts, said

__all__ = ["ENGLISH", "Said", "Texts", "english", "said", "texts_of"]
