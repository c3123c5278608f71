"""TLS against the system's authorities and one more file: the Russian root authority's, an organisation's own."""

import ssl
from pathlib import Path

SYSTEM = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where Debian, Red Hat, SUSE and Alpine keep their authorities in one file."""


class BadAuthority(Exception):
    """The file of certificates can't be used; the message names it."""


def environment(extra: Path, bundle: Path) -> dict[str, str]:
    """Writes the system's authorities and `extra` to `bundle` and returns the variables that make OpenSSL use it.

    Raises BadAuthority.
    """
    try:
        ssl.create_default_context(cafile=str(extra))
        told = extra.read_bytes()
    except (OSError, ssl.SSLError) as error:
        raise BadAuthority(f"{extra}: сертификаты не читаются ({error})") from error
    defaults = ssl.get_default_verify_paths()
    system = next((path for name in (defaults.cafile, *SYSTEM) if name and (path := Path(name)).is_file()), None)
    bundle.write_bytes((system.read_bytes() + b"\n" if system is not None else b"") + told)
    return {"SSL_CERT_FILE": str(bundle), "SSL_CERT_DIR": defaults.capath or "/etc/ssl/certs"}
