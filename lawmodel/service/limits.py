"""Every bound of the service. docs/limits.md tells users the same."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 1_000_000
"""Of the body of a request: as much as a case file may have."""
BODY_SECONDS: Final = 20.0
"""So long may the body of a request take to come."""
HEAD_SECONDS: Final = 10.0
"""So long may the head of a request take to come, from when the connection is there."""
IDLE_SECONDS: Final = 5
"""So long does a connection stay without a request."""
READ_SECONDS: Final = 30.0
"""So long may one who is answered take nothing of the answer."""
MOST_CONNECTIONS: Final = 512
"""So many connections are there at once; the next is turned away."""
LONGEST_ADDRESS: Final = 16_000
"""So many characters has the address of a request at most, from the first stroke on."""
MOST_HEAD: Final = 32_768
"""Bytes of the head of a request, its address among them."""
MOST_DEPTH: Final = 20
"""So deep are lists and objects of a request nested at most. A case needs five."""
MOST_VALUES: Final = 20_000
"""So many values does a request have at most, all lists and objects and what is in them together."""
MOST_NAMES: Final = 100
"""So many names, changes or answers does one list of a request hold at most."""
LONGEST_NAME: Final = 200
"""So many characters has a name or a value in a request at most; texts inside a case are bounded with the whole."""
MOST_SETS: Final = 100
"""So many reasons or sets of changes can be asked for."""
LARGEST_SET: Final = 8
"""So many changes can a set of them have."""
MOST_FOUND: Final = 20
"""So many cases can be asked for."""

QUICK_SECONDS: Final = 10.0
"""So long may a call take that is answered at once as a rule: a decision, a step of an interview, the law."""
SLOW_SECONDS: Final = 60.0
"""So long may a call take that searches: reasons, changes, comparisons, cases, proofs."""
MOST_WAITING: Final = 64
"""So many calls wait for a worker at most; the next is told to come again."""
RETRY_AFTER: Final = 2
"""Seconds after which one who was turned away may come again."""
MOST_WORKERS: Final = 8
"""So many processes work at most, however many processors there are; at least two."""
MOST_MEMORY: Final = 3 * 2**30
"""Bytes of address space that one worker can have, where the system can hold it to that."""
WORKER_MEMORY: Final = 600 * 2**20
"""A worker that has come to hold so many bytes is replaced when it has answered."""
START_SECONDS: Final = 60.0
"""So long may a worker take to start."""
