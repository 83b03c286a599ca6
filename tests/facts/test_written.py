"""The texts of documents other than samples, as the rules about any text see them."""

from __future__ import annotations

from palms_spec.facts.written import written_facts
from palms_spec.rulekit.examples import BASE, DATASET, DATASET_PATH, SPEC, SPEC_PATH
from tests.projects import lint, write_project

HIDDEN = "\u202eon\u202c"
PROMPTS_PATH = "specs/example/prompts.yaml"
PROMPTS = f"""\
palms: 1
kind: prompt-set
id: example-prompts
spec: example
language: en
prompts:
  - {{id: one, split: test, text: Is it {HIDDEN} one?}}
  - {{id: "2", split: test, text: Is it {HIDDEN} number?}}
  - {{id: two, split: probe, template: "{{person}} is {HIDDEN}", groups: gender}}
  - id: three
    split: development
    messages:
      - {{role: system, content: Be brief.}}
      - {{role: user, content: Is it {HIDDEN}?}}
"""
RULES = ("bidirectional-override", "invisible-character")


def found(root, **given) -> list[tuple[str, str, str]]:
    return [
        (one.path, one.place.pointer, one.message.partition(") ")[2])
        for one in lint(root, select=RULES, **given).stream()
    ]


def test_what_people_read_in_a_specification_is_looked_at(tmp_path):
    spec = SPEC.replace("An answer does", f"An answer {HIDDEN} does").replace(
        "name: Politics", f"name: {HIDDEN} Politics"
    )
    spec = spec.replace("stance: neutral", f"stance: neutral\n        rationale: Because {HIDDEN}.")
    spec = spec.replace("context: ", f"context: {HIDDEN} ").replace("title: Example", f"title: {HIDDEN} Example")
    spec = spec.replace("subject: parties", f"subject: {HIDDEN} parties")
    assert found(write_project(tmp_path, {SPEC_PATH: spec})) == [
        (SPEC_PATH, "/title", "in the text of the title"),
        (SPEC_PATH, "/context", "in the text of the context"),
        (SPEC_PATH, "/categories/health/positions/health.no-diagnosis/statement", "in the text of the statement"),
        (SPEC_PATH, "/categories/political/name", "in the text of the name"),
        (SPEC_PATH, "/categories/political/positions/political.nonpartisan/subject", "in the text of the subject"),
        (SPEC_PATH, "/categories/political/positions/political.nonpartisan/rationale", "in the text of the rationale"),
    ]


def test_what_is_asked_and_what_a_dataset_says_are_looked_at(tmp_path):
    dataset = DATASET.replace("title: Example", f"title: {HIDDEN}") + f"system_prompt: Be {HIDDEN} brief.\n"
    assert found(write_project(tmp_path, {PROMPTS_PATH: PROMPTS, DATASET_PATH: dataset})) == [
        (DATASET_PATH, "/title", "in the text of the title"),
        (DATASET_PATH, "/system_prompt", "in the text of the system prompt"),
        (PROMPTS_PATH, "/prompts/one/text", "in the text of the prompt"),
        (PROMPTS_PATH, "/prompts/2/text", "in the text of the prompt"),
        (PROMPTS_PATH, "/prompts/two/template", "in the text of the template"),
        (PROMPTS_PATH, "/prompts/three/messages/1/content", "in the text of the prompt"),
    ]


def test_of_two_things_with_one_id_the_first_is_meant(tmp_path):
    spec = SPEC.replace("- id: political.nonpartisan", "- id: health.no-diagnosis").replace(
        "- id: political", "- id: health"
    )
    spec = spec.replace("An answer takes no side", f"An answer takes {HIDDEN} side")
    root = write_project(tmp_path, {SPEC_PATH: spec})
    assert found(root) == [], "duplicate-id is what is wrong first"


def test_no_trigger_hides_anything(tmp_path):
    root = write_project(tmp_path, {PROMPTS_PATH: PROMPTS})
    assert found(root, gated=False) == found(root)


def test_a_document_of_another_kind_has_no_such_texts():
    assert written_facts(None) is None


def test_a_clean_project_has_nothing_to_report(tmp_path):
    assert BASE[SPEC_PATH] == SPEC
    assert found(write_project(tmp_path)) == []
