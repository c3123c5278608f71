"""Words of the page: Russian first, English second, and dates as people write them."""

from collections.abc import Callable
from datetime import date, datetime

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}
ENGLISH = {
    "Сводка": "Svodka",
    "Сообщения": "Releases",
    "Встречи": "Meetings",
    "Люди": "People",
    "Организации": "Organisations",
    "Места": "Places",
    "О данных": "About the data",
    "Найти": "Find",
    "Искать": "Search",
    "К содержанию": "Skip to content",
    "Источник": "Source",
    "Тема": "Topic",
    "Темы": "Topics",
    "Год": "Year",
    "Человек": "Person",
    "Организация": "Organisation",
    "Место": "Place",
    "Когда": "When",
    "Где": "Where",
    "Что": "What",
    "Кто": "Who",
    "Кто присутствовал": "Who attended",
    "Роль": "Role",
    "Должность": "Position",
    "Должности": "Positions",
    "Вид": "Kind",
    "Формат": "Format",
    "Состояние": "Status",
    "любой": "any",
    "любое": "any",
    "С": "From",
    "По": "Until",
    "Показать": "Show",
    "Дальше": "Next",
    "Сначала": "From the start",
    "Ничего не нашлось.": "Nothing found.",
    "Нет никого.": "Nobody.",
    "Скачать": "Download",
    "Последние сообщения": "Latest releases",
    "Встречи по месяцам": "Meetings by month",
    "Самые занятые": "The busiest",
    "Дата не указана": "No date given",
    "дата не названа": "no date given",
    "место не названо": "no place given",
    "На сайте источника": "At the source",
    "Текст": "Text",
    "Что прочитано": "What was read",
    "Встречи не прочитаны.": "No meetings were read.",
    "Ещё связаны, но не присутствовали": "Tied to it without attending",
    "организаторы и стороны": "organisers and sides",
    "уверенность": "confidence",
    "правило": "rule",
    "Рассказано": "Told by",
    "Раньше": "Before",
    "Позже": "After",
    "Вместе бывали": "Met",
    "Упоминается": "Mentioned in",
    "Цитаты": "Quotes",
    "в пересказе": "reported",
    "Может быть тем же человеком": "May be the same person",
    "Названия в текстах": "Names in the texts",
    "бывш.": "former",
    "и. о.": "acting",
    "без темы": "no topic",
    "Темы решили слова": "Words that decided the topics",
    "Версии": "Versions",
    "версия": "version",
    "Адреса": "Addresses",
    "Не разобрано": "Not read",
    "Источники": "Sources",
    "Сообщение ещё не разобрано.": "Not annotated yet.",
    "Такого адреса нет": "No such address",
    "Запрос не понят": "The query was not understood",
    "знак": "character",
    "ведущий": "chair",
    "докладчик": "speaker",
    "участник": "participant",
    "подпись": "signature",
    "приветствие": "greetings sent",
    "приглашение": "invited",
    "отсутствие": "absent",
    "видеообращение": "video message",
    "на проверку": "to be reviewed",
    "состоялась": "held",
    "намечена": "planned",
    "отменена": "cancelled",
    "перенесена": "postponed",
    "онлайн": "online",
    "очно": "in person",
    "смешанный": "hybrid",
    "Проверить темы": "Review topics",
    "Сообщения, на которых модель научится больше всего. Ответов записано": (
        "The releases that would teach the model most. Answers written"
    ),
    "Главная тема": "Main topic",
    "И ещё": "And also",
    "Записать": "Write down",
    "По дате": "By date",
    "По близости к запросу": "By relevance",
    "должность": "position",
    "человек": "person",
    "организация": "organisation",
    "место": "place",
    "встреча": "meeting",
    "цитата": "quote",
    "вложение": "attachment",
    "Слова в любой форме, «фразы в кавычках», И / ИЛИ / НЕ, person: org: place: topic: source: date:2024-04..2024-06": (
        'Words in any form, "phrases", AND / OR / NOT, person: org: place: topic: source: date:2024-04..2024-06'
    ),
}
COUNTED = {
    "releases": ("сообщение", "сообщения", "сообщений", "release", "releases"),
    "meetings": ("встреча", "встречи", "встреч", "meeting", "meetings"),
    "people": ("человек", "человека", "человек", "person", "people"),
    "organisations": ("организация", "организации", "организаций", "organisation", "organisations"),
    "places": ("место", "места", "мест", "place", "places"),
    "attendances": ("присутствие", "присутствия", "присутствий", "attendance", "attendances"),
}
ROLES = {"chair": "ведущий", "speaker": "докладчик", "participant": "участник"}
TIES = {
    "signed": "подпись",
    "greeted": "приветствие",
    "invited": "приглашение",
    "absent": "отсутствие",
    "video-message": "видеообращение",
    "review": "на проверку",
}
STATUSES = {"held": "состоялась", "planned": "намечена", "cancelled": "отменена", "postponed": "перенесена"}
FORMATS = {"online": "онлайн", "in-person": "очно", "hybrid": "смешанный"}
CODES = ROLES | TIES | STATUSES | FORMATS


def translator(language: str) -> Callable[[str], str]:
    """Phrases and codes → words of the page; what has no translation stays as it is."""

    def say(phrase: str | None) -> str:
        words = CODES.get(phrase or "", phrase or "")
        return ENGLISH.get(words, words) if language == "en" else words

    return say


def counted(number: int, things: str, language: str = "ru") -> str:
    """The noun that agrees with the number: 1 встреча, 2 встречи, 5 встреч, 11 встреч."""
    one, few, many, single, several = COUNTED[things]
    if language == "en":
        return single if number == 1 else several
    if number % 100 in range(11, 15) or number % 10 in (0, 5, 6, 7, 8, 9):
        return many
    return one if number % 10 == 1 else few


def day(value: str | None, language: str = "ru") -> str:
    """«2024-04-16» or an ISO time → «16 апреля 2024»."""
    if not value:
        return ""
    when = date.fromisoformat(value[:10])
    return f"{when.day} {MONTHS[language][when.month - 1]} {when.year}"


def days(first: str | None, last: str | None, language: str = "ru") -> str:
    if not first:
        return ""
    if not last or last == first:
        return day(first, language)
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def clock(value: str | None) -> str:
    """The time of day of an ISO time, where it tells one."""
    if not value or "T" not in value:
        return ""
    when = datetime.fromisoformat(value)
    return f"{when:%H:%M}" if (when.hour, when.minute) != (0, 0) else ""
