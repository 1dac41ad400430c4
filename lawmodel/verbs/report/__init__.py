"""A memorandum on a case: the answer with its facts, law, reasons, doubts and what is still to be found."""
