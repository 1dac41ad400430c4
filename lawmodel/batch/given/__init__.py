"""A table as it was given: read from whatever people have, before anything is known of facts."""
