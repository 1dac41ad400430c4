"""`lawmodel batch`: one question asked of every row of a table."""
