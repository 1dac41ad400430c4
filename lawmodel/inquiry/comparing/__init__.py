"""One case under every reading, day, stage and telling."""
