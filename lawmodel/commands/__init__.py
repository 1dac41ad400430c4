"""The command line: options, outputs, exit codes.

Modules that click imports and a run seldom uses are loaded when they are used: `inspect`, which brings all with which
Python reads source code, would be a twentieth of a first answer.
"""

import gc
import os

from lawmodel.when_used import load_now, load_when_used


def _cleandoc(text: str) -> str:
    """As that of `inspect`, which click calls with the help of each option; most are one line."""
    if text.isprintable():
        return text.lstrip(" ")
    import inspect

    load_now(inspect)
    return inspect.cleandoc(text)


def _quote_from_bytes(plain: bytes, safe: str = "/") -> str:
    """As that of `urllib.parse`, which `pathlib` imports for the addresses of files."""
    import urllib.parse

    load_now(urllib.parse)
    return urllib.parse.quote_from_bytes(plain, safe)


gc.set_threshold(100_000)  # what is loaded at the start is not garbage, and there is a lot of it
load_when_used("inspect", cleandoc=_cleandoc)
load_when_used("ipaddress")
load_when_used("urllib.parse", quote_from_bytes=_quote_from_bytes)
# The program speaks English: click need not look for translations of its messages, for which it has to know the locale.
load_when_used("gettext", gettext=lambda message: message, ngettext=lambda one, more, n: one if n == 1 else more)
if os.name == "posix":
    load_when_used("platform", system=lambda: os.uname().sysname)  # all that `uuid` asks of it, on Python 3.11
