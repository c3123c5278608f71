"""The documentation says what the command line says, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from svodka.cli import COMMANDS, cli, module_name
from svodka.reference import reference

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_page_of_commands_is_what_help_says() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference(), "run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = cli.commands.get(name) or cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None, f"svodka/commands/{module_name(name)}.py is missing"
    text = "\n".join([command.help or "", *(c.help or "" for c in getattr(command, "commands", {}).values())])
    assert "Пример" in text and f"svodka {name}" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"
