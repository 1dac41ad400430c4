"""`lawmodel law`: the rulebook at a glance, its entries one by one, and what is contested in it."""
