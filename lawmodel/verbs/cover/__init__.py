"""`lawmodel cover`: which limbs of the law do the cases test, and which not?"""
