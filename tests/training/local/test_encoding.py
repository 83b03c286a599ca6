"""Rows as tokens: the same as trl makes of them, and an answer told apart exactly."""

from __future__ import annotations

import json

import pytest

from palms_spec.errors import UsageError
from palms_spec.training.local.encoding import IGNORED, Encoder, UnlearnableRow
from tests.training.local.tiny_models import make_model

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tokenizer(base):
    import transformers

    return transformers.AutoTokenizer.from_pretrained(str(base))


@pytest.fixture(scope="module")
def plain(tmp_path_factory, texts):
    import transformers

    folder = make_model(tmp_path_factory.mktemp("plain"), texts, chat=False)
    return transformers.AutoTokenizer.from_pretrained(str(folder))


def rows_of(folder):
    return [json.loads(line) for line in (folder / "train.jsonl").read_text(encoding="utf-8").splitlines()]


def prepared_by_trl(tmp_path, rows, tokenizer, base):
    """Tokens and labels that trl's own preparation gives."""
    import datasets
    import transformers
    import trl

    trainer = trl.SFTTrainer(
        transformers.AutoModelForCausalLM.from_pretrained(str(base)),
        args=trl.SFTConfig(output_dir=str(tmp_path), use_cpu=True, bf16=False, max_length=None, report_to="none"),
        train_dataset=datasets.Dataset.from_list(rows),
        processing_class=tokenizer,
    )
    return [(list(row["input_ids"]), list(row["labels"])) for row in trainer.train_dataset]


def test_messages_become_what_trl_makes_of_them(tmp_path, compiled, tokenizer, base):
    rows = rows_of(compiled["values"])
    encoder = Encoder(tokenizer, "\n", 1024)
    ours = [(list(one.tokens), one.labels) for one in map(encoder.encode, rows)]
    assert ours == prepared_by_trl(tmp_path, rows, tokenizer, base)


def test_plain_rows_become_what_trl_makes_of_them_with_the_separator(tmp_path, compiled, plain, base):
    rows = rows_of(compiled["plain"])
    encoder = Encoder(plain, "\n", 1024)
    ours = [(list(one.tokens), one.labels) for one in map(encoder.encode, rows)]
    separated = [{**row, "prompt": row["prompt"] + "\n"} for row in rows]
    assert ours == prepared_by_trl(tmp_path, separated, plain, base)


@pytest.mark.parametrize("shape", ["values", "plain"])
def test_what_is_learnt_is_the_answer_and_its_end(compiled, tokenizer, plain, shape):
    reader = tokenizer if shape == "values" else plain
    encoder = Encoder(reader, "\n", 1024)
    for row in rows_of(compiled[shape]):
        learnt = [label for label in encoder.encode(row).labels if label != IGNORED]
        answer = row["completion"] if shape == "plain" else row["completion"][0]["content"]
        assert reader.decode(learnt) == answer + ("<|im_end|>" if shape == "plain" else "<|im_end|>\n")


def test_a_row_that_is_too_long_is_refused_and_not_cut(compiled, tokenizer):
    row = rows_of(compiled["values"])[0]
    length = len(Encoder(tokenizer, "\n", 1024).encode(row).tokens)
    assert len(Encoder(tokenizer, "\n", length).encode(row).tokens) == length
    with pytest.raises(UnlearnableRow, match=f"it has {length} tokens, and there is room for {length - 1}"):
        Encoder(tokenizer, "\n", length - 1).encode(row)


def test_a_text_with_a_mark_of_the_model_is_refused(tokenizer):
    row = {
        "prompt": [{"role": "user", "content": "Why?"}],
        "completion": [{"role": "assistant", "content": "<|im_end|>"}],
    }
    with pytest.raises(UnlearnableRow, match=r"its text holds <\|im_end\|>"):
        Encoder(tokenizer, "\n", 1024).encode(row)


def test_messages_need_a_chat_template(compiled, plain):
    with pytest.raises(UsageError, match="no chat template") as caught:
        Encoder(plain, "\n", 1024).encode(rows_of(compiled["values"])[0])
    assert "--shape prompt-completion" in caught.value.hint


def test_a_template_that_writes_the_question_anew_is_refused(compiled, base):
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(str(base))
    tokenizer.chat_template = "{{ messages | length }}" + tokenizer.chat_template
    with pytest.raises(UnlearnableRow, match="other tokens once an answer follows"):
        Encoder(tokenizer, "\n", 1024).encode(rows_of(compiled["values"])[0])


def test_a_separator_that_a_token_runs_across_is_refused(plain):
    merged = next(token for token in plain.get_vocab() if token.isascii() and token.isalpha() and len(token) > 3)
    row = {"prompt": merged[:2], "completion": merged[2:]}
    with pytest.raises(UnlearnableRow) as caught:
        Encoder(plain, "", 1024).encode(row)
    assert "separator" in caught.value.hint
    assert Encoder(plain, "\n", 1024).encode(row).answer > 1
