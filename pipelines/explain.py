"""Why appearances were taken for one: the rules that fired, with the sentences' releases beside them."""

import json
from collections.abc import Iterator

from store.dataset import Dataset
from store.faults import Unknown
from store.people import named


def explain(dataset: Dataset, id_: str) -> Iterator[str]:
    """Lines in Russian. Raises Unknown."""
    db = dataset.db
    if row := db.execute("SELECT kind, name, merged_into FROM entity WHERE id = ?", (id_,)).fetchone():
        yield from explain_entity(dataset, id_, *row)
    elif row := db.execute("SELECT name, merged_into, rule FROM event WHERE id = ?", (id_,)).fetchone():
        yield from explain_event(dataset, id_, *row)
    else:
        raise Unknown(f"нет такого идентификатора: {id_}")


KINDS = {"person": "человек", "organisation": "организация", "place": "место"}


def explain_entity(dataset: Dataset, id_: str, kind: str, name: str, merged_into: str | None) -> Iterator[str]:
    yield f"{id_}  {name} ({KINDS[kind]})"
    if merged_into:
        yield f"  объединён с {merged_into}"
        return
    rows = dataset.db.execute(
        "SELECT r.day, r.id, a.name, a.rule, a.candidates FROM appearance a JOIN release r ON r.n = a.release"
        " WHERE a.entity = ? ORDER BY r.day, r.id",
        (id_,),
    ).fetchall()
    for day, release, local, rule, candidates in rows:
        yield f"  {day or 'без даты'}  {release}  «{local}»: {rule}"
        if candidates:
            others = named(dataset.db, json.loads(candidates))
            yield f"      кандидатов: {len(others)} — " + ", ".join(f"{other.name} ({other.id})" for other in others)
    gone = [row[0] for row in dataset.db.execute("SELECT id FROM entity WHERE merged_into = ? ORDER BY id", (id_,))]
    if gone:
        yield f"  сюда ведут прежние идентификаторы: {', '.join(gone)}"


def explain_event(dataset: Dataset, id_: str, name: str, merged_into: str | None, rule: str) -> Iterator[str]:
    yield f"{id_}  {name} (встреча)"
    if merged_into:
        yield f"  объединена с {merged_into}"
        return
    for telling in dataset.meeting(id_).tellings:
        yield f"  {telling.date or 'без даты'}  {telling.release}  {telling.source}: «{telling.name}»: {telling.why}"
    yield f"  правило: {rule}"
