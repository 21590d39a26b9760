"""A visit under a clock that the test moves: what it asks for, and when, to the millisecond."""

import datetime
from dataclasses import dataclass, field

from paper_house import TODAY
from paper_site import PaperSite
from visitor import Visitor, visitor

#: The page's own seconds between two beats.
BEAT = 30
_MORNING = datetime.datetime.combine(TODAY, datetime.time(9), datetime.UTC)
_RECORD = """
  window.__asked = [];
  window.__open = 0;
  // What came is read before the next request is made: that is under way too.
  const read = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = function () {
    window.__open += 1;
    return read.call(this).finally(() => (window.__open -= 1));
  };
  const real = window.fetch;
  window.fetch = (path, options) => {
    const { method, body } = Object.assign({ method: "GET", body: null }, options);
    const row = [performance.now(), method, String(path), body ? body.length : 0, 0];
    window.__asked.push(row);
    window.__open += 1;
    const closed = () => (window.__open -= 1);
    return real(path, options).then(async (answer) => {
      row[4] = answer.status;
      const { status, headers } = answer;
      const bytes = await answer.arrayBuffer();
      closed();
      return new Response(bytes, { status, headers });
    }).catch((failure) => {
      closed();
      throw failure;
    });
  };
"""
#: Nothing is on its way, and the program answered all it was asked before.
_CALM = """async () => {
  const settle = () => Briefje.visit.call("intake_check_text", ["Dag"]).catch(() => {});
  let asked;
  do {
    asked = window.__asked.length;
    for (let turn = 0; turn < 8; turn += 1) await settle();
  } while (window.__open || window.__asked.length !== asked);
}"""


@dataclass
class Slow:
    """One visit; `after` is the time since its files were verified, in seconds."""

    someone: Visitor
    after: float = 0
    _begun: float = field(default=0)

    @staticmethod
    def open(browser, site: PaperSite) -> "Slow":
        """Opens the page and waits until its files are verified."""
        someone = visitor(browser, site.address)
        someone.page.clock.install(time=_MORNING)
        someone.page.add_init_script(_RECORD)
        someone.open()
        someone.page.clock.pause_at(_MORNING + datetime.timedelta(minutes=1))
        someone.page.evaluate(
            "() => { Briefje.visit.ready.then(() => (window.__ready = performance.now()),"
            " (closed) => (window.__closed = closed.reason)); }"
        )
        while not (begun := someone.page.evaluate("() => window.__ready")):
            assert not someone.page.evaluate("() => window.__closed"), "the page must open"
            someone.page.clock.run_for(50)
        made = Slow(someone, _begun=begun)
        # From here on time goes by whole seconds since then.
        someone.page.clock.run_for(1000 - round(someone.page.evaluate("() => performance.now()") - begun))
        made.after = 1
        made.calm()
        return made

    def calm(self) -> None:
        """Lets all that is under way come to rest; no time passes."""
        if not self.someone.page.evaluate("() => Briefje.visit.ended"):
            self.someone.page.evaluate(_CALM)

    def wait(self, seconds: int) -> "Slow":
        """Lets time pass."""
        for _ in range(seconds):
            self.someone.page.clock.run_for(1000)
            self.calm()
            self.after += 1
        return self

    def until(self, seconds: int) -> "Slow":
        """Lets time pass until so many seconds after the beginning."""
        return self.wait(int(seconds - self.after))

    def go_again(self, address: str) -> None:
        """The same window opens the page anew: whatever left before has arrived then."""
        self.someone.page.clock.resume()
        self.someone.page.goto(address)
        self.someone.page.wait_for_function("() => Briefje.visit.organisations.length")

    @property
    def asked(self) -> list[tuple]:
        """What was asked since the beginning: milliseconds, method, path but for the shard's own
        number, bytes sent, status."""
        rows = self.someone.page.evaluate("() => window.__asked")
        return [
            (round(at - self._begun), method, shape(path), size, status)
            for at, method, path, size, status in rows
            if at >= self._begun and not path.startswith(("/v1/log", "/assets"))
        ]


def shape(path: str) -> str:
    """A path as long as it is, but for which shard it names."""
    return path[:9] + "#" * len(path[9:]) if path.startswith("/v1/drop/") else path
