"""The engine: settings, the run, its cache, and what comes out of it. It knows rules by their records only."""
