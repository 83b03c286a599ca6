"""Fine-tuning targets, one file each: what a line looks like there, which limits hold, and until when."""
