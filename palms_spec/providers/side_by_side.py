"""Several requests at a time, no more than may be, and the answers as they come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    items: Iterable[Item], work: Callable[[Item], Result], workers: int
) -> Iterator[tuple[Item, Result | Exception]]:
    """What `work` makes of each item, or the exception it raised, as soon as it is there; up to `workers` at a time.

    Whoever stops asking for more starts nothing more. The threads do not keep the process alive, so Ctrl-C ends it
    although a server is still thinking.
    """
    waiting = list(items)[::-1]
    left = len(waiting)
    done: SimpleQueue[tuple[Item, Result | Exception]] = SimpleQueue()
    lock = threading.Lock()

    def run() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                item = waiting.pop()
            try:
                result: Result | Exception = work(item)
            except Exception as error:  # whoever asked decides what it means
                result = error
            done.put((item, result))

    for _ in range(min(workers, left)):
        threading.Thread(target=run, daemon=True).start()
    try:
        for _ in range(left):
            yield done.get()
    finally:
        with lock:
            waiting.clear()
