"""The commands: each parses, calls a workflow, renders what it says, and gives an exit code."""

import atexit
import gc
import os

# What is set here holds before any library is imported.
# Plug-ins of pydantic are looked for in every installed package, which takes longer than a warm run; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Most of what a short run makes is imported, and stays. To look for garbage among it, every 700 objects and again at
# the end, takes a fifth of the run. Rows leave next to none that is not freed at once, so memory does not grow by it.
gc.set_threshold(100_000)
atexit.register(gc.freeze)
