"""Files of documents, opened as other programs open them: what is read in them."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

from lawmodel.render.formats import is_binary

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(written: bytes) -> dict[str, str]:
    """The parts of a file of Word, by their names; without its pictures."""
    file = zipfile.ZipFile(io.BytesIO(written))
    return {name: file.read(name).decode() for name in file.namelist() if not name.endswith(".png")}


def tree(xml: str) -> ElementTree.Element:
    """A part, which this program has written itself."""
    return ElementTree.fromstring(xml)  # noqa: S314


def words_of_part(xml: str) -> str:
    """What is read in a part."""
    return "".join(one.text or "" for one in tree(xml).iter(f"{W}t"))


def pdf_file(written: bytes) -> Any:
    """A PDF file, as another program reads it."""
    import pypdf

    return pypdf.PdfReader(io.BytesIO(written))


def words_in(name: str, written: str | bytes) -> str:
    """What is read in a document of a format; of text all of it."""
    if isinstance(written, str):
        return written
    assert is_binary(name)
    if name == "docx":
        return words_of_part(parts(written)["word/document.xml"])
    return " ".join(page.extract_text() for page in pdf_file(written).pages)
