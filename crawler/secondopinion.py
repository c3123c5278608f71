"""Where our own reading of a page finds hardly any text: what readability and trafilatura make of it."""

import logging
from collections.abc import Callable

from crawler import blocks, body, document

log = logging.getLogger(__name__)

DOUBTFUL = 120
"""Characters of body under which the others are asked; they cost ten times what our own reading does."""

MAX_MARKUP = 2_000_000
"""Both need minutes and gigabytes on pages of dozens of megabytes."""


def longer(markup: str, url: str, ours: str) -> tuple[str, str]:
    """The first opinion that is twice as long as ours and holds prose, with its name; else ours and no name."""
    if len(markup) <= MAX_MARKUP:
        for name, reader in OPINIONS:
            text = reader(markup, url)
            if len(text) > max(DOUBTFUL, 2 * len(ours)):
                return text, name
    return ours, ""


def by_readability(markup: str, url: str) -> str:
    from readability import Document  # imported only for the rare page that needs it
    from readability.readability import Unparseable

    try:
        summary = Document(markup, url=url or None).summary(html_partial=True)
        root = document.tree(summary, url)
    except (Unparseable, document.EmptyPage, ValueError) as error:
        log.debug("%s: readability: %s", url, error)
        return ""
    return body.render([block for block in body.kept(blocks.read(root)) if block.prose or block.kind == "item"])


def by_trafilatura(markup: str, url: str) -> str:
    from trafilatura import extract

    text = extract(markup, include_comments=False, include_tables=True, favor_precision=True)
    return "\n\n".join(line.strip() for line in (text or "").split("\n") if line.strip())


OPINIONS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("readability", by_readability),
    ("trafilatura", by_trafilatura),
)
