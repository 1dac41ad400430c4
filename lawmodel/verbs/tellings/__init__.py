"""`lawmodel tellings`: what a reader of each source would conclude."""
