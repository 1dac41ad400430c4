"""How uncertain something is."""

from __future__ import annotations

import math
from collections.abc import Iterable


def entropy(chances: Iterable[float]) -> float:
    """The entropy of some probabilities, in bits."""
    return -math.fsum(chance * math.log2(chance) for chance in chances if chance > 0)
