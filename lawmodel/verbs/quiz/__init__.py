"""`lawmodel quiz`: exercises asked one after the other, and what was missed asked again."""
