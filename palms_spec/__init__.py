"""Values for language models, written as documents: linted, reviewed, compiled and evaluated."""

__version__ = "0.1.0"
