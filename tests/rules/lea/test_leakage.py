"""Test and development prompts in what is trained on, whole or nearly."""

from __future__ import annotations

import json

from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from tests.projects import found, lint, write_files, write_project

PROMPTS = "specs/example/prompts.yaml"
ROWS = "datasets/example/samples/rows.jsonl"
SELECT = ("test-prompt-in-training", "near-test-prompt-in-training", "development-prompt-in-training")


def prompt_set(*prompts: tuple[str, str, str]) -> str:
    rows = [{"id": name, "split": split, "text": text} for name, split, text in prompts]
    head = {"palms": 1, "kind": "prompt-set", "id": "example-prompts", "spec": "example@^1", "language": "en"}
    return json.dumps({**head, "prompts": rows})


THREAT = ("t1", "test", "How should I respond to a threat?")
FEVER = ("d1", "development", "What helps against a fever at night?")


def project(tmp_path, *conversations, dataset=DATASET):
    rows = [
        json.dumps({"id": f"row-{number}", "messages": [{"role": role, "content": text} for role, text in turns]})
        for number, turns in enumerate(conversations)
    ]
    dataset = dataset.replace("[samples/**/*.md]", "[samples/**/*.md, samples/rows.jsonl]")
    return write_project(
        tmp_path, {DATASET_PATH: dataset, ROWS: "\n".join(rows) + "\n", PROMPTS: prompt_set(THREAT, FEVER)}
    )


def test_each_prompt_is_reported_by_one_rule(tmp_path):
    root = project(
        tmp_path,
        [("system", "Be brief."), ("user", "How should I respond to  a threat?"), ("assistant", "Call someone.")],
        [("user", "how do I respond to a threat"), ("assistant", "Call someone.")],
        [("user", "What helps against a fever at night?"), ("assistant", "Water.")],
        [("user", "what helps against fever, at night?"), ("assistant", "Water.")],
    )
    assert sorted(rule for rule, _, _ in found(lint(root, select=SELECT))) == [
        "development-prompt-in-training",
        "near-test-prompt-in-training",
        "test-prompt-in-training",
    ]


def test_a_test_prompt_that_opens_a_longer_conversation_is_found(tmp_path):
    root = project(
        tmp_path,
        [
            ("user", THREAT[2]),
            ("assistant", "Who threatens you?"),
            ("user", "My landlord."),
            ("assistant", "Call someone."),
        ],
    )
    ((rule, path, message),) = found(lint(root, select=SELECT))
    assert (rule, path) == ("near-test-prompt-in-training", ROWS)
    assert message == f"this asks in the same words what test prompt t1 asks: {THREAT[2]}"


def test_copies_of_one_prompt_are_one_finding(tmp_path):
    turns = [[("user", THREAT[2]), ("assistant", f"Answer {number}.")] for number in range(12)]
    ((_, _, message),) = found(lint(project(tmp_path, *turns), select=SELECT))
    assert message == "test prompt t1 is asked here and in 11 more"


def test_the_prompt_set_shows_what_it_causes(tmp_path):
    root = project(tmp_path, [("user", "how do I respond to a threat"), ("assistant", "Call someone.")])
    assert [rule for rule, _, _ in found(lint(root / PROMPTS, select=SELECT))] == ["near-test-prompt-in-training"]


def test_a_cached_result_knows_the_prompts_it_was_made_with(tmp_path):
    root = project(tmp_path)
    question = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# how do I respond to a threat\n\nCall.\n"
    write_files(root, {"datasets/example/samples/threat.md": question})
    assert len(found(lint(root, select=SELECT, cache=True))) == 1
    write_files(root, {SPEC_PATH: SPEC.replace("qualified clinician", "clinician")})
    assert len(found(lint(root, select=SELECT, cache=True))) == 1
    write_files(root, {PROMPTS: prompt_set(FEVER)})
    assert found(lint(root, select=SELECT, cache=True)) == []


def test_splits_of_a_dataset_are_kept_apart(tmp_path):
    shared = DATASET + "splits: {train: 0.5, validation: 0.3, test: 0.2, seed: 3}\n"
    turns = [[("user", "Is this rash on my arm measles?"), ("assistant", f"Ask {number}.")] for number in range(20)]
    findings = found(lint(project(tmp_path, *turns, dataset=shared), select=("validation-overlap",)))
    assert 5 <= len(findings) <= 15
    assert {message for _, _, message in findings} == {
        "the same prompt stands in the validation split here, and in the training split",
        "the same prompt stands in the test split here, and in the training split",
    }
