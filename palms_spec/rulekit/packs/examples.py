"""The examples of a pack: where a side is the text at the path, the project that has it there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from palms_spec.documents.document import Document
from palms_spec.documents.given import ITEMS, Given
from palms_spec.documents.opening import read_tree
from palms_spec.documents.packs import PackExample, PackRule, Where
from palms_spec.documents.writing import write_sample
from palms_spec.rulekit.examples import (
    CLOSE,
    DATASET,
    DATASET_PATH,
    OPEN,
    SAMPLE_PATH,
    SAMPLES,
    SPEC,
    SPEC_PATH,
    unmarked,
)
from palms_spec.rulekit.rule import Example
from palms_spec.sources.node import ScalarNode, plain, walk
from palms_spec.sources.offsets import value_span
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_writing import write_yaml

Files = Mapping[str, str | None]

PROMPTS_PATH = "specs/example/prompts.yaml"
PROMPTS = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - id: one
    split: test
    category: health
    positions: [health.no-diagnosis]
    text: Is my sore throat a strep infection?
"""
QUESTION = "Is my sore throat a strep infection?"
ANSWER = "Nobody can tell from a description alone. A clinician looks at the throat and may take a swab."


def examples_of(rule: PackRule, given: Given) -> tuple[Example, ...]:
    """The examples of a rule, each side as files."""
    return tuple(
        Example(
            _side(rule, given, example, "bad"),
            _side(rule, given, example, "good"),
            example.fix or "",
        )
        for example in rule.examples
    )


def near_misses_of(rule: PackRule, given: Given) -> tuple[Files, ...]:
    """The near misses of a rule, each as files."""
    return tuple(project_with(given, rule.where, text) for text in rule.near_misses)


def _side(rule: PackRule, given: Given, example: PackExample, side: str) -> Files:
    files: dict[str, str] = getattr(example, f"{side}_files")
    return dict(files) if files else project_with(given, rule.where, getattr(example, side))


def project_with(given: Given, where: Where, value: str | None) -> Files:
    """Files, to be laid over the small project of examples, in which a value stands at a path; None: nothing does.

    What is marked in the value is marked in its file.
    """
    text, place = unmarked(value) if value is not None else (None, None)
    files = _project_with(given, where, text)
    if text is None or place is None:
        return files
    return {name: content and _marked(name, content, text, place) for name, content in files.items()}


def _marked(name: str, content: str, value: str, place: tuple[int, int]) -> str:
    """A file in which a part of a value, where it first stands, has marks around it."""
    document = Document(name, content.encode())
    root = read_tree(document)
    for _, node in walk(root) if root is not None else ():
        if isinstance(node, ScalarNode) and node.value == value:
            start, end = value_span(content, node, *place)
            return content[:start] + OPEN + content[start:end] + CLOSE + content[end:]
    return content


def _project_with(given: Given, where: Where, value: str | None) -> Files:
    if given.root == "samples":
        return _with_sample(given, where, value)
    bases = {"spec": (SPEC_PATH, SPEC), "prompts": (PROMPTS_PATH, PROMPTS), "dataset": (DATASET_PATH, DATASET)}
    path, base = bases[given.root]
    document: Any = plain(read_yaml(SourceText(path, base)))  # type: ignore[arg-type]  # it is not empty
    if where.language:
        document["language"] = where.language[0]
    if given.root == "prompts":
        _adapt(document["prompts"][0], where)
        _put(document["prompts"][0], given.steps, value)
    else:
        if given.root == "spec":
            _name(document["categories"], where.category)
            _name(document["categories"][0]["positions"], where.position)
        elif where.role:
            document["role"] = where.role[0]
        _put(document, given.steps, value)
    return {path: write_yaml(document)}


def _with_sample(given: Given, where: Where, value: str | None) -> Files:
    first = given.steps[0]
    sample: dict[str, Any] = {"category": "health", "positions": ["health.no-diagnosis"]}
    _adapt(sample, where)
    if first == "messages":
        speaker = where.speaker[0] if where.speaker else "assistant"
        turns = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": ANSWER}]
        said = {"role": speaker, "content": value or ""}
        places = {"user": [said, turns[1]], "assistant": [turns[0], said], "tool": [turns[0], said, turns[1]]}
        sample["messages"] = places.get(speaker, [said, *turns])
    elif first == "rejected":
        sample |= {"prompt": QUESTION, "chosen": ANSWER, "rejected": value or ""}
    else:
        sample |= {"prompt": QUESTION, "completion": ANSWER}
        if first in ("prompt", "completion"):
            sample[first] = value or ""
        else:
            _put(sample, given.steps, value)
    ending, text = write_sample(sample)
    dataset = DATASET.replace("samples/**/*.md", '"samples/**/*"')
    if where.role:
        dataset = dataset.replace("role: values-targeted", f"role: {where.role[0]}")
    if where.language:
        dataset = dataset.replace("language: en", f"language: {where.language[0]}")
    others = dict.fromkeys(SAMPLES)
    return {DATASET_PATH: dataset, SAMPLE_PATH.removesuffix(".md") + ending: text, **others}


def _adapt(thing: dict[str, Any], where: Where) -> None:
    """Give a sample or a prompt what a filter asks for."""
    if where.category:
        thing["category"] = where.category[0]
    if where.position:
        thing["positions"] = [where.position[0]]
    if where.split:
        thing["split"] = where.split[0]


def _name(items: list[dict[str, Any]], ids: list[str]) -> None:
    """Give the first of some things the first of some ids."""
    if ids:
        items[0]["id"] = ids[0]


def _put(thing: Any, steps: tuple[str, ...], value: str | None) -> None:
    """Put a value at a path, into the first item of each list; None takes away what stands there."""
    for step, following in pairwise(steps):
        if step == ITEMS:
            if not thing:
                thing.append([] if following == ITEMS else {})
            thing = thing[0]
        else:
            thing = thing.setdefault(step, [] if following == ITEMS else {})
    last = steps[-1]
    if last == ITEMS:
        thing[:] = [] if value is None else [value]
    elif value is None:
        thing.pop(last, None)
    else:
        thing[last] = value
