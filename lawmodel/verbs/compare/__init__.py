"""`lawmodel compare`: the answer under every reading, day, stage or source."""
