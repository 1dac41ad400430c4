"""A question asked of rows: planned, evaluated a column at a time, and exactly where that leaves something open."""
