"""English from data. Nothing here knows how a text is shown, and nothing here reasons."""
