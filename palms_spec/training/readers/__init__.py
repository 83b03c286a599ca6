"""From rows of training files, as others write them, to conversations: one reader a format, and nothing lost."""
