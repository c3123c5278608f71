"""Values for `:p1`, `:p2`, … in SQL that uses one of them twice; SQLite's own `?1` is refused from Python 3.14 on."""


def numbered(*values: object) -> dict[str, object]:
    return {f"p{number}": value for number, value in enumerate(values, 1)}
