"""Where rule modules are found, and how they become rules. Package names are given, never assumed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from palms_spec.errors import PalmsError
from palms_spec.rulekit.rule import Rule


def rule_in(module: ModuleType) -> Rule:
    """The rule of a module: its attribute with the file's own name.

    Raises PalmsError where there is none, or where it is named otherwise.
    """
    name = module.__name__.rsplit(".", 1)[-1]
    found = getattr(module, name, None)
    if not isinstance(found, Rule) or found.name != name.replace("_", "-"):
        raise PalmsError(
            f"{module.__name__} does not define the rule {name}", hint="one rule a file, named as the file"
        )
    return found


def load_rule(module: str) -> Rule:
    """The rule of a module, by the module's full name."""
    return rule_in(importlib.import_module(module))


def rule_modules(package: str) -> Iterator[str]:
    """Full names of all rule modules in a package: those inside its folders, one a family."""
    root = importlib.import_module(package)
    for found in pkgutil.walk_packages(root.__path__, package + "."):
        if not found.ispkg:
            yield found.name
