"""Published specifications: Markdown with `{#id}` headings and labelled comparisons, read as our own documents."""
