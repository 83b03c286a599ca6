"""TRL's data preparation takes the files that are written for it: which part is learned, and that nothing is cut or
mistaken. Training on them is tested with the local provider."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.readers
TEMPLATE = (
    "{% for message in messages %}<{{ message.role }}>{{ message.content }}</>{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)


@pytest.fixture(scope="module")
def tokenizer():
    """A tokenizer of bytes with a chat template, made here."""
    from tokenizers import Tokenizer, decoders
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import ByteLevel
    from transformers import PreTrainedTokenizerFast

    letters = {letter: at for at, letter in enumerate(sorted(ByteLevel.alphabet()))}
    made = Tokenizer(BPE(letters, []))
    made.decoder = decoders.ByteLevel()
    made.pre_tokenizer = ByteLevel(add_prefix_space=False)
    return PreTrainedTokenizerFast(tokenizer_object=made, chat_template=TEMPLATE)


def prepared(row, tokenizer):
    from trl.data_utils import maybe_apply_chat_template, maybe_extract_prompt

    return maybe_apply_chat_template(maybe_extract_prompt(row), tokenizer)


def spoken(messages):
    return "".join(f"<{one['role']}>{one['content']}</>" for one in messages)


@pytest.mark.parametrize("files", ["shipped", "odd"])
def test_prompt_and_completion_are_told_apart(files, request, tokenizer):
    chat = [one for one in request.getfixturevalue(files) if one.shape == "prompt-completion-chat"]
    assert chat
    for row in (row for one in chat for row in one.rows):
        assert prepared(row, tokenizer) == {
            "prompt": spoken(row["prompt"]) + "<assistant>",
            "completion": row["completion"][0]["content"] + "</>",
        }


def test_messages_are_one_text(odd, tokenizer):
    files = [one for one in odd if (one.target, one.shape) == ("trl", "openai-chat")]
    for row in (row for one in files for row in one.rows):
        assert prepared(row, tokenizer) == {"text": spoken(row["messages"])}


def test_pairs_share_their_prompt(odd, tokenizer):
    files = [one for one in odd if one.target == "trl" and one.shape == "prompt-chosen-rejected-chat"]
    assert files
    for row in (row for one in files for row in one.rows):
        assert prepared(row, tokenizer) == {
            "prompt": spoken(row["prompt"]) + "<assistant>",
            "chosen": row["chosen"][0]["content"] + "</>",
            "rejected": row["rejected"][0]["content"] + "</>",
        }


@pytest.mark.parametrize("shape", ["prompt-completion", "prompt-chosen-rejected", "text"])
def test_plain_text_is_left_as_it_is(odd, tokenizer, shape):
    files = [one for one in odd if (one.target, one.shape) == ("trl", shape)]
    assert files
    for row in (row for one in files for row in one.rows):
        assert prepared(row, tokenizer) == row


def test_sharegpt_becomes_messages(odd):
    from trl.data_utils import maybe_convert_to_chatml

    files = [one for one in odd if one.shape == "sharegpt"]
    assert files
    for row in (row for one in files for row in one.rows):
        made = maybe_convert_to_chatml({"conversations": [dict(turn) for turn in row["conversations"]]})
        assert [turn["content"] for turn in made["messages"]] == [turn["value"] for turn in row["conversations"]]


def test_rows_are_packed_without_losing_a_token(shipped, tokenizer):
    import datasets
    from trl.data_utils import pack_dataset

    one = next(one for one in shipped if one.target == "trl")
    texts = [made["prompt"] + made["completion"] for made in (prepared(row, tokenizer) for row in one.rows)]
    ids = [tokenizer(text)["input_ids"] for text in texts]
    assert [tokenizer.decode(row) for row in ids] == texts
    packed = pack_dataset(datasets.Dataset.from_dict({"input_ids": ids}), seq_length=max(map(len, ids)))
    assert sum(map(len, packed["input_ids"])) == sum(map(len, ids))
