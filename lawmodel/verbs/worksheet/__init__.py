"""`lawmodel worksheet`: exercises on paper, and the key to them."""
