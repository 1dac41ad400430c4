"""The command line: options, outputs, exit codes."""
