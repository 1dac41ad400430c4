"""Two versions of the law side by side."""
