"""A question as a DMN model: its conditions in FEEL, and the diagram of what they need."""
