"""Text, and where things are in it: readers that keep line, column and offset of every value."""
