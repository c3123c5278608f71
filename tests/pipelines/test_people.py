"""Who is taken for whom: for each rule one pair that is joined and one that is not."""

from datetime import date

import pytest

from pipelines.identity.evidence import Sighting
from pipelines.identity.people import Name, cluster, one_letter_apart, parse, variants
from store.blocks import surname
from store.corrections import Anchor


def seen(number: int, name: str, release: str = "", **company: object) -> Sighting:
    sets = {key: frozenset(value) if isinstance(value, list) else value for key, value in company.items()}
    return Sighting(
        n=number,
        anchor=Anchor(release or f"r{number}", name),
        name=name,
        block=surname(name),
        source="agency",
        day=date(2024, 1, 1 + number % 28),
        **sets,  # type: ignore[arg-type]
    )


def grouped(*sightings: Sighting) -> list[set[int]]:
    return sorted(({s.n for s in made.members} for made in cluster(sightings)), key=min)


MFA: dict[str, object] = {"posts": ["директор департамента"], "bodies": ["мид"], "people": ["Анна Ильина"]}
ZOO: dict[str, object] = {"posts": ["смотритель"], "bodies": ["зоопарк"], "people": ["Олег Бобров"]}

JOINED = {
    "то же полное имя": (seen(1, "Иван Петров"), seen(2, "Иван Петров")),
    "тот же человек сменил орган, но не окружение": (
        seen(1, "Иван Петров", **MFA),
        seen(2, "Иван Петров", posts=["советник"], bodies=["дума"], people=["Анна Ильина"]),
    ),
    "отчество названо однажды": (seen(1, "Иван Сергеевич Петров"), seen(2, "Иван Петров")),
    "инициалы и полное имя, тот же орган": (seen(1, "Иван Петров", **MFA), seen(2, "И. С. Петров", bodies=["мид"])),
    "фамилия, тот же орган": (seen(1, "Иван Петров", **MFA), seen(2, "Петров", bodies=["мид"])),
    "фамилия, тот же человек рядом": (seen(1, "Иван Петров", **MFA), seen(2, "Петров", people=["Анна Ильина"])),
    "другое написание, то же окружение": (seen(1, "Хайко Маас", **MFA), seen(2, "Хейко Мас", **MFA)),
    "краткое имя, то же окружение": (seen(1, "Джозеф Байден", **MFA), seen(2, "Джо Байден", **MFA)),
    "второе имя опущено": (seen(1, "Хадим Хусейн Ризви", **MFA), seen(2, "Хадим Ризви", **MFA)),
    "имя на двух языках рядом": (seen(1, "Хайко Маас (Heiko Maas)"), seen(2, "Хайко Маас")),
}
APART = {
    "разные имена": (seen(1, "Иван Петров", **MFA), seen(2, "Олег Петров", **MFA)),
    "разные отчества": (seen(1, "Иван Сергеевич Петров", **MFA), seen(2, "Иван Олегович Петров", **MFA)),
    "тёзка в другом месте": (seen(1, "Иван Петров", **MFA), seen(2, "Иван Петров", **ZOO)),
    "фамилия без окружения": (seen(1, "Иван Петров", **MFA), seen(2, "Петров")),
    "фамилия, двое подходят": (seen(1, "Иван Петров", **MFA), seen(2, "Олег Петров", **MFA), seen(3, "Петров", **MFA)),
    "инициалы другого": (seen(1, "Иван Петров", **MFA), seen(2, "О. Петров", **MFA)),
    "муж и жена": (seen(1, "Александр Петров", gender="m", **MFA), seen(2, "Александра Петрова", gender="f", **MFA)),
    "два известных имени через букву": (seen(1, "Мария Петрова", **MFA), seen(2, "Марина Петрова", **MFA)),
    "другое написание без окружения": (seen(1, "Хайко Маас"), seen(2, "Хейко Маас")),
    "отец и сын": (seen(1, "Джордж Буш-старший", **MFA), seen(2, "Джордж Буш-младший", **MFA)),
}


@pytest.mark.parametrize("case", JOINED)
def test_joined(case: str) -> None:
    assert len(grouped(*JOINED[case])) == 1


@pytest.mark.parametrize("case", APART)
def test_kept_apart(case: str) -> None:
    assert len(grouped(*APART[case])) == len(APART[case])


def test_doubt_is_visible() -> None:
    made = cluster(APART["фамилия, двое подходят"])
    lone = next(one for one in made if one.members[0].n == 3)
    assert lone.doubts[3] == (1, 2)


def test_the_famous_are_meant_by_their_surname() -> None:
    often = [seen(number, "Владимир Рогов") for number in range(1, 25)]
    assert len(grouped(*often, seen(99, "Рогов"))) == 1
    assert len(grouped(*often[:5], seen(99, "Рогов"))) == 2


def test_a_surname_with_a_post_of_its_own_is_not_the_famous_one() -> None:
    often = [seen(number, "Владимир Рогов") for number in range(1, 25)]
    assert len(grouped(*often, seen(99, "Рогов", posts=["тренер"]))) == 2


def test_order_does_not_matter() -> None:
    several = [*JOINED["фамилия, тот же орган"], *(seen(n + 10, "Иван Петров") for n in range(3))]
    assert grouped(*several) == grouped(*reversed(several))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Иван Сергеевич Петров", Name("петров", "иван", "сергеевич")),
        ("И. С. Петров", Name("петров", "и", "с")),
        ("Петров", Name("петров")),
        ("Милица Йованович", Name("йованович", "милица")),
        ("Джордж Буш-младший", Name("буш", "джордж", senior="младший")),
        ("Пётр Первый мл.", Name("первый", "петр", senior="младший")),
        ("Анна Мария Перес", Name("перес", "анна мария")),
    ],
)
def test_names_are_taken_apart(text: str, name: Name) -> None:
    assert parse(text) == name


def test_blocks_hold_what_may_be_one_surname() -> None:
    assert surname("Иван Петров") == surname("И. Петров") == surname("Петрова")
    assert surname("Ричард Гренель") == surname("Гренелл")
    assert surname("Иван Петров") != surname("Иван Сидоров")


def test_one_letter() -> None:
    assert one_letter_apart("хайко", "хейко")
    assert one_letter_apart("нэнси", "нэнсии")
    assert not one_letter_apart("хайко", "хелена")
    assert variants("наталья", "наталия")
    assert not variants("мария", "марина")
