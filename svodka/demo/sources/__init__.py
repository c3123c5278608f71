"""Source files of the five invented agencies, one each, just as real agencies have them in `crawler/sources`."""

from collections.abc import Mapping
from pathlib import Path

from crawler.source import Source, read


def sources(addresses: Mapping[str, str]) -> tuple[Source, ...]:
    """The sources of the agencies that are served, at the addresses where they are served."""
    folder = Path(__file__).parent
    return tuple(read(folder / f"{name}.py").at(address) for name, address in addresses.items())
