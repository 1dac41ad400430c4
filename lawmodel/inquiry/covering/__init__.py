"""Which limbs of the law cases test, and cases that test what is not tested yet."""
