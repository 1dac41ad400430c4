"""`lawmodel decide`: the answer on a case, what it assumes, and why."""
