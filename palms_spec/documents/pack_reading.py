"""The rules of a pack one by one, so that a defect of one costs nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from palms_spec.documents.document import Defect, scalar_field
from palms_spec.documents.model import Model
from palms_spec.documents.pack_checks import CHECKS
from palms_spec.documents.pack_defects import rule_defects
from palms_spec.documents.packs import PackRule
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.documents.validation import described, validate
from palms_spec.sources.node import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as it stands in a pack, with what is wrong with it beyond what the model of the pack says.

    `model` is None where anything is wrong.
    """

    name: str
    model: PackRule | None
    defects: tuple[Defect, ...] = ()


def written_rules(root: Node, text: str) -> Iterator[WrittenRule]:
    """Every rule of a pack, which was read from a text."""
    entry = root.entries.get("rules") if isinstance(root, MappingNode) else None
    items = entry.value.items if entry is not None and isinstance(entry.value, SequenceNode) else []
    taken: set[str] = set()
    for index, node in enumerate(items):
        pointer = f"/rules/{index}"
        rule = _written(node, text, pointer)
        again = [word for word in _words(rule) if word in taken]
        taken.update(_words(rule))
        if again:
            message, hint = f"the name {again[0]} is taken by another rule above", "choose another name"
            where = next(key for key in ("name", "code", "aliases") if again[0] in _listed(node, key))
            clash = Defect("duplicate-id", message, hint, f"{pointer}/{where}")
            rule = WrittenRule(rule.name, None, (*rule.defects, clash))
        yield rule


def _written(node: Node, text: str, pointer: str) -> WrittenRule:
    written = scalar_field(node, "name")
    name = written if isinstance(written, str) else ""
    model, violations = validate(PackRule, node)
    defects: list[Defect] = []
    check = node.entries.get("check") if isinstance(node, MappingNode) else None
    checked: Model | None = None
    if check is not None and isinstance(check.value, MappingNode):
        checked, defects = _checked(check.value, f"{pointer}/check")
    if isinstance(model, PackRule) and checked is not None and not violations and not defects:
        defects = list(rule_defects(model, checked, node, text, pointer))
    fits = isinstance(model, PackRule) and not violations and not defects
    return WrittenRule(name, model if fits and isinstance(model, PackRule) else None, tuple(defects))


def _checked(node: MappingNode, pointer: str) -> tuple[Model | None, list[Defect]]:
    if "kind" not in node.entries:
        return None, [Defect("schema-violation", "kind is missing", f"one of {', '.join(CHECKS)}", pointer)]
    kind = node.entries["kind"].value
    name = kind.value if isinstance(kind, ScalarNode) else None
    if not isinstance(name, str) or name not in CHECKS:
        hint = did_you_mean(str(name), CHECKS) or f"one of {', '.join(CHECKS)}"
        return None, [Defect("schema-violation", f"{described(kind)} is not a kind of check", hint, f"{pointer}/kind")]
    model, violations = validate(CHECKS[name], node)
    return model, [replace(defect, pointer=pointer + defect.pointer) for defect in violations]


def _words(rule: WrittenRule) -> set[str]:
    model = rule.model
    words = [rule.name, *([model.code or "", *model.aliases] if model else [])]
    return {word for word in words if word}


def _listed(node: Node, key: str) -> list[str]:
    value = scalar_field(node, key)
    if isinstance(value, str):
        return [value]
    entry = node.entries.get(key) if isinstance(node, MappingNode) else None
    items = entry.value.items if entry is not None and isinstance(entry.value, SequenceNode) else []
    return [str(item.value) for item in items if isinstance(item, ScalarNode)]
