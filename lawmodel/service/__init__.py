"""The law asked by other means than a command: pages for people, an interface for programs, tools for assistants."""
