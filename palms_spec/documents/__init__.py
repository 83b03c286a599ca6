"""What the trees mean: typed documents, their identity, and the project they make up together."""
