"""`lawmodel look`: a first look at a table, before anything is decided."""
