"""`lawmodel whatif`: both answers where something is otherwise, and what changed."""
