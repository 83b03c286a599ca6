"""The line shapes by name: how a row of each is written. `training` has the emitter of each."""

from __future__ import annotations

OPENAI_CHAT = "openai-chat"
OPENAI_DPO = "openai-dpo"
PROMPT_COMPLETION = "prompt-completion"
PROMPT_COMPLETION_CHAT = "prompt-completion-chat"
PROMPT_CHOSEN_REJECTED = "prompt-chosen-rejected"
PROMPT_CHOSEN_REJECTED_CHAT = "prompt-chosen-rejected-chat"
TEXT = "text"
VERTEX = "vertex"
BEDROCK_CONVERSATION = "bedrock-conversation"
BEDROCK_CLAUDE = "bedrock-claude"
ALPACA = "alpaca"
ALPACA_HISTORY = "alpaca-history"
SHAREGPT = "sharegpt"
QUESTION_ANSWER = "question-answer"

BEDROCK_VERSION = "bedrock-conversation-2024"
"""What every row of `bedrock-conversation` says of itself."""

_TURN = '{"role": "user", "content": "..."}'
_ANSWER = '{"role": "assistant", "content": "..."}'

LINES: dict[str, str] = {
    OPENAI_CHAT: f'{{"messages": [{_TURN}, {_ANSWER}]}}',
    OPENAI_DPO: f'{{"input": {{"messages": [{_TURN}]}}, "preferred_output": [{_ANSWER}], '
    f'"non_preferred_output": [{_ANSWER}]}}',
    PROMPT_COMPLETION: '{"prompt": "...", "completion": "..."}',
    PROMPT_COMPLETION_CHAT: f'{{"prompt": [{_TURN}], "completion": [{_ANSWER}]}}',
    PROMPT_CHOSEN_REJECTED: '{"prompt": "...", "chosen": "...", "rejected": "..."}',
    PROMPT_CHOSEN_REJECTED_CHAT: f'{{"prompt": [{_TURN}], "chosen": [{_ANSWER}], "rejected": [{_ANSWER}]}}',
    TEXT: '{"text": "..."}',
    VERTEX: '{"systemInstruction": {"parts": [{"text": "..."}]}, "contents": '
    '[{"role": "user", "parts": [{"text": "..."}]}, {"role": "model", "parts": [{"text": "..."}]}]}',
    BEDROCK_CONVERSATION: f'{{"schemaVersion": "{BEDROCK_VERSION}", "system": [{{"text": "..."}}], "messages": '
    '[{"role": "user", "content": [{"text": "..."}]}, {"role": "assistant", "content": [{"text": "..."}]}]}',
    BEDROCK_CLAUDE: f'{{"system": "...", "messages": [{_TURN}, {_ANSWER}]}}',
    ALPACA: '{"instruction": "...", "input": "", "output": "..."}',
    ALPACA_HISTORY: '{"instruction": "...", "input": "", "output": "...", "system": "", "history": [["...", "..."]]}',
    SHAREGPT: '{"conversations": [{"from": "human", "value": "..."}, {"from": "gpt", "value": "..."}], "system": ""}',
    QUESTION_ANSWER: '{"question": "...", "answer": "..."}',
}
