"""Words that the rules of repair know, from `data/gazetteers/bodies.toml`."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from nlp.inflection import readings


@cache
def table() -> dict[str, str]:
    return tomllib.loads((files("data") / "gazetteers" / "bodies.toml").read_text(encoding="utf-8"))


@cache
def stems(name: str) -> tuple[str, ...]:
    return tuple(table()[name].split())


@lru_cache(20_000)
def begins(word: str, name: str) -> bool:
    """Whether the word in lower case begins with a stem of this list."""
    return word.lower().startswith(stems(name))


@lru_cache(20_000)
def is_head(word: str) -> bool:
    """«компании», «Министерства»: the common noun at which the name of a body may start."""
    return word.lower().startswith(stems("heads"))


@cache
def own_names() -> re.Pattern[str]:
    roots = sorted({name.rstrip("аяоеьий") for name in stems("own_names")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(roots)})(?:а|у|ом|е|я|ю|ём|ем|и|ь|ью|ы|о|ой|й|ия|ию|ией|ии)?")


@lru_cache(20_000)
def is_own(word: str) -> bool:
    """«Росконцертом»: a body with one name of its own."""
    return own_names().fullmatch(word) is not None


@lru_cache(20_000)
def own_nominative(word: str) -> str | None:
    """«Росконцертом» → «Росконцерт»."""
    if not is_own(word):
        return None
    fitting = [name for name in stems("own_names") if word.startswith(name.rstrip("аяоеьий"))]
    return max(fitting, key=lambda name: (len(name.rstrip("аяоеьий")), name == word), default=None)


POST = re.compile(
    r"(?:директор|заместител|руководител|менеджер|специалист|проректор|координатор|член|референт|вице-президент|советник|"
    r"управляющ|начальник|программ)\w*\s*$"
)


@lru_cache(20_000)
def is_post(word: str) -> bool:
    """«директору», «члена»: what follows is the body where the post is held."""
    return POST.search(word) is not None


@lru_cache(20_000)
def cases(word: str) -> frozenset[str]:
    return frozenset(r.case for r in readings(word))
