"""Tells a wall put up against robots from a page: «blocked» must never look like «no news»."""

import re
from collections.abc import Mapping

# (name, status codes it comes with, pattern in the first 40 KB): seen on .gov.ru and news sites, 2020-2026.
WALLS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("Cloudflare", re.compile(rb"cf-browser-verification|cdn-cgi/challenge-platform|cf_chl_|<title>Just a mom", re.I)),
    ("DDoS-Guard", re.compile(rb"ddos-guard|/\.well-known/ddos-guard", re.I)),
    ("Qrator", re.compile(rb"__qrator|qauth\.js|qrator", re.I)),
    ("Variti", re.compile(rb"variti|ngenix.{0,40}challenge", re.I)),
    ("StormWall", re.compile(rb"stormwall|swp_cookie", re.I)),
    ("ServicePipe", re.compile(rb"servicepipe|/exhkqyad|id_spinner", re.I)),
    ("Яндекс SmartCaptcha", re.compile(rb"smartcaptcha|showcaptcha|checkcaptcha", re.I)),
    ("reCAPTCHA", re.compile(rb"g-recaptcha|hcaptcha\.com", re.I)),
    ("проверка браузера", re.compile(rb"Data processing\.{2,3}|<title>(?:Checking your browser|DDOS-prot)", re.I)),
    (
        "проверка браузера",
        re.compile(
            "(?:Проверка (?:вашего )?браузера|Подтвердите, что вы не робот|Доступ (?:к сайту )?(?:запрещен|ограничен)|"
            "Вы не робот|Включите (?:JavaScript|cookies),? чтобы (?:продолжить|получить доступ))".encode()
        ),
    ),
    ("переход сценарием", re.compile(rb"document\.cookie\s*=.{0,400}?location\.(?:reload|href|replace)", re.I | re.S)),
)
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
    if status != 200 or not is_thin(body):
        return None
    found = shown_wall(head)
    return f"{found} (200)" if found else None


def shown_wall(head: bytes) -> str | None:
    return next((name for name, pattern in WALLS if pattern.search(head)), None)


def is_thin(body: bytes) -> bool:
    """Fewer than 1,500 bytes of text outside tags and scripts."""
    if len(body) > 200_000:
        return False
    text = re.sub(rb"(?is)<(script|style|noscript|svg|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", b" ", body)
    return len(b" ".join(text.split())) < 1500
