"""Words that name events, and what verbs tell of the people beside them; read once from data/events."""

from functools import cache
from importlib.resources import files

LAST_PARTS = tuple(
    "встреча форум конференция выставка семинар урок концерт лекция тур миссия секция совещание фестиваль турнир класс "
    "саммит сессия переговоры вебинар матч чтения показ ярмарка конкурс".split()
)

COMPOUNDED = frozenset(
    {"встреча", "форум", "конференция", "выставка", "семинар", "концерт", "лекция", "фестиваль", "саммит"}
)
"""Parts that make one word with what stands before them («медиафорум»); «комиссия» is no «миссия»."""


def rows(name: str) -> list[list[str]]:
    text = (files("data") / "events" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def nouns() -> dict[str, str]:
    """Lemma → kind of event."""
    return {lemma: kind for kind, lemmas in rows("nouns.tsv") for lemma in lemmas.split()}


@cache
def verbs() -> dict[str, tuple[str, str]]:
    """Lemma → kind of event and the noun that its name begins with."""
    return {lemma: (kind, noun) for kind, noun, lemmas in rows("verbs.tsv") for lemma in lemmas.split()}


@cache
def acts() -> dict[str, tuple[str, ...]]:
    """Lemma of a verb → what it tells of its subject: speech, chair, attend, …; in the file's order, so that models
    built of it are the same to the bit."""
    out: dict[str, dict[str, None]] = {}
    for name, lemmas in rows("acts.tsv"):
        for lemma in lemmas.split():
            out.setdefault(lemma, {})[name] = None
    return {lemma: tuple(names) for lemma, names in out.items()}


@cache
def kind_of_noun(lemma: str) -> str | None:
    """Kind of the event that a noun names; a hyphenated or compound noun counts by its last part."""
    known = nouns().get(lemma)
    if known is not None or not lemma.endswith(LAST_PARTS):
        return known
    for part in LAST_PARTS:
        if lemma.endswith(part) and (lemma[: -len(part)].endswith("-") or part in COMPOUNDED):
            return nouns().get(part, "другое")
    return None
