"""Why an answer is so, why it is not another, and what would change it."""
