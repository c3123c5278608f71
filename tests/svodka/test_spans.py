from svodka.web.spans import Mark, paragraphs

TEXT = "Мэр Перми Анна Ильина.\n\nКонец."


def test_overlapping_spans_are_cut_at_every_border_and_lose_no_letter() -> None:
    marks = [Mark(start=0, stop=9, kind="position"), Mark(start=4, stop=9, kind="place", href="/places/perm")]
    first, second = paragraphs(TEXT, marks)
    assert [(p.text, p.kinds, p.href) for p in first] == [
        ("Мэр ", ("position",), None),
        ("Перми", ("place", "position"), "/places/perm"),
        (" Анна Ильина.", (), None),
    ]
    assert [p.text for p in second] == ["Конец."]
    assert all(TEXT[p.at :].startswith(p.text) for p in first + second)


def test_a_span_across_paragraphs_colours_both() -> None:
    first, second = paragraphs(TEXT, [Mark(start=17, stop=len(TEXT), kind="quote")])
    assert [p.kinds for p in first] == [(), ("quote",)]
    assert [p.kinds for p in second] == [("quote",)]


def test_a_text_without_spans_is_one_piece_a_paragraph() -> None:
    assert [[p.text for p in pieces] for pieces in paragraphs(TEXT, [])] == [["Мэр Перми Анна Ильина."], ["Конец."]]
