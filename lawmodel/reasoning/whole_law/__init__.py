"""What is asked of a question itself, whatever the case."""
