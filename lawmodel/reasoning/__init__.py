"""From resolved law to truth: formulas, evaluation, and the engines."""
