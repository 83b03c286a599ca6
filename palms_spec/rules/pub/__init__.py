"""Published specifications: what their sections, references, footnotes and comparisons need so that nothing is lost."""
