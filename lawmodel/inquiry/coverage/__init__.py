"""Which limbs of the law cases test."""
