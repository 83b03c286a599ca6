"""What has keys besides samples: documents, by kind and id, and prompts, by their wording."""

from __future__ import annotations

from palms_spec.documents.document import Document
from palms_spec.documents.project import Project
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.references import parse_reference
from palms_spec.engine.members import Entity
from palms_spec.facts.keys import KeyColumns, entity_reference, key_of, prompt_key
from palms_spec.facts.references import Namespace
from palms_spec.facts.sample import normalized_turn
from palms_spec.sources.node import escape_step


def add_entities(project: Project, columns: KeyColumns, namespaces: frozenset[int]) -> list[Entity]:
    """The entities of a project, whose keys are added to `columns`; their references count through the list."""
    entities: list[Entity] = []
    for document in project.documents:
        if document.kind and document.id and Namespace.ID in namespaces:
            reference = entity_reference(Namespace.ID, len(entities))
            columns.add(key_of(f"{document.kind} {document.id}"), reference)
            entities.append(Entity(document, document.kind, document.id, "/id"))
        if isinstance(document.model, PromptSet) and Namespace.PROMPT in namespaces:
            _add_prompts(document, document.model, columns, entities)
    return entities


def _add_prompts(document: Document, prompts: PromptSet, columns: KeyColumns, entities: list[Entity]) -> None:
    spec = parse_reference(prompts.spec).id
    for prompt in prompts.prompts:
        if prompt.split == "probe" or not prompt.turns:
            continue
        key = prompt_key([normalized_turn(role, text) for role, text in prompt.turns])
        columns.add(key, entity_reference(Namespace.PROMPT, len(entities)))
        part = "text" if prompt.text is not None else "messages"
        pointer = f"/prompts/{escape_step(prompt.id)}/{part}"
        entities.append(Entity(document, "prompt", prompt.id, pointer, spec, prompt.split))
