"""Training on one's own machine: a provider like the others, whose jobs are processes that work in folders."""
