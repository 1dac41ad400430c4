"""What was found out about the law itself."""
