"""What is loaded or compiled when it is first used is what it would have been at once."""

from __future__ import annotations

import copy
import hashlib
import inspect
import pickle
import re
import subprocess
import sys

import yaml
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.commands import _cleandoc
from lawmodel.digests import blake2b, sha256
from lawmodel.safe_text import STEERING, UNSHOWN, Unprintable
from lawmodel.when_used import expression_when_used
from lawmodel.yaml_nodes import _INVISIBLE
from tests.sizes import examples


def printed(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_a_start_loads_no_reader_of_source_code() -> None:
    loaded = "import lawmodel.verbs.decide.command, sys; print([m for m in ('ast', 'tokenize') if m in sys.modules])"
    assert printed(f"import lawmodel.commands.main; {loaded}") == "[]"


def test_a_module_is_whole_once_it_is_used_by_several_threads_at_once() -> None:
    program = """
import sys, threading
import lawmodel.commands
import inspect
assert "ast" not in sys.modules
sys.setswitchinterval(1e-6)
found, wait = [], threading.Barrier(8)
def use():
    wait.wait()
    found.append(str(inspect.signature(use)) + inspect.cleandoc(" a\\n   b"))
threads = [threading.Thread(target=use) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
print(set(found) == {"()a\\nb"}, len(found), type(inspect).__name__, inspect.getmodule(inspect.cleandoc) is inspect)
"""
    assert printed(program) == "True 8 module True"


def test_what_a_module_lacks_is_said_as_ever() -> None:
    program = """
import lawmodel.commands, inspect
try:
    inspect.nothing
except AttributeError as error:
    print(error)
from ipaddress import ip_address
import platform
print(ip_address("::1"), platform.system() == __import__("os").uname().sysname)
"""
    assert printed(program).splitlines() == ["module 'inspect' has no attribute 'nothing'", "::1 True"]


def test_what_is_imported_from_a_module_without_a_need_of_the_rest_does_not_load_it() -> None:
    program = """
import sys, lawmodel.commands, click, pathlib
print("locale" in sys.modules, type(sys.modules["gettext"]).__name__, type(sys.modules["urllib.parse"]).__name__)
from gettext import ngettext
import urllib.parse, gettext
print(pathlib.Path("/a b/\u0436").as_uri(), ngettext("%d law", "%d laws", 1), ngettext("%d law", "%d laws", 2))
print(urllib.parse.quote("a/b c"), type(urllib.parse).__name__, hasattr(gettext, "__path__"))
print(gettext.NullTranslations().gettext("law"), type(gettext).__name__)
"""
    assert printed(program).splitlines() == [
        "False _ModuleWhenUsed _ModuleWhenUsed",
        "file:///a%20b/%D0%B6 %d law %d laws",
        "a/b%20c module False",
        "law module",
    ]


@given(st.text(alphabet=st.sampled_from(" \t\nabc\xa0.\u200b"), max_size=12) | st.text(max_size=12))
@examples(quick=100, full=5_000)
def test_a_text_of_help_is_cleaned_as_the_standard_library_does(text: str) -> None:
    assert _cleandoc(text) == inspect.cleandoc(text)


def test_pyyaml_itself_is_as_ever() -> None:
    """Its own parser uses the expressions, and so does whoever derives a class from its resolvers."""
    text = "[2026-04-22, 2026-04-22 10:00:00Z, yes, 1.5, 0x10, ~, '\\u00e9']"
    loaded = "import lawmodel.yaml_nodes, yaml; from yaml import SafeLoader as L"
    program = f"print(yaml.load({text!r}, L)); yaml.load(chr(7), L)"
    found = [
        subprocess.run([sys.executable, "-c", f"{imports}; {program}"], capture_output=True, text=True, check=False)
        for imports in (loaded, "import yaml; from yaml import SafeLoader as L")
    ]
    assert found[0].stdout == found[1].stdout != ""
    assert [one.stderr.splitlines()[-1] for one in found] == [found[1].stderr.splitlines()[-1]] * 2
    assert "special characters are not allowed" in found[0].stderr
    assert yaml.safe_load("2026-04-22").year == 2026


def test_an_expression_can_be_copied_and_kept() -> None:
    late = expression_when_used("a+", re.IGNORECASE)
    assert pickle.loads(pickle.dumps(late)) == re.compile("a+", re.IGNORECASE)  # noqa: S301 - what it is itself
    assert copy.deepcopy(late) == re.compile("a+", re.IGNORECASE)
    assert late.sub("b", "xAa") == "xb"


def test_nothing_that_can_be_printed_is_looked_for() -> None:
    """So a text that can be printed need not be searched."""
    every = "".join(f"\n{chr(number)}a" for number in range(sys.maxunicode + 1))
    for one, apart in ((STEERING, "\n"), (UNSHOWN, ""), (_INVISIBLE, "\n")):
        assert isinstance(one, Unprintable)
        found = {match[0] for match in one._expression.finditer(every)}
        assert len(found) > 2_000
        assert not [sign for sign in found if sign.isprintable() or sign in apart]


def test_digests_are_those_of_the_standard_library() -> None:
    assert sha256(b"law").digest() == hashlib.sha256(b"law").digest()
    assert blake2b(b"law", digest_size=16).digest() == hashlib.blake2b(b"law", digest_size=16).digest()
