"""`lawmodel schema`: what editors, type checkers and programs need to know of files, facts and results."""
