"""Tells a wall put up against robots from a page: «blocked» must never look like «no news»."""

import re
from collections.abc import Mapping

# (name, literals of which one must stand in the first 40 KB, pattern that then decides), all in lower case: seen on
# .gov.ru and news sites, 2020-2026. The literals cost a twentieth of the patterns, and every page is asked.
WALLS: tuple[tuple[str, tuple[bytes, ...], re.Pattern[bytes]], ...] = (
    (
        "Cloudflare",
        (b"cf-browser-verification", b"challenge-platform", b"cf_chl_", b"just a moment"),
        re.compile(rb"cf-browser-verification|cdn-cgi/challenge-platform|cf_chl_|<title>just a moment"),
    ),
    ("DDoS-Guard", (b"ddos-guard",), re.compile(rb"ddos-guard")),
    ("Qrator", (b"qrator", b"qauth.js"), re.compile(rb"__qrator|qauth\.js|qrator")),
    ("Variti", (b"variti", b"ngenix"), re.compile(rb"variti|ngenix.{0,40}challenge")),
    ("StormWall", (b"stormwall", b"swp_cookie"), re.compile(rb"stormwall|swp_cookie")),
    ("ServicePipe", (b"servicepipe", b"exhkqyad", b"id_spinner"), re.compile(rb"servicepipe|/exhkqyad|id_spinner")),
    ("Яндекс SmartCaptcha", (b"captcha",), re.compile(rb"smartcaptcha|showcaptcha|checkcaptcha")),
    ("reCAPTCHA", (b"captcha",), re.compile(rb"g-recaptcha|hcaptcha\.com")),
    (
        "проверка браузера",
        (b"data processing..", b"checking your browser", b"ddos-prot"),
        re.compile(rb"data processing\.{2,3}|<title>(?:checking your browser|ddos-prot)"),
    ),
    (
        "проверка браузера",
        tuple(
            phrase.encode()
            for phrase in (
                "роверка браузера",
                "роверка вашего браузера",
                "не робот",
                "оступ",
                "ключите JavaScript".lower(),
            )
        ),
        re.compile(
            "(?:Проверка (?:вашего )?браузера|Подтвердите, что вы не робот|Доступ (?:к сайту )?(?:запрещен|ограничен)|"
            "Вы не робот|Включите (?:javascript|cookies),? чтобы (?:продолжить|получить доступ))".encode()
        ),
    ),
    (
        "переход сценарием",
        (b"document.cookie",),
        re.compile(rb"document\.cookie\s*=.{0,400}?location\.(?:reload|href|replace)", re.DOTALL),
    ),
)
LINKS = 30
"""A wall answered with 200 has hardly any links; a site's chrome has more."""
REFUSALS = {401: "нужен вход", 403: "доступ запрещён", 407: "нужен вход на прокси", 451: "закрыто по закону"}
HEADERS = (("cf-mitigated", "Cloudflare"), ("x-ddos-protection", "защита от DDoS"))


def challenge(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Why this answer is a wall, in Russian; None when it is a page. `headers` have lower-case names.

    A 200 is a wall only when it shows one and holds hardly any text: articles about captchas are articles.
    """
    for name, told in HEADERS:
        if name in headers:
            return f"{told} ({status})"
    head = body[:40_000]
    if status in REFUSALS:
        return f"{shown_wall(head) or REFUSALS[status]} ({status})"
    if status in (429, 503):
        wall = shown_wall(head)
        return f"{wall} ({status})" if wall else None
    if status != 200 or body.count(b"</a>") > LINKS:
        return None
    found = shown_wall(head)
    return f"{found} (200)" if found and is_thin(body) else None


def shown_wall(head: bytes) -> str | None:
    low = head.lower()  # of bytes: Latin letters only
    for name, literals, pattern in WALLS:
        if any(literal in low for literal in literals) and pattern.search(low):
            return name
    return None


def is_thin(body: bytes) -> bool:
    """Fewer than 1,500 bytes of text outside tags and scripts."""
    if len(body) > 200_000:
        return False
    text = re.sub(rb"(?is)<(script|style|noscript|svg|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", b" ", body)
    return len(b" ".join(text.split())) < 1500
