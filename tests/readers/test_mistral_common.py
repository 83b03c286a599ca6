"""mistral-common validates the files that are written for Mistral, as those who fine-tune have it, and encodes them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.readers


def requests(compiled):
    """What mistral-common makes of each row. Raises where a row is not what it expects."""
    from mistral_common.protocol.instruct.messages import FinetuningMessage
    from mistral_common.protocol.instruct.request import ChatCompletionRequest
    from pydantic import TypeAdapter

    adapter = TypeAdapter(list[FinetuningMessage])
    return [
        ChatCompletionRequest(messages=adapter.validate_python(row["messages"]), tools=row.get("tools"))
        for row in compiled.rows
    ]


def validators():
    from mistral_common.protocol.instruct import validator

    mode = validator.ValidationMode.finetuning
    return [
        kind(mode)
        for name, kind in vars(validator).items()
        if name.startswith("MistralRequestValidator") and isinstance(kind, type)
    ]


@pytest.mark.parametrize("files", ["shipped", "odd", "with_tools"])
def test_every_validator_takes_every_row(files, request):
    compiled = [one for one in request.getfixturevalue(files) if one.target == "mistral"]
    assert compiled
    assert len(validators()) > 3
    for one in compiled:
        for made in requests(one):
            for validator in validators():
                validator.validate_request(made)


def test_they_refuse_what_compile_refuses(tmp_path):
    """So that the test above shows something: ids of calls of another length, and no answer at the end."""
    from mistral_common.exceptions import MistralCommonException
    from mistral_common.protocol.instruct.messages import FinetuningMessage
    from mistral_common.protocol.instruct.request import ChatCompletionRequest
    from pydantic import TypeAdapter

    adapter = TypeAdapter(list[FinetuningMessage])
    call = {"id": "call1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
    asked, called = {"role": "user", "content": "a"}, {"role": "assistant", "content": "", "tool_calls": [call]}
    for messages in ([asked], [asked, called, {"role": "tool", "content": "b", "tool_call_id": "call1"}]):
        made = ChatCompletionRequest(messages=adapter.validate_python(messages))
        with pytest.raises(MistralCommonException):
            validators()[-1].validate_request(made)


@pytest.mark.parametrize("files", ["shipped", "with_tools"])
def test_the_answers_stand_in_what_it_encodes(files, request):
    import mistral_common
    from mistral_common.protocol.instruct.validator import ValidationMode
    from mistral_common.tokens.tokenizers.base import SpecialTokenPolicy
    from mistral_common.tokens.tokenizers.mistral import MistralTokenizer

    path = Path(mistral_common.__file__).parent / "data/tekken_240911.json"
    tokenizer = MistralTokenizer.from_file(str(path), mode=ValidationMode.finetuning)
    for one in request.getfixturevalue(files):
        if one.target == "mistral":
            for row, made in zip(one.rows, requests(one), strict=True):
                tokens = tokenizer.encode_chat_completion(made).tokens
                text = tokenizer.decode(tokens, special_token_policy=SpecialTokenPolicy.KEEP)
                assert text.endswith(row["messages"][-1]["content"] + "</s>")
