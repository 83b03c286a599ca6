"""Maps over tasks in processes of this machine: results in order of the tasks, never more than a few tasks ahead."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from palms_spec.errors import PalmsError

Task = TypeVar("Task")
Result = TypeVar("Result")
AHEAD = 2


class Processes:
    """Worker processes, each of which calls `initializer` once, until `close`.

    They are spawned, so that they start alike on every system.
    """

    def __init__(self, jobs: int, initializer: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=initializer, initargs=arguments)
        self._most_waiting = jobs * AHEAD

    def begin(self, function: Callable[[], object]) -> None:
        """Start the workers, which otherwise wait for the first task, with a call that does nothing."""
        self._pool.submit(function)

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The results of all tasks, in their order. At most `AHEAD` tasks a worker are waiting, so neither tasks nor
        results pile up. Raises PalmsError where a worker dies."""
        waiting: deque[Future[Result]] = deque()
        try:
            for task in tasks:
                waiting.append(self._pool.submit(function, task))
                if len(waiting) >= self._most_waiting:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise PalmsError(
                "a worker process was ended from outside", hint="was there enough memory? try fewer with --jobs"
            ) from error

    def close(self) -> None:
        """End the workers; what they have not begun is left undone."""
        self._pool.shutdown(wait=True, cancel_futures=True)
