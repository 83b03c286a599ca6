"""The chat completions of OpenAI, as its API reference describes them, with a mind of the test's behind them."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from typing import Any

from tests.providers.loopback import Answer, Loopback, Refused, Request, route
from tests.providers.openai_server import problem

Mind = Callable[[list[dict[str, str]]], Any]
"""Is given the messages; what it returns is the content, and a mapping is written as JSON. A `Finish` ends otherwise."""
STRICT = {"type", "properties", "required", "additionalProperties", "enum", "description"}


class Finish(Exception):
    """Raised by a mind to end with another reason, or with a refusal in place of content."""

    def __init__(self, reason: str = "stop", *, refusal: str | None = None, content: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.refusal, self.content = reason, refusal, content


class ChatServer(Loopback):
    """`takes` are the kinds of response_format that it takes. `seconds` is how long it thinks, outside the lock."""

    def __init__(
        self, mind: Mind, *, takes: tuple[str, ...] = ("json_schema", "json_object"), usage: bool = True
    ) -> None:
        super().__init__()
        self.mind = mind
        self.takes = takes
        self.usage = usage
        self.seconds = 0.0
        self.busy = self.busiest = 0
        self.numbers = itertools.count(1)

    @property
    def base(self) -> str:
        return f"{self.address}/v1"

    @property
    def bodies(self) -> list[Any]:
        """The requests, as JSON."""
        return [one.json for one in self.requests]

    def refusal(self) -> Answer:
        message = f"Incorrect API key provided: {self.KEY}."
        return Answer(401, {"error": {"message": message, "type": "invalid_request_error", "code": "invalid_api_key"}})

    def answer(self, request: Request) -> Answer:
        with self.lock:
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        try:
            time.sleep(self.seconds)
            return super().answer(request)
        finally:
            with self.lock:
                self.busy -= 1

    @route("POST", "/v1/chat/completions")
    def complete(self, request: Request) -> Answer:
        body = request.json
        self._check(body)
        messages = body["messages"]
        content, refusal, reason = None, None, "stop"
        try:
            said = self.mind(messages)
            content = said if isinstance(said, str) else json.dumps(said)
        except Finish as finish:
            content, refusal, reason = finish.content, finish.refusal, finish.reason
        answered: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal, "annotations": []}
        value: dict[str, Any] = {
            "id": f"chatcmpl-{next(self.numbers)}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": body["model"],
            "choices": [{"index": 0, "message": answered, "logprobs": None, "finish_reason": reason}],
        }
        if self.usage:
            tokens = sum(len(one["content"]) for one in messages) // 4, len(content or "") // 4
            value["usage"] = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
        return Answer(200, value)

    def _check(self, body: Any) -> None:
        if body["model"] == "no-such-model":
            raise problem(404, "The model `no-such-model` does not exist", "model_not_found")
        for message in body["messages"]:
            if message["role"] not in ("system", "developer", "user", "assistant") or not isinstance(
                message["content"], str
            ):
                raise problem(400, "messages are wrong")
        form = body.get("response_format")
        if form is None:
            return
        if form["type"] not in self.takes:
            raise problem(400, f"response_format {form['type']} is not supported", "unsupported_parameter")
        if form["type"] == "json_object" and "json" not in str(body["messages"]).lower():
            raise problem(400, "'messages' must contain the word 'json' in some form")
        if form["type"] == "json_schema":
            schema = form["json_schema"]["schema"]
            if form["json_schema"]["strict"] is not True or not form["json_schema"]["name"].isidentifier():
                raise problem(400, "the schema is not strict")
            if schema["additionalProperties"] is not False or sorted(schema["required"]) != sorted(
                schema["properties"]
            ):
                raise problem(400, "strict schemas require all properties, and no other")
            for keywords in (schema, *schema["properties"].values()):
                if not keywords.keys() <= STRICT:
                    raise problem(400, "the schema has a keyword that is not permitted")


__all__ = ["ChatServer", "Finish", "Refused"]
