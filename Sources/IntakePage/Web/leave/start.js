/** The beginning: the two doors, and what lies behind them only when it is safe. */
(function (page) {
  "use strict";

  const { element } = page;
  /** @type {Promise<void> | null} What a button asked for, until it is done. */
  let running = null;
  let begun = 0;
  /** Milliseconds in which a second tap is the same wish. */
  const secondTap = 1000;
  /** Whether the page is of before an upgrade. */
  let renewed = false;

  /**
   * Runs what a button asked for, one at a time; where it cannot go on safely, says so. Whoever went
   * away from a wait and asks for more sees that it runs on: the keys of two codes must not meet.
   * @param {() => Promise<any>} action
   */
  async function safely(action) {
    while (running) {
      if (performance.now() - begun < secondTap || page.steps.isOn("wait")) return;
      const { name, argument } = page.steps.here();
      const mine = wait(page.say("wacht.eerst"), page.steps.show);
      await running;
      if (!waits(mine)) return;
      page.steps.show(name, argument);
    }
    begun = performance.now();
    running = action().catch(closed).finally(() => (running = null));
    return running;
  }

  /** @param {any} failure Why nothing can be told here; anything unforeseen is the browser's. */
  function closed(failure) {
    if (page.visit.ended || page.steps.isOn("closed")) return;
    const reason = failure instanceof page.Closed ? failure.reason : "browser";
    renewed = reason === "nieuw";
    // A page of before an upgrade, and a filter, are nothing to be afraid of: they have own titles.
    const own = page.has("kop." + reason);
    ["closed-", "start-closed-"].forEach((place) => {
      element(place + "title").textContent = page.say(own ? "kop." + reason : "kop");
      element(place + "why").textContent = page.say("dicht." + reason);
    });
    element("closed-blame").hidden = own;
    element("closed-text").textContent = element("story").value;
    element("closed-kept").hidden = !element("story").value;
    page.visit.refused = true;
    // Whoever only looks for help can go on: the tree needs no lock.
    if (page.steps.isOn("question")) return;
    if (page.steps.isOn("ending")) return page.tree.offer();
    if (page.steps.isOn("start")) {
      element("start-closed").hidden = false;
      element("start-again").hidden = false;
      element("have-code").hidden = true;
      element("start-line").textContent = "";
    } else {
      page.steps.go("closed");
    }
  }

  /** That this device and the server do not agree on the day; nothing where they do. */
  function clocks() {
    const { siteDay } = page.visit;
    return siteDay && page.say("klok", {
      toestel: page.day(page.today(), true), site: page.day(siteDay, true),
    });
  }

  // MARK: waiting

  let opened = false;
  let troubled = false;
  /** When what is waited for began. */
  let since = 0;
  /** How often somebody began to wait. */
  let turn = 0;
  /** @type {(ready: boolean) => void} Ends the wait for who went away from it. */
  let leave = () => {};

  /** Something moves while it waits: seconds, and what came. It is seen and not said. */
  setInterval(() => {
    if (!opened && page.net.isStuck()) visitTroubled();
    if (!page.steps.isOn("wait")) return leave(false);
    const seconds = Math.round((performance.now() - since) / 1000);
    const k = opened ? "" : " · " + page.net.came() + " kB";
    element("wait-count").textContent = page.say("wacht.al", { n: seconds }) + k;
  }, 500);

  /**
   * @param {string} line What is waited for.
   * @param {(step: string) => void} [go] How the wait comes on the screen.
   * @returns {number} For `waits`.
   */
  function wait(line, go = page.steps.go) {
    since = performance.now();
    element("wait-line").textContent = line;
    element("wait-count").textContent = "";
    element("wait-trouble").hidden = opened || !troubled;
    element("wait-back").hidden = opened;
    go("wait");
    return turn += 1;
  }

  /** @param {number} mine Whether somebody still waits for this, and for nothing else since. */
  function waits(mine) {
    return page.steps.isOn("wait") && mine === turn;
  }

  function visitTroubled() {
    if (troubled) return;
    troubled = true;
    const words = page.say("wacht.net");
    element("start-line").textContent = words;
    element("start-again").hidden = false;
    element("wait-trouble").hidden = false;
    if (page.steps.isOn("wait")) element("wait-line").textContent = words;
  }

  /**
   * Waits until the public files were verified; until then nothing can be typed.
   * @returns {Promise<boolean>} Whether somebody still waits for it.
   */
  async function whenReady() {
    if (opened) return true;
    leave(false);
    const mine = wait(page.say(troubled ? "wacht.net" : "wacht.veilig"));
    const left = new Promise((resolve) => (leave = resolve));
    return Promise.race([page.visit.ready.then(() => waits(mine)), left]);
  }

  /** Tries again what does not come; a visit that was closed is opened anew. */
  function again() {
    if (renewed) return window.location.reload();
    if (!page.visit.refused) return page.net.wake();
    page.visit.refused = false;
    element("start-closed").hidden = true;
    element("have-code").hidden = false;
    element("start-again").hidden = true;
    open(page.visit.open());
  }
  document.querySelectorAll("[data-retry]").forEach((/** @type {any} */ button) => {
    button.onclick = again;
  });
  element("wait-back").onclick = page.steps.back;

  element("tell").onclick = () => {
    page.begin(false);
    page.journey.skipped = [];
    page.tree.onward(undefined);
  };
  element("stuck").onclick = () => {
    page.begin(false);
    page.tree.preset("input[data-stuck]");
    page.tree.onward(undefined);
  };
  element("have-code").onclick = () => safely(async () => {
    if (await whenReady()) page.steps.go("enter");
  });
  element("back").onclick = page.steps.back;
  element("skip").onclick = (/** @type {Event} */ event) => {
    event.preventDefault();
    page.steps.refocus();
  };

  page.visit.troubled = visitTroubled;

  document.documentElement.classList.add("js");
  element("no-script").hidden = true;
  element("doors").hidden = false;
  element("step-tree").hidden = true;
  Object.assign(page, { safely, closed, wait, waits, whenReady, clocks });

  /** @param {Promise<void>} ready */
  function open(ready) {
    page.visit.ready = ready;
    ready.then(() => {
      opened = true;
      element("start-again").hidden = true;
      if (page.steps.isOn("ending")) page.tree.offer();
      element("start-line").textContent = page.clocks();
      const known = page.visit.organisations.map((/** @type {any} */ place) => (
        place.name + ". " + page.collected(place)
      ));
      const dag = page.visit.logDay && page.day(page.visit.logDay);
      if (dag) known.push(page.say("logboek", { dag }));
      element("fetched").textContent = "";
      known.forEach((/** @type {string} */ line) => element("fetched").append(page.make("li", line)));
    }, closed);
  }

  // The visit is opened after the first picture is on the screen.
  open(new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(page.visit.open())));
  }));
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
