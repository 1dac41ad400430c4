"""Modules that are loaded, and regular expressions that are compiled, when they are first used.

A start pays for all that is imported on its way, and libraries import more than a run needs: for the help of its
options click brings the modules with which Python reads source code, and PyYAML compiles the expressions of a parser
that stands idle beside libyaml. Nobody who uses them can tell the difference, but by the time that it takes.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock, get_ident
from types import ModuleType

TYPE_CHECKING = False  # as in `typing`, which is not imported for it
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_loading = RLock()
_LOADED_BY = "_loaded_by"


class _ModuleWhenUsed(ModuleType):
    """A module that is loaded, in this object, as soon as somebody asks for what is not in it yet."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__" and not self.__spec__.submodule_search_locations:  # type: ignore[union-attr]
            raise AttributeError(name)  # `from … import` asks for it, and a module that is no package has none
        load_now(self)
        return ModuleType.__getattribute__(self, name)


def load_now(module: ModuleType) -> None:
    """Load a module that would be loaded when it is used; a thread that uses it meanwhile waits, and finds it whole."""
    with _loading:
        own = vars(module)
        if type(module) is _ModuleWhenUsed and own.get(_LOADED_BY) != get_ident():
            own[_LOADED_BY] = get_ident()  # what it imports may ask for it
            try:
                module.__spec__.loader.exec_module(module)  # type: ignore[union-attr]
            finally:
                del own[_LOADED_BY]
            module.__class__ = ModuleType  # type: ignore[assignment]


def load_when_used(name: str, **known: Callable[..., Any]) -> None:
    """Have a module loaded when it is first used; nothing, where it is loaded already.

    ``known`` are functions of it that do not need the rest: calling one of them does not load it.
    """
    if name not in sys.modules and (spec := find_spec(name)) is not None:
        module = module_from_spec(spec)
        module.__class__ = _ModuleWhenUsed
        vars(module).update(known)
        sys.modules[name] = module
        package, _, own = name.rpartition(".")
        if package:
            setattr(sys.modules[package], own, module)


class _ExpressionWhenUsed:
    """A regular expression that is compiled when it is first used; it has the methods of `re.Pattern`."""

    __slots__ = ("_expression", "_said")

    def __init__(self, pattern: str, flags: int) -> None:
        self._said = pattern, flags
        self._expression: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._expression is None:
            self._expression = re.compile(*self._said)
        return getattr(self._expression, name)

    def __reduce__(self) -> tuple[Callable[..., re.Pattern[str]], tuple[str, int]]:
        return re.compile, self._said


def expression_when_used(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used."""
    return _ExpressionWhenUsed(pattern, flags)  # type: ignore[return-value] # it does all that one does


def expressions_when_used(package: str) -> Any:
    """The package, imported; the expressions that its modules compile meanwhile are compiled when they are used.

    Whatever else compiles one meanwhile, in another thread, notices nothing.
    """
    compile_at_once = re.compile

    def compile_for(pattern: Any, flags: Any = 0) -> Any:
        asks = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001 - that is what Python calls it
        if isinstance(pattern, str) and asks.startswith(f"{package}."):
            return expression_when_used(pattern, int(flags))
        return compile_at_once(pattern, flags)

    re.compile = compile_for
    try:
        return import_module(package)
    finally:
        re.compile = compile_at_once
