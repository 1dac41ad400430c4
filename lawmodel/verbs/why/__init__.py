"""`lawmodel why`: the few facts that are enough for the answer."""
