"""The page in a real browser: Debian's chromium and chromium-driver, without a network but loopback."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.svodka.conftest import Site

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    chrome = Chrome(options=options, service=ChromeService(DRIVER))
    yield chrome
    chrome.quit()


def wait(browser: Chrome) -> WebDriverWait[Chrome]:
    return WebDriverWait(browser, 20)


def test_from_a_search_to_a_person_by_clicks(browser: Chrome, site: Site) -> None:
    browser.get(site.address)
    box = browser.find_element(By.NAME, "q")
    box.send_keys("делегацией Сучжоу", Keys.ENTER)
    wait(browser).until(lambda b: "/releases?q=" in b.current_url)
    assert browser.find_elements(By.CSS_SELECTOR, "mark.hit")
    browser.find_element(By.LINK_TEXT, "Делегация Сучжоу завершила визит в Пермь").click()
    wait(browser).until(lambda b: b.find_elements(By.CSS_SELECTOR, "article.text"))
    browser.find_element(By.CSS_SELECTOR, ".text").find_element(By.LINK_TEXT, "Вадим Окладников").click()
    wait(browser).until(lambda b: "/people/" in b.current_url)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Вадим Окладников"
    assert "глава города" in browser.find_element(By.CSS_SELECTOR, "aside").text


def test_the_words_that_state_a_fact_light_up_under_the_pointer(browser: Chrome, site: Site) -> None:
    browser.set_window_size(1280, 900)
    browser.get(f"{site.address}/releases?q=Сучжоу")
    browser.find_element(By.CSS_SELECTOR, "ol.hits h3 a").click()
    said = wait(browser).until(lambda b: b.find_element(By.CSS_SELECTOR, "aside .said"))
    ActionChains(browser).move_to_element(said).perform()
    lit = wait(browser).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".text .s.lit"))
    assert said.text.strip("«»") in "".join(piece.text for piece in lit)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path", ["/", "/releases", "/meetings", "/people", "/about", "/review/topics", "release", "person", "meeting"]
)
def test_no_page_is_wider_than_the_screen(browser: Chrome, site: Site, width: int, path: str, tmp_path: Path) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    listing = {"release": "/releases", "person": "/people", "meeting": "/meetings"}.get(path, path)
    browser.get(site.address + listing)
    if listing != path:
        target = browser.find_element(By.CSS_SELECTOR, f"main a[href^='{listing}/']").get_attribute("href")
        browser.get(str(target))
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert not [entry for entry in log if entry["level"] == "SEVERE"]


def test_the_page_reads_without_javascript(browser: Chrome, site: Site) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{site.address}/releases?q=Сучжоу")
        browser.find_element(By.CSS_SELECTOR, "ol.hits h3 a").click()
        wait(browser).until(lambda b: b.find_elements(By.CSS_SELECTOR, "article.text"))
        assert browser.find_elements(By.CSS_SELECTOR, "aside.facts .card")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
