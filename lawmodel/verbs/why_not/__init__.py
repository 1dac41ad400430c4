"""`lawmodel why-not`: what stands in the way of another outcome."""
