"""`lawmodel check`: every mistake in rulebooks and cases, and every expectation that is not met."""
