"""`lawmodel drill`: one fact at a time toward the border of the rule."""
