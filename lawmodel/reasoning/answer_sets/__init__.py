"""A question and a case for an engine of answer sets."""
