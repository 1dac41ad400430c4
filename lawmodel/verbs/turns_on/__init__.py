"""`lawmodel turns-on`: which open point decides most."""
