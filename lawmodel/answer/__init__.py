"""An answer: what it is, and what older verbs show of it by themselves."""
