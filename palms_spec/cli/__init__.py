"""The commands: each parses, calls a workflow, renders what it says, and gives an exit code."""
