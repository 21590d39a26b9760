"""Back, after leaving: nothing that was typed or read comes back, from no cache of the browser.

By Selenium, because Playwright waits for ever for a page that the browser brings back from memory.
"""

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from house import EXIT
from visitor import STORY

ANSWERS = (
    "gevaar=nee rol=leerling school=vo thema=dreigen wie=leerling bekend=nee wens=melden"
)


@pytest.fixture(scope="module")
def driver():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
                     "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"):
        options.add_argument(argument)
    running = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    running.implicitly_wait(20)
    yield running
    running.quit()


def press(driver, id):
    driver.find_element(By.ID, id).click()


def tell(driver, address):
    driver.get(address + "/")
    press(driver, "tell")
    for answer in ANSWERS.split():
        question, chosen = answer.split("=")
        choice = driver.find_element(By.CSS_SELECTOR, f"input[name={question}][value={chosen}]")
        # The driver takes what lies below the button that stays in sight for what is in view.
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", choice)
        choice.click()
        press(driver, "tree-next")
    offers = driver.find_elements(By.CSS_SELECTOR, "button[data-tell=nl-vi]")
    next(offer for offer in offers if offer.is_displayed()).click()
    WebDriverWait(driver, 20).until(lambda it: it.find_element(By.ID, "story").is_displayed())
    driver.find_element(By.ID, "story").send_keys(STORY.replace("🚲", ""))
    press(driver, "text-next")
    press(driver, "check-next")
    lines = driver.find_elements(By.CSS_SELECTOR, "#code span")
    return [line.text for line in lines]


def everything(driver) -> str:
    return driver.execute_script(
        "return document.documentElement.innerHTML"
        " + [...document.querySelectorAll('textarea, input')].map((e) => e.value).join('|')"
    )


@pytest.mark.parametrize("leaving", ["another page", "exit"])
def test_back_shows_an_empty_page(driver, address, leaving):
    driver.get(address + "/v1/openapi.json")
    lines = tell(driver, address)
    assert len(lines) == 3 and "fietsen" in everything(driver)
    if leaving == "exit":
        press(driver, "exit")
        WebDriverWait(driver, 20).until(lambda it: it.current_url == EXIT)
        driver.back()
        WebDriverWait(driver, 20).until(lambda it: it.current_url == address + "/v1/openapi.json")
        return
    driver.get(address + "/v1/openapi.json")
    driver.back()
    WebDriverWait(driver, 20).until(lambda it: it.current_url == address + "/")
    WebDriverWait(driver, 20).until(lambda it: it.find_element(By.ID, "tell").is_displayed())
    checked = "return document.querySelectorAll('input:checked').length"
    assert driver.execute_script(checked) == 0, "no answer comes back"
    left = everything(driver)
    assert "fietsen" not in left and all(line not in left for line in lines)
    assert driver.execute_script(
        "return performance.getEntriesByType('navigation')[0].type"
    ) in ("reload", "back_forward")
