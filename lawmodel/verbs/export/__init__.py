"""`lawmodel export`: a question and a case in the form of another engine."""
