// @ts-check
/** The beginning: the two doors, and what lies behind them only when it is safe. */
(function (page) {
  "use strict";

  const { element } = page;
  let busy = false;

  /**
   * Runs what a button asked for, one at a time; where it cannot go on safely, says so.
   * @param {() => Promise<any>} action
   */
  async function safely(action) {
    if (busy) return;
    busy = true;
    try {
      await action();
    } catch (failure) {
      closed(failure);
    } finally {
      busy = false;
    }
  }

  /** @param {any} failure Why nothing can be told here; anything unforeseen is the browser's. */
  function closed(failure) {
    if (page.visit.ended || failure === wentBack || page.steps.isOn("closed")) return;
    const reason = failure instanceof page.Closed ? failure.reason : "browser";
    const why = page.say("dicht." + reason);
    // A page of before an upgrade is nothing to be afraid of: that alone is its title.
    const part = reason === "nieuw" ? "title" : "why";
    element("closed-" + part).textContent = why;
    element("closed-blame").hidden = part === "title";
    element("closed-text").textContent = element("story").value;
    element("closed-kept").hidden = !element("story").value;
    page.visit.refused = true;
    // Whoever only looks for help can go on: the tree needs no lock.
    if (page.steps.isOn("question")) return;
    if (page.steps.isOn("ending")) return page.tree.offer();
    if (page.steps.isOn("start")) {
      element("start-closed-" + part).textContent = why;
      element("start-closed").hidden = false;
      element("have-code").hidden = true;
      element("start-line").textContent = "";
    } else {
      page.steps.go("closed");
    }
  }

  /** That this device and the server do not agree on the day; nothing where they do. */
  function clocks() {
    const { siteDay } = page.visit;
    const now = new Date();
    const here = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    const said = (/** @type {string} */ day) => page.day(day) + " " + day.slice(0, 4);
    return siteDay && page.say("klok", { toestel: said(here), site: said(siteDay) });
  }

  let opened = false;
  /** Somebody went back meanwhile: nothing is to be done any more. */
  const wentBack = new Error("went back");

  /** Waits until the public files were verified; until then nothing can be typed. */
  async function whenReady() {
    if (opened) return;
    const trouble = element("start-line").textContent;
    element("wait-line").textContent = trouble || page.say("wacht.veilig");
    page.steps.go("wait");
    await page.visit.ready;
    if (!page.steps.isOn("wait")) throw wentBack;
  }

  element("tell").onclick = () => {
    page.begin(false);
    page.journey.skipped = [];
    page.tree.onward(undefined);
  };
  element("stuck").onclick = () => {
    page.begin(false);
    page.tree.preset({ thema: "vastgelopen" });
    page.tree.onward(undefined);
  };
  element("have-code").onclick = () => safely(async () => {
    await whenReady();
    page.steps.go("enter");
  });
  element("back").onclick = page.steps.back;
  element("skip").onclick = (/** @type {Event} */ event) => {
    event.preventDefault();
    page.steps.refocus();
  };

  page.visit.troubled = () => {
    element("start-line").textContent = page.say("wacht.net");
    if (page.steps.isOn("wait")) element("wait-line").textContent = page.say("wacht.net");
  };

  document.documentElement.classList.add("js");
  element("no-script").hidden = true;
  element("doors").hidden = false;
  element("step-tree").hidden = true;
  Object.assign(page, { safely, closed, whenReady, wentBack, clocks });

  // The visit is opened after the first picture is on the screen.
  page.visit.ready = new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(page.visit.open())));
  });
  page.visit.ready.then(() => {
    opened = true;
    if (page.steps.isOn("ending")) page.tree.offer();
    element("start-line").textContent = page.clocks();
    const known = page.visit.organisations.map((/** @type {any} */ place) => (
      place.name + ". " + page.collected(place)
    ));
    const dag = page.visit.logDay && page.day(page.visit.logDay);
    if (dag) known.push(page.say("logboek", { dag }));
    known.forEach((/** @type {string} */ line) => element("fetched").append(page.make("li", line)));
  }, closed);
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
