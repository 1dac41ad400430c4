"""Archives whose bytes depend on their contents alone, and names that may stand in XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final

_THE_SAME_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The first that an archive knows: when it was written says nothing."""


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files, in their order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _THE_SAME_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return written.getvalue()


def identifiers(names: Iterable[str]) -> dict[str, str]:
    """For each name one that XML takes for an identifier, as like it as may be; no two are the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        wanted = re.sub(r"[^A-Za-z0-9._-]", "_", name)
        if not re.match(r"[A-Za-z_]", wanted):
            wanted = f"_{wanted}"
        one, number = wanted, 1
        while one in taken:
            number += 1
            one = f"{wanted}_{number}"
        taken.add(one)
        found[name] = one
    return found


def manifest(identifier: str, title: str, schema: tuple[str, str], resources: Iterable[str]) -> bytes:
    """The manifest of an IMS content package; ``title`` and ``resources`` are XML."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<manifest identifier="{identifier}" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_v1p2">',
        f"<metadata><schema>{schema[0]}</schema><schemaversion>{schema[1]}</schemaversion>"
        f"<imsmd:lom><imsmd:general><imsmd:title><imsmd:langstring>{title}</imsmd:langstring></imsmd:title>"
        "</imsmd:general></imsmd:lom></metadata>",
        "<organizations/>",
        "<resources>",
        *resources,
        "</resources>",
        "</manifest>",
    ]
    return ("\n".join(lines) + "\n").encode()
