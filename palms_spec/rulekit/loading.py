"""Where rule modules are found, and how they become rules. Package names are given, never assumed."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
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
    """Full names of all rule modules in a package: those inside its folders, one a family.

    A module whose name begins with `_` is none: what several rules share can stand there.
    """
    root = importlib.import_module(package)
    for found in pkgutil.walk_packages(root.__path__, package + "."):
        if not found.ispkg and not found.name.rpartition(".")[2].startswith("_"):
            yield found.name


def load_rule_file(path: Path) -> tuple[Rule, str]:
    """The rule of a file, and the full name of the module that it now is.

    Raises PalmsError where the file cannot be imported or defines no rule.
    """
    parts, folder = [path.stem], path.resolve().parent
    while (folder / "__init__.py").is_file():
        parts, folder = [folder.name, *parts], folder.parent
    name = ".".join(parts)
    known = sys.modules.get(name)
    if known is not None and known.__file__ is not None and Path(known.__file__).resolve() == path.resolve():
        return rule_in(known), name
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PalmsError(f"{path} is no Python file")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(folder))  # the package of a plug-in need not be installed to have its rules tried
    try:
        spec.loader.exec_module(module)
        return rule_in(module), name
    except PalmsError:
        del sys.modules[name]
        raise
    except Exception as error:  # a module may fail in any way
        del sys.modules[name]
        raise PalmsError(f"{path} cannot be imported: {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(folder))
