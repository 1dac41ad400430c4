"""The base of classes that say what another object can do: type checkers read them, and a run never asks.

`typing.Protocol` makes of each such class what can be asked at run time, which takes longer than any other class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol as Protocol  # what type checkers know
else:

    class Protocol:
        """In the place of `typing.Protocol`, where nobody asks with `isinstance`."""

        __slots__ = ()
