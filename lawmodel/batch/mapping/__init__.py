"""A mapping: what the columns and cells of other people's tables mean, as a file says it."""
