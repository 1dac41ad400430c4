"""`lawmodel verify`: is the answer of a receipt still the answer?"""
