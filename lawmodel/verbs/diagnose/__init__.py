"""`lawmodel diagnose`: what the answers of a class are like."""
