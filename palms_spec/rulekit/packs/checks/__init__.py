"""The kinds of checks, one file each: `checker` makes a `Checker` of what a pack says."""
