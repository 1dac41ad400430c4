"""`lawmodel export`: a question in the form of another engine, with a case or for a table of cases."""
