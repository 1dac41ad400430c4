"""`lawmodel exercises`: a set of exercises, written as other systems read it."""
