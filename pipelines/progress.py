"""Progress of a stage on standard error: how many, how fast, how long still."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

log = logging.getLogger(__name__)
Advance = Callable[[int], None]


@contextmanager
def progress(title: str, total: int | None, quiet: bool = False) -> Iterator[Advance]:
    """Gives a function to be called with how many more are done. A bar in a terminal, a line at the end elsewhere."""
    started, done = time.monotonic(), 0
    shown = not quiet and sys.stderr.isatty()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not shown) as bars:
        task = bars.add_task(title, total=total, rate="")

        def advance(more: int) -> None:
            nonlocal done
            done += more
            bars.update(task, advance=more, rate=f"{done / max(time.monotonic() - started, 1e-9):.1f}/с")

        yield advance
    seconds = time.monotonic() - started
    if not shown:
        log.info("%s: %d за %.1f с (%.1f/с)", title, done, seconds, done / max(seconds, 1e-9))
