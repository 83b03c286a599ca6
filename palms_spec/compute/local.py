"""Map over tasks in processes of this machine: results in order of the tasks, never more than a few tasks ahead."""

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


def map_in_processes(
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    *,
    jobs: int,
    initializer: Callable[..., None],
    arguments: tuple[Any, ...],
) -> Iterator[Result]:
    """The results of all tasks, in their order. Each worker calls `initializer` once.

    Workers are spawned, so that they start alike on every system. At most `AHEAD` tasks a worker are waiting, so
    neither tasks nor results pile up. Raises PalmsError where a worker dies.
    """
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[Result]] = deque()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=initializer, initargs=arguments)
    try:
        for task in tasks:
            waiting.append(pool.submit(function, task))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise PalmsError(
            "a worker process was ended from outside", hint="was there enough memory? try fewer with --jobs"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
