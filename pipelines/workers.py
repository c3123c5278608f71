"""Items through worker processes: bounded queues, a time limit, and a crash costs the item that caused it only."""

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
SAFE_PATH = "PYTHONSAFEPATH"
ROOT = Path(__file__).resolve().parent.parent
"""Where our packages lie; a worker needs it, even if it is the folder that the program was started in."""
AHEAD = 2
"""Batches given to a worker at once: one it works on, one that waits, so that it never idles."""

LIFE = 300
"""Items after which a worker is renewed: what it remembers of words and names grows with what it has read."""


@dataclass(frozen=True, slots=True)
class Failed:
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A worker could not even start."""

    reason: str


class WorkersBroken(RuntimeError):
    """No worker starts (models missing, no memory): nothing about the items can be told."""


@dataclass(slots=True)
class Worker(Generic[Item]):
    process: SpawnProcess
    link: Connection
    batches: deque[list[Item]] = field(default_factory=deque)
    since: float = 0.0
    """When it began what it works on now."""
    ready: bool = False
    done: int = 0
    """Items so far."""


class Crew(Generic[Item, Result]):
    """`make` is called once in each worker and gives the function that turns a batch into as many results.

    Both must be picklable by name: workers are spawned, and share nothing with the parent but a pipe.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[Sequence[Item]], Sequence[Result | Failed]]],
        size: int,
        limit: float,
        life: int = LIFE,
    ) -> None:
        self.make = make
        self.size = size
        self.limit = limit
        """Seconds for one batch; a batch that takes longer is tried again item by item."""
        self.life = life
        self.crew: list[Worker[Item]] = []
        self.suspects: deque[list[Item]] = deque()

    def run(self, batches: Iterable[list[Item]]) -> Iterator[list[tuple[Item, Result | Failed]]]:
        """Yields batches as they are done, in any order. Workers end when the iterator is exhausted or closed."""
        waiting = iter(batches)
        try:
            while True:
                self.hand_out(waiting)
                if not any(worker.batches for worker in self.crew):
                    return
                yield from self.collect()
        finally:
            self.dismiss()

    def hand_out(self, waiting: Iterator[list[Item]]) -> None:
        """One batch to each worker that has none, then one ahead to each."""
        for depth in range(AHEAD):
            for place in range(self.size):
                if place < len(self.crew) and len(self.crew[place].batches) > depth:
                    continue
                batch = self.suspects.popleft() if self.suspects else next(waiting, None)
                if batch is None:
                    return
                self.give(self.worker(place), batch)

    def worker(self, place: int) -> Worker[Item]:
        if place == len(self.crew):
            self.crew.append(self.hire())
        return self.crew[place]

    def hire(self) -> Worker[Item]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(self.make, theirs), daemon=True)
        with without_this_folder():
            process.start()
        theirs.close()
        return Worker(process, ours, since=time.monotonic())

    def give(self, worker: Worker[Item], batch: list[Item]) -> None:
        if not worker.batches:
            worker.since = time.monotonic()
        worker.batches.append(batch)
        if worker.ready:
            self.send(worker, batch)

    def send(self, worker: Worker[Item], batch: list[Item]) -> None:
        with suppress(OSError):  # it has died: collect() sees that and takes its batches back
            worker.link.send(batch)

    def collect(self) -> Iterator[list[tuple[Item, Result | Failed]]]:
        links = {worker.link: place for place, worker in enumerate(self.crew) if worker.batches}
        heard = connection.wait(list(links), timeout=1.0)
        for link in heard:
            yield from self.hear(links[link])  # type: ignore[index]
        if not heard:
            for place, worker in enumerate(self.crew):
                if worker.ready and worker.batches and time.monotonic() - worker.since > self.limit:
                    yield from self.replace(place, f"дольше {self.limit:g} с")

    def hear(self, place: int) -> Iterator[list[tuple[Item, Result | Failed]]]:
        worker = self.crew[place]
        try:
            message: Any = worker.link.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            yield from self.replace(place, f"процесс упал ({ending(worker.process.exitcode)})")
            return
        worker.since = time.monotonic()
        if isinstance(message, Broken):
            raise WorkersBroken(message.reason)
        if not worker.ready:
            worker.ready = True
            for batch in worker.batches:
                self.send(worker, batch)
            return
        batch = worker.batches.popleft()
        worker.done += len(batch)
        yield list(zip(batch, message, strict=True))
        if worker.done >= self.life:
            stop(worker)
            self.suspects.extend(worker.batches)
            self.crew[place] = self.hire()

    def replace(self, place: int, reason: str) -> Iterator[list[tuple[Item, Result | Failed]]]:
        """A new worker in the old one's place; what the old one worked on is tried again one by one."""
        worker = self.crew[place]
        if not worker.ready:
            raise WorkersBroken(reason)
        stop(worker)
        began, *rest = worker.batches
        self.crew[place] = self.hire()
        self.suspects.extend(rest)
        if len(began) > 1:
            self.suspects.extendleft([item] for item in reversed(began))
        else:
            yield [(began[0], Failed(reason))]

    def dismiss(self) -> None:
        for worker in self.crew:
            stop(worker)
        self.crew.clear()
        self.suspects.clear()


@contextmanager
def without_this_folder() -> Iterator[None]:
    """A file of the user's folder must not stand in for a module: a spawned Python looks there before anywhere else."""
    path, safe, here = sys.path[:], os.environ.get(SAFE_PATH), Path.cwd()
    if here != ROOT:
        sys.path[:] = [entry for entry in path if entry and Path(entry).resolve() != here]
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        sys.path[:] = path
        os.environ.pop(SAFE_PATH)
        if safe is not None:
            os.environ[SAFE_PATH] = safe


def stop(worker: Worker[Any]) -> None:
    worker.link.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def ending(code: int | None) -> str:
    return f"сигнал {-code}" if code is not None and code < 0 else f"код {code}"


def batched(items: Iterable[Item], most: int, weight: Callable[[Item], int], heaviest: int) -> Iterator[list[Item]]:
    """At most `most` items and about `heaviest` of weight each, so that one batch bounds time and memory."""
    batch: list[Item] = []
    total = 0
    for item in chain(items, [None]):
        if batch and (item is None or len(batch) == most or total + weight(item) > heaviest):
            yield batch
            batch, total = [], 0
        if item is not None:
            batch.append(item)
            total += weight(item)


def work(make: Callable[[], Callable[[Sequence[Any]], Sequence[Any]]], link: Connection) -> None:
    """A worker's whole life: ends when the parent closes the pipe, or dies in whatever way."""
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[threads] = "1"
    try:
        do = make()
    except Exception as error:  # whatever the models' loading raises, the parent must hear it
        link.send(Broken(described(error)))
        return
    waiting: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=receive, args=(link, waiting), daemon=True).start()
    with suppress(OSError, KeyboardInterrupt):
        link.send(None)
        while True:
            link.send(attempt(do, waiting.get()))


def receive(link: Connection, waiting: "SimpleQueue[Any]") -> None:
    """Reads ahead, so that the parent never blocks on sending; when the parent dies, so does the worker at once."""
    try:
        while True:
            waiting.put(link.recv())
    except (EOFError, OSError):
        os._exit(1)


def attempt(do: Callable[[Sequence[Any]], Sequence[Any]], batch: Sequence[Any]) -> list[Any]:
    """One item's error is that item's result; the others are tried without it."""
    try:
        return list(do(batch))
    except Exception as error:  # any error of a document is the document's, not the run's
        if len(batch) == 1:
            return [Failed(described(error))]
        return [attempt(do, [item])[0] for item in batch]


def described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]
