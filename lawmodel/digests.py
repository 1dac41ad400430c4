"""Two functions of `hashlib`, from where it has them: it brings OpenSSL, which takes longer to load than they take.

The modules that hold them have no public name, so `hashlib` gives them where they are called otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b as blake2b
    from hashlib import sha256 as sha256
else:
    try:
        from _blake2 import blake2b as blake2b
    except ImportError:
        from hashlib import blake2b as blake2b
    try:
        from _sha2 import sha256 as sha256
    except ImportError:
        try:
            from _sha256 import sha256 as sha256  # on Python 3.11
        except ImportError:
            from hashlib import sha256 as sha256
