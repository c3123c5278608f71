"""A text in a terminal with its facts in colour, each beside the rule or model that made it."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from nlp.annotation import Annotation, Entity, Release

COLOURS = {"person": "bold green", "organisation": "bold blue", "place": "bold magenta"}
LABELS = {"person": "человек", "organisation": "организация", "place": "место"}


def show(release: Release, annotation: Annotation) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.rule(Text(release.title or release.id))
    console.print(coloured(release.text, annotation))
    console.print()
    for table in (names(release.text, annotation), positions(annotation), meetings(release.text, annotation)):
        if table.row_count:
            console.print(table)
    for topic in annotation.topics:
        words = ", ".join(f"{word} {weight:+.2f}" for word, weight in topic.words)
        console.print(Text(f"тема {topic.topic} {topic.score:.2f}: {words}"))


def entities(annotation: Annotation) -> tuple[Entity, ...]:
    return annotation.people + annotation.organisations + annotation.places


def coloured(text: str, annotation: Annotation) -> Text:
    out = Text(text)
    for entity in entities(annotation):
        for mention in entity.mentions:
            out.stylize(COLOURS[entity.kind], mention.start, mention.stop)
    for position in annotation.positions:
        out.stylize("yellow", *position.position_span)
    for meeting in annotation.meetings:
        out.stylize("underline red", *meeting.span)
    return out


def names(text: str, annotation: Annotation) -> Table:
    table = Table("в тексте", "вид", "имя", "граница: правило", "форма", "форма: правило", title="Имена")
    for entity in entities(annotation):
        gender = {"m": ", м", "f": ", ж", None: ""}[entity.gender]
        for mention in entity.mentions:
            table.add_row(
                Text(text[mention.start : mention.stop], COLOURS[entity.kind]),
                LABELS[entity.kind] + gender,
                Text(entity.name),
                mention.rule,
                Text(mention.normal),
                mention.form_rule,
            )
    return table


def positions(annotation: Annotation) -> Table:
    table = Table("человек", "должность", "где", "правило", title="Должности")
    for p in annotation.positions:
        past = " (бывш.)" if p.former else ""
        table.add_row(Text(p.person), Text(p.position + past), Text(p.organisation or "—"), p.rule)
    return table


def meetings(text: str, annotation: Annotation) -> Table:
    table = Table(
        "встреча", "кто", "роль", "уверенность", "правило", "слова", title="Встречи и присутствие", show_lines=True
    )
    for m in annotation.meetings:
        where = f"{m.date or 'дата не названа'}, {m.place or 'место не названо'}, {m.format or '—'}, {m.status}"
        head = f"{m.kind}: {m.name}\n{where}"
        table.add_row(Text(head), "", "", f"{m.confidence:.2f}", m.rule, Text(text[slice(*m.span)]))
        for a in m.attendees:
            table.add_row(
                "", Text(a.person), a.role, f"{a.confidence:.2f}", a.rule, Text(text[slice(*a.evidence)][:160])
            )
        for i in m.involved:
            table.add_row(
                "", Text(i.person), f"({i.status})", f"{i.confidence:.2f}", i.rule, Text(text[slice(*i.evidence)][:160])
            )
    return table
