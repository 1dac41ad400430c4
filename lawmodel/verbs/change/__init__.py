"""`lawmodel change`: the least that must change for another outcome."""
