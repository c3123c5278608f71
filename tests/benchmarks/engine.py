"""The engine against pip-installed natasha on the labelled releases: `python -m tests.benchmarks.engine`.

Both read the same documents in turns, a piece each, so that what else the machine does falls on both; times are those
of the processor, on one BLAS thread. Every run of the engine is a process of its own with a copy of the cache:

cold    no cache on disk, an engine that has read nothing
warm    two thirds of the releases, and the cache of a run over these, are known; the measured third is not
rerun   the same, but the cache on disk is of a run over all releases: an archive read again after an improvement
seen    the measured third read once more by the same process
two     two engines at the same time, each in a process, against one natasha: by the clock, so the machine must be idle

With natasha not importable (Python 3.12 and later) only the engine's own figures are printed.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

PIECE = 16
STAGES = ("segment", "spelling", "words", "convolutions", "morphology", "syntax", "names", "lemmas", "normal forms")

Read = Callable[[Sequence[str]], None]


def releases() -> list[str]:
    folder = Path(str(files("data"))) / "labels" / "releases"
    return [json.loads(path.read_text())["text"] for path in sorted(folder.glob("*.json"))]


def measured() -> list[str]:
    return releases()[::3]


def known() -> list[str]:
    return [text for place, text in enumerate(releases()) if place % 3]


def pieces(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[place : place + PIECE] for place in range(0, len(texts), PIECE)]


def engine(cache: Path) -> Read:
    from nlp.engine import Engine

    loaded = Engine(cache=cache)

    def read(texts: Sequence[str]) -> None:
        for doc in loaded.parse(texts):
            for span in doc.ner:
                doc.normal(span)

    return read


def natasha() -> Read | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import natasha as original
        except Exception as error:
            print(f"natasha does not import here: {error!r}", file=sys.stderr)
            return None
    vectors, segmenter, words = original.NewsEmbedding(), original.Segmenter(), original.MorphVocab()
    morphology, syntax = original.NewsMorphTagger(vectors), original.NewsSyntaxParser(vectors)
    names = original.NewsNERTagger(vectors)

    def read(texts: Sequence[str]) -> None:
        for text in texts:
            doc = original.Doc(text)
            doc.segment(segmenter)
            doc.tag_morph(morphology)
            doc.parse_syntax(syntax)
            doc.tag_ner(names)
            for token in doc.tokens:
                token.lemmatize(words)
            for span in doc.spans:
                span.normalize(words)

    return read


def in_turns(readers: Sequence[Read], texts: Sequence[str]) -> list[float]:
    """Seconds of processor that each reader took."""
    spent = [0.0] * len(readers)
    for piece in pieces(texts):
        for number, read in enumerate(readers):
            start = time.thread_time()
            read(piece)
            spent[number] += time.thread_time() - start
    return spent


def compare(kind: str, cache: Path) -> dict[str, Any]:
    """One line of the table, in a fresh process."""
    texts, theirs = measured(), None if kind.startswith("fill") else natasha()
    ours = engine(cache / "none" if kind == "cold" else cache)
    if kind != "cold":
        ours(known())
    if theirs is not None:
        theirs(known()[:30])
    if kind == "seen":
        ours(texts)
    if kind.startswith("fill"):
        ours(measured() if kind == "fill all" else [])
        return {}
    spent = in_turns([ours] if theirs is None else [ours, theirs], texts)
    return {"characters": sum(map(len, texts)), "ours": spent[0], "theirs": spent[1] if theirs else None}


def stages(cache: Path) -> dict[str, float]:
    """Seconds per stage on unseen documents, each function timed as it is called."""
    import nlp.engine as package
    from nlp.engine import dictionary, encoder, nets

    read, spent, stack = engine(cache), dict.fromkeys(STAGES, 0.0), [""]
    read(known())

    def timed(owner: Any, name: str, stage: str) -> None:
        inner = getattr(owner, name)

        def outer(*args: Any, **options: Any) -> Any:
            start = time.thread_time()
            stack.append(stage)
            try:
                return inner(*args, **options)
            finally:
                stack.pop()
                took = time.thread_time() - start
                spent[stage] += took
                if stack[-1]:
                    spent[stack[-1]] -= took

        setattr(owner, name, outer)

    timed(package, "cut", "segment")
    timed(package.Spelling, "of", "spelling")
    timed(encoder.Table, "rows", "words")
    timed(encoder.Encoder, "run", "convolutions")
    timed(nets.Morphology, "read", "morphology")
    timed(nets.Syntax, "project", "syntax")
    timed(nets.Syntax, "read", "syntax")
    timed(nets.Names, "read", "names")
    timed(dictionary.Lemmas, "of", "lemmas")
    timed(package.Doc, "normal", "normal forms")
    start = time.thread_time()
    for piece in pieces(measured()):
        read(piece)
    spent["rest"] = time.thread_time() - start - sum(spent.values())
    return spent


def start_up(cache: Path) -> dict[str, float]:
    """Seconds until the first document is read, by the clock and of the processor, and the memory then and later."""
    clock, processor = time.perf_counter(), time.process_time()
    read = engine(cache)
    read(["Министр Иван Петров прибыл в Москву."])
    figures = {"clock": time.perf_counter() - clock, "processor": time.process_time() - processor}
    figures["MiB after the first document"] = peak()
    for piece in pieces(releases()):
        read(piece)
    figures["MiB after all releases"] = peak()
    read(["\n".join(releases())[:100_000]])
    figures["MiB after 100,000 characters at once"] = peak()
    return figures


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pace(cache: Path, who: str) -> dict[str, float]:
    """Characters per second by the clock, after loading and warming up."""
    read = natasha() if who == "natasha" else engine(cache)
    if read is None:
        return {"pace": 0.0}
    texts = measured()
    read(known() if who == "engine" else known()[:30])
    start = time.perf_counter()
    for piece in pieces(texts):
        read(piece)
    return {"pace": sum(map(len, texts)) / (time.perf_counter() - start)}


def child(task: str, cache: Path) -> subprocess.Popen[str]:
    copied = Path(tempfile.mkdtemp(dir=cache.parent))
    filling = task.startswith("fill")
    if not filling:
        shutil.copytree(cache, copied, dirs_exist_ok=True)
    folder = cache if filling else copied
    command = [sys.executable, "-m", "tests.benchmarks.engine", "--task", task, "--cache", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> dict[str, float]:
    output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"a measuring process failed with {process.returncode}")
    figures: dict[str, float] = json.loads(output)
    return figures


def report(cache: Path) -> None:
    answer(child("fill", cache))
    print(f"{'':8}{'engine':>10}{'natasha':>10}{'ratio':>8}   milliseconds per 1,000 characters")
    whole_cache = cache.with_name("all")
    answer(child("fill all", whole_cache))
    for kind in ("cold", "warm", "rerun", "seen"):
        figures = answer(child(kind, whole_cache if kind == "rerun" else cache))
        ours, theirs = (figures[who] and figures[who] * 1e6 / figures["characters"] for who in ("ours", "theirs"))
        print(f"{kind:8}{ours:10.2f}" + (f"{theirs:10.2f}{theirs / ours:8.1f}" if theirs else ""))
    natasha_pace = answer(child("pace natasha", cache))["pace"]
    two = [child("pace engine", cache) for _ in range(2)]
    both = sum(answer(process)["pace"] for process in two)
    print(
        f"{'two':8}{2e6 / both:10.2f}"
        + (f"{1e6 / natasha_pace:10.2f}{both / natasha_pace:8.1f}" if natasha_pace else "")
    )
    spent = answer(child("stages", cache))
    whole = sum(spent.values())
    print("\nstage, warm", *(f"{stage:14}{100 * s / whole:6.1f} %" for stage, s in spent.items()), sep="\n")
    print(
        "\nstart, caches warm", *(f"{name:38}{f:8.2f}" for name, f in answer(child("start", cache)).items()), sep="\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task is None:
        with tempfile.TemporaryDirectory() as folder:
            report(Path(folder) / "filled")
        return
    task, _, who = options.task.partition(" ")
    if task == "stages":
        figures = stages(options.cache)
    elif task == "start":
        figures = start_up(options.cache)
    else:
        figures = pace(options.cache, who) if task == "pace" else compare(options.task, options.cache)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
