"""Rules of packs: from data to the same record, generator and examples that a rule written in Python has."""
