"""`lawmodel find`: the simplest case that shows something, or the proof that there is none."""
