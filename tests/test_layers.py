"""Arrows point down only: svodka → pipelines → store → (crawler, nlp), which know nothing of each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT: dict[str, set[str]] = {
    "crawler": set(),
    "nlp": set(),
    "store": {"crawler", "nlp"},
    "pipelines": {"crawler", "nlp", "store"},
    "svodka": {"crawler", "nlp", "store", "pipelines"},
    "data": set(),
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_down(package: str) -> None:
    files = list((ROOT / package).rglob("*.py"))
    assert files, f"{package} holds no Python file"
    for path in files:
        up = set(imported(path)) & set(MAY_IMPORT) - MAY_IMPORT[package] - {package}
        assert not up, f"{path.relative_to(ROOT)} imports {sorted(up)}"
