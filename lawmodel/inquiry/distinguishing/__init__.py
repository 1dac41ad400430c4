"""What tells one law from another: what expectations of cases notice, and the simplest case that would."""
