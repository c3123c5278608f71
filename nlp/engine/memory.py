"""What the dictionary answered, kept on disk between runs and shared by processes.

The file is a journal of blocks, each a line `#crc32 bytes` and that many bytes of lines `key<TAB>value`. A block is
appended by a single write under a lock, so processes neither wait for each other nor undo each other's work, and a run
killed in the middle of a write leaves a block whose sum does not fit. Bad blocks are dropped with a warning; what they
held is looked up again. The file's name carries the version of everything the answers depend on.
"""

import fcntl
import hashlib
import logging
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

CAPACITY = 100_000
"""Answers in the file; the commonest words come first, so what comes later is rare."""
BLOCK = 1_000
"""Answers in a block."""


def user_cache() -> Path:
    """`svodka` in the user's cache directory ($XDG_CACHE_HOME or ~/.cache)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "svodka"


class Memory:
    """Answers by key; `folder` None or not writable: kept by nobody."""

    def __init__(self, folder: Path | None, name: str, version: str) -> None:
        digest = hashlib.sha256(version.encode()).hexdigest()[:12]
        self.path = folder / f"{name}-{digest}.txt" if folder else None
        self.fresh: list[str] = []
        self.count = 0

    def load(self) -> dict[str, str]:
        """Answers in the file by key; equal answers are one string."""
        self.count = 0
        found: dict[str, str] = {}
        pool: dict[str, str] = {}
        try:
            content = self.path.read_bytes() if self.path else b""
        except FileNotFoundError:
            content = b""
        except OSError as error:
            log.warning("%s: not read: %s", self.path, error.strerror)
            content = b""
        good: list[bytes] = []
        for block in blocks(content):
            if block is None:
                log.warning("%s: damaged; the rest of it is dropped", self.path)
                self.repair(b"".join(good))
                break
            good.append(framed(block))
            columns = block[:-1].decode("utf-8", "surrogatepass").replace("\t", "\n").split("\n")
            keys, answers = columns[::2], columns[1::2]
            found.update(zip(keys, map(pool.setdefault, answers, answers), strict=False))
            self.count += len(keys)
        return found

    def note(self, key: str, value: str) -> None:
        """Remembers an answer for the next run; on disk after the next full block or `flush`."""
        if self.path is not None and self.count < CAPACITY:
            self.count += 1
            self.fresh.append(f"{key}\t{value}\n")
            if len(self.fresh) >= BLOCK:
                self.flush()

    def flush(self) -> None:
        if self.path is None or not self.fresh:
            return
        block = framed("".join(self.fresh).encode("utf-8", "surrogatepass"))
        self.fresh.clear()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(block)
        except OSError as error:
            log.warning("%s: not written, words will be looked up again: %s", self.path, error.strerror)
            self.path = None

    def repair(self, content: bytes) -> None:
        """Replaces the file by its sound beginning; a reader sees the old file or the new one."""
        if self.path is None:
            return
        whole = self.path.with_suffix(f".{os.getpid()}")
        try:
            whole.write_bytes(content)
            whole.replace(self.path)
        except OSError as error:
            log.warning("%s: not repaired: %s", self.path, error.strerror)


def framed(payload: bytes) -> bytes:
    return b"#%08x %d\n" % (zlib.crc32(payload), len(payload)) + payload


def blocks(content: bytes) -> Iterator[bytes | None]:
    """The payloads of a journal; None, and an end, where it is damaged."""
    place = 0
    while place < len(content):
        line = content.find(b"\n", place)
        head = content[place:line].split()
        if line < 0 or len(head) != 2 or not head[1].isdigit():
            yield None
            return
        payload = content[line + 1 : line + 1 + int(head[1])]
        if head[0] != b"#%08x" % zlib.crc32(payload) or not payload.endswith(b"\n"):
            yield None
            return
        yield payload
        place = line + 1 + len(payload)
