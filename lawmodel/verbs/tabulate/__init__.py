"""`lawmodel tabulate`: how often each outcome, by what the cases have in common."""
