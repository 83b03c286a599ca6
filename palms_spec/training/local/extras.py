"""What training needs that the base installation does not bring. Nothing is imported here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from platform import python_version

from palms_spec import __version__
from palms_spec.errors import MissingExtra

EXTRA = "train"
NEEDED = ("torch", "transformers", "trl", "peft", "datasets")
RECORDED = (*NEEDED, "accelerate", "tokenizers", "safetensors", "numpy")
"""What the trained weights may depend on."""


def check_installed() -> None:
    """Raise MissingExtra for the first package that is not installed."""
    for name in NEEDED:
        spec = find_spec(name)
        if spec is None or spec.origin is None:  # a folder of that name, such as a project's datasets, is no package
            raise MissingExtra(name, EXTRA)


def versions() -> dict[str, str]:
    """The releases at hand, by name; a package that is not installed is left out."""
    found = {"palms-spec": __version__, "python": python_version()}
    for name in RECORDED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            pass
    return found
