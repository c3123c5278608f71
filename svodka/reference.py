"""docs/commands.md, written from the commands' own help: `python -m svodka.reference > docs/commands.md`."""

from collections.abc import Iterator

import click

from svodka.cli import cli

HEAD = """# Commands

JSON lines go to standard output, logs and progress to standard error. Exit code 0: done; 1: something is wrong with
the data or the world; 2: the call itself is wrong. Written by `make docs` from the commands' own help.
"""


def sections(command: click.Command, path: str) -> Iterator[str]:
    with click.Context(command, info_name=path, terminal_width=100, max_content_width=100) as context:
        yield f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                if child is not None:
                    yield from sections(child, f"{path} {name}")


def reference() -> str:
    return "\n".join([HEAD, *sections(cli, "svodka")])


if __name__ == "__main__":
    click.echo(reference(), nl=False)
