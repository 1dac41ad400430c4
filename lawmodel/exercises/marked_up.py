"""Texts of exercises as HTML and in XML: whatever stands in them, none of it becomes markup of what it is put into."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from lawmodel.exercises.exercise import Exercise

NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""One character that no XML document may hold."""
SIGN: Final = "\N{REPLACEMENT CHARACTER}"


def in_xml(text: str) -> str:
    """A text as it stands between two tags, or in an attribute between double quotes."""
    return escape(NOT_IN_XML.sub(SIGN, text), quote=True).replace("&#x27;", "'")


def html_of(text: str) -> str:
    """A text as HTML that is well-formed XML as well: a paragraph for each that a blank line ends."""
    paragraphs = [one.strip() for one in re.split(r"\n\s*\n", text.replace("\r", ""))]
    return "".join(f"<p>{inline_html_of(one)}</p>" for one in paragraphs if one)


def inline_html_of(text: str) -> str:
    """A text as HTML within a paragraph."""
    return in_xml(text).replace("\n", "<br/>")


def asked_html(exercise: Exercise) -> str:
    """The story, and what is asked."""
    return html_of(exercise.story) + html_of(exercise.stem)


def explained_html(exercise: Exercise) -> str:
    """Why the right answer is right; of a contested case also what each side says, and who supports it."""
    sides = "".join(
        f"<li>{in_xml(one.reading)} = {in_xml(one.option)}: {inline_html_of(one.says)} "
        f"({in_xml(', '.join(one.possible))}{in_xml('; ' + ', '.join(one.sources)) if one.sources else ''})</li>"
        for one in exercise.sides
    )
    return html_of(exercise.explanation) + (f"<ul>{sides}</ul>" if sides else "")
