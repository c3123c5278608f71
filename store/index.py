"""Rows of the full-text index: put in, taken out."""

import sqlite3

from store.lemmas import Indexed


def put(db: sqlite3.Connection, n: int, indexed: Indexed) -> None:
    """Replaces what the index holds of release number `n`."""
    columns = (indexed.title, indexed.text, indexed.names)
    db.execute("DELETE FROM lemma WHERE rowid = ?", (n,))
    db.execute(
        "INSERT INTO lemma (rowid, title, text, names) VALUES (?, ?, ?, ?)", (n, *(column.lemmas for column in columns))
    )
    db.execute("INSERT OR REPLACE INTO lemma_place VALUES (?, ?, ?, ?)", (n, *(column.places for column in columns)))
