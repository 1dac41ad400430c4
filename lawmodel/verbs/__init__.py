"""The verbs of the command line, a folder each: what it asks, its result as a document, its command."""
