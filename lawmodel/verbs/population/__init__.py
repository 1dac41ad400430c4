"""`lawmodel population`: synthetic cases, drawn as a short description says."""
