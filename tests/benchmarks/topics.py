"""Releases filed under topics in a second, after lemmas, by one core; with explanations, as the pipeline does it.

    python -m tests.benchmarks.topics [--seconds 3]

The labelled releases are lemmatised once, which is not counted; then they are filed again and again. Printed are the
releases a second, the tokens a second, and the share of time that the bare look-up of every lemma in one dictionary
takes: a figure that a busy machine changes little.
"""

import argparse
import json
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from nlp.engine import Engine
from nlp.topics import TopicModel
from nlp.topics.features import Parts
from nlp.topics.model import parts
from pipelines.training.labels import read_labels


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=3.0)
    seconds: float = arguments.parse_args().seconds
    data = Path(str(files("data")))
    releases = read_labels(data / "labels")
    docs = Engine().parse([text for release in releases for text in (release.title, release.text)])
    read = [parts(title, text) for title, text in zip(docs[::2], docs[1::2], strict=True)]
    model = TopicModel.load(data / "models")
    rows = model.finder.lemmas

    def look_up(release: Parts) -> None:
        for lemmas in (release.title, release.lead, release.body):
            for lemma in lemmas:
                rows.get(lemma)

    filed = rate(model.decide, read, seconds)
    bare = rate(look_up, read, seconds / 3)
    tokens = sum(len(r.title) + len(r.lead) + len(r.body) for r in read) / len(read)
    print(
        json.dumps(
            {
                "releases_per_second": round(filed),
                "tokens_per_release": round(tokens),
                "tokens_per_second": round(filed * tokens),
                "share_of_bare_look_up": round(filed / bare, 3),
            }
        )
    )


def rate(act: Callable[[Parts], object], read: list[Parts], seconds: float) -> float:
    """Processor time, so that neighbours on the machine count less."""
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        for release in read:
            act(release)
        count += len(read)
    return count / (time.process_time() - start)


if __name__ == "__main__":
    main()
