"""`lawmodel annotate`: the law with all that is known of it, as one document, as a site, or for other programs."""
