"""A page that says in a few words why there is no other: made without a worker, since there is none to be had.

It has the parts of every page, so that a script which puts it in the place of another finds them.
"""

from __future__ import annotations

from html import escape

from lawmodel.service.pages.catalogue import LANGUAGES, Catalogue
from lawmodel.service.pages.static_files import SCRIPT_ADDRESS, STYLE_ADDRESS


def notice(t: Catalogue, heading: str, says: str, again: str = "") -> str:
    """The page; ``again``: the address at which it can be tried again, if it can."""
    ui = "" if t.language == LANGUAGES[0] else f"?ui={t.language}"
    anew = f'<p><a class="button" href="{escape(again)}">{escape(t("notice.again"))}</a></p>\n' if again else ""
    return f"""<!doctype html>
<html lang="{t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(heading)} · lawmodel</title>
<link rel="stylesheet" href="{STYLE_ADDRESS}">
<link rel="icon" href="data:,">
<script src="{SCRIPT_ADDRESS}" defer></script>
</head>
<body>
<div id="page">
<header class="mast"><a class="name" href="/cases{ui}">lawmodel</a></header>
<main id="main" tabindex="-1">
<h1>{escape(heading)}</h1>
<p class="lead">{escape(says)}</p>
{anew}</main>
</div>
</body>
</html>
"""
