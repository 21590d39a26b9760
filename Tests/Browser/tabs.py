"""A tab of each engine, with the browser's own Back and Forward: Chromium, Firefox and WebKitGTK.

Chromium by Selenium, because Playwright waits for ever for a page that comes back from memory.
"""

import http.server
import os
import socket
import subprocess
import threading
from pathlib import Path

from playwright.sync_api import Playwright
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService
from stage.waiting import until

ENGINES = ["chromium", "firefox", "webkit"]
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
#: What Firefox's own protocol cannot set is left alone.
UNSET = {name: "null" for name in ("color_scheme", "reduced_motion", "forced_colors", "contrast")}
_HEADING = """(() => {
  const all = '.step:not([hidden]):not(#step-tree) h1,'
    + ' #step-tree:not([hidden]) .asking .q.now h2, #step-tree:not([hidden]) .ending h2.o';
  const seen = [...document.querySelectorAll(all)].find((one) => one.offsetParent);
  return seen ? seen.innerText.trim() : '';
})()"""


class Tab:
    """What all engines do alike; the rest is each one's own."""

    def js(self, expression: str):
        raise NotImplementedError

    def heading(self) -> str:
        return self.js(_HEADING)

    def until(self, expression: str, what: str):
        """Waits until something holds; while a page loads nothing does."""

        def holds():
            try:
                return self.js(expression)
            except Exception:  # noqa: BLE001 - each driver has its own names for "not now"
                return None

        return until(holds, what, 60)

    def expect(self, heading: str):
        self.until(f"({_HEADING}) === {heading!r}", f"“{heading}” is on the screen")

    def words(self) -> str:
        """Everything that stands in the document or in a field."""
        return self.js(
            "document.documentElement.innerHTML"
            " + [...document.querySelectorAll('textarea, input')].map((e) => e.value).join('|')"
        )


class SeleniumTab(Tab):
    """Chromium, and what WebKitGTK does alike."""

    def __init__(self, driver, display: subprocess.Popen | None = None) -> None:
        self.driver = driver
        self.display = display

    def js(self, expression):
        return self.driver.execute_script("return " + expression)

    def open(self, address):
        self.driver.get(address)

    def press(self, css):
        shown = self._shown(css)
        # What lies below the button that stays in sight is in view for a driver.
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", shown)
        shown.click()

    def type(self, css, text):
        self._shown(css).send_keys(text)

    def back(self):
        self.driver.back()

    def forward(self):
        self.driver.forward()

    def reload(self):
        self.driver.refresh()

    def close(self):
        self.driver.quit()
        if self.display:
            self.display.terminate()
            self.display.wait()

    def _shown(self, css):
        found = lambda: [e for e in self.driver.find_elements(By.CSS_SELECTOR, css) if e.is_displayed()]
        return until(found, f"{css} is on the screen", 60)[0]


class WebKitTab(SeleniumTab):
    """WebKitGTK, whose driver waits for a load that Back does not make, now and then for ever: it is
    told to wait for none, and who opens a page waits here.

    Nor does it scroll to what it is to press.
    """

    #: Seconds; the driver's own are 300. A page of these tests is there in one.
    LOADING = 10

    def __init__(self, driver, display):
        super().__init__(driver, display)
        driver.set_page_load_timeout(self.LOADING)
        driver.set_script_timeout(self.LOADING)

    def open(self, address):
        super().open(address)
        self.until(
            f"location.href === {address!r} && document.readyState === 'complete'", f"{address} is there"
        )

    def press(self, css):
        self.driver.execute_script("arguments[0].click()", self._shown(css))

    def back(self):
        self.js("void history.back()")

    def forward(self):
        self.js("void history.forward()")


class FirefoxTab(Tab):
    """Firefox, by Playwright over its own protocol."""

    def __init__(self, playwright: Playwright) -> None:
        self.browser = playwright.firefox.launch(
            channel="moz-firefox", executable_path="/usr/bin/firefox-esr"
        )
        self.page = self.browser.new_context(**UNSET).new_page()

    def js(self, expression):
        return self.page.evaluate(expression)

    def open(self, address):
        self.page.goto(address)

    def press(self, css):
        self.page.locator(css).locator("visible=true").first.click(timeout=60000)

    def type(self, css, text):
        self.page.locator(css).press_sequentially(text, timeout=60000)

    def back(self):
        # Playwright's own would wait for a load, and what comes back from memory is not loaded.
        self.page.evaluate("() => void history.back()")

    def forward(self):
        self.page.evaluate("() => void history.forward()")

    def reload(self):
        self.page.reload()

    def close(self):
        self.browser.close()


def chromium(profile: Path | None = None) -> SeleniumTab:
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    own = [f"--user-data-dir={profile}"] if profile else []
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", ALONE, *own):
        options.add_argument(argument)
    return SeleniumTab(webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options))


#: What a driver may take for one answer.
ANSWER_SECONDS = 90


def webkit() -> WebKitTab:
    """On a display of its own, as it draws nothing without one."""
    [browser] = Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")
    options = WebKitOptions()
    options.binary_location = str(browser)
    options.add_argument("--automation")
    options.set_capability("pageLoadStrategy", "none")
    display, number = _display()
    environment = os.environ | {"DISPLAY": f":{number}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    service = WebKitService("/usr/bin/WebKitWebDriver", env=environment)
    # A browser that is gone leaves its driver silent, and who asks it waiting: for ever by itself.
    socket.setdefaulttimeout(ANSWER_SECONDS)
    try:
        return WebKitTab(webdriver.WebKitGTK(options=options, service=service), display)
    finally:
        socket.setdefaulttimeout(None)


def _display() -> tuple[subprocess.Popen, int]:
    """A screen that nobody sees; the server chooses a free number and says which."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x900x24", "-nolisten", "tcp"]
    started = subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as said:
        return started, int(said.readline())


class Elsewhere:
    """Another site: pages that only say their name."""

    def __init__(self) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = f"<!doctype html><title>Weer</title><h1>{self.path[1:]}</h1>".encode()
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
