"""How a rule is written: its record, its examples, and what is generated from them."""
