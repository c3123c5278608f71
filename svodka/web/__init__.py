"""The page: `serve` runs it over one dataset until it is interrupted."""

import socket
from contextlib import suppress
from pathlib import Path

import click


class PortTaken(OSError):
    """Another program listens there, or the address is not this machine's; the message names address and port."""


def serve(directory: Path, host: str, port: int) -> None:
    """Blocks. Raises PortTaken and store.faults.DatasetFault before anything is served."""
    import uvicorn

    from store.dataset import Dataset
    from svodka.web.app import create

    Dataset.open(directory).close()
    listener = listen(host, port)
    app = create(directory)
    name, bound = listener.getsockname()[:2]
    click.echo(f"Сводка открыта: http://{name}:{bound}/  (остановить — Ctrl+C)", err=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    with suppress(KeyboardInterrupt), listener:  # uvicorn raises the signal again when it has closed down
        server.run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(64)
    except (OSError, OverflowError) as error:
        listener.close()
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PortTaken(f"{host}:{port}: {why}; другой порт: svodka serve --port 0") from error
    return listener
