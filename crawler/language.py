"""The language of a text, told by letters that only one language has and by its commonest words."""

import re
from collections import Counter

OWN_LETTERS = {
    "uk": "їєґ",
    "be": "ў",
    "kk": "құһғ",
    "tt": "җ",
    "ba": "ҙҡҫ",
    "ky": "ңө",
    "sr": "ђћџљњ",
    "tg": "ӣӯҷ",
    "hy": "աեինո",
    "ka": "აეიოუ",
    "ar": "الين",
    "he": "אהוי",
    "zh": "的是不了在",
    "el": "αειοτ",
}
"""Letters that a page of the language holds by the dozen and its neighbours do not."""

COMMON_WORDS = {
    "ru": "и в на с по что для из это как от его при был также году который после",
    "bg": "и на в за се от да са по че със при които беше ще",
    "en": "the of and to in a for is on that with was by",
    "fr": "le la les de des et en du une est pour dans",
    "de": "der die und das in von den mit ist für im",
    "es": "el la los de que y en del las por con una",
}
SAMPLE = 6000


def of(text: str, stated: str = "") -> str | None:
    """ISO 639-1. `stated` is the page's own `lang`, believed only where the text is too short to tell."""
    sample = text[:SAMPLE].lower()
    letters = Counter(sample)
    total = sum(count for letter, count in letters.items() if letter.isalpha())
    if total < 20:
        return stated or None
    for language, own in OWN_LETTERS.items():
        if sum(letters[letter] for letter in own) > 0.012 * total:
            return language
    return by_words(sample) or stated or None


def by_words(sample: str) -> str | None:
    counts = Counter(re.findall(r"[^\W\d_]+", sample))
    total = sum(counts.values())
    scores = {language: sum(counts[word] for word in common.split()) for language, common in COMMON_WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    if best == "bg" and any(letter in sample for letter in "ыэё"):
        best = "ru"
    if scores[best] >= max(2, 0.04 * total):
        return best
    return "ru" if any(letter in sample for letter in "ыэё") else None
