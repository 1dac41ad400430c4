"""`lawmodel ask`: the interview."""
