"""What is asked of the solver z3."""
