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
    if (page.visit.ended || page.steps.isOn("closed")) return;
    const why = page.say("dicht." + (failure instanceof page.Closed ? failure.reason : "browser"));
    element("closed-why").textContent = why;
    page.visit.refused = true;
    // Whoever only looks for help can go on: the tree needs no lock.
    if (page.steps.isOn("question")) return;
    if (page.steps.isOn("ending")) return page.tree.offer();
    if (page.steps.isOn("start")) {
      element("start-closed-why").textContent = why;
      element("start-closed").hidden = false;
      element("have-code").hidden = true;
      element("start-line").textContent = "";
    } else {
      page.steps.go("closed");
    }
  }

  let opened = false;

  /** Waits until the public files were verified; until then nothing can be typed. */
  async function whenReady() {
    if (!opened) {
      const trouble = element("start-line").textContent;
      element("wait-line").textContent = trouble || page.say("wacht.veilig");
      page.steps.go("wait");
    }
    await page.visit.ready;
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
  Object.assign(page, { safely, closed, whenReady });

  // The visit is opened after the first picture is on the screen.
  page.visit.ready = new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(page.visit.open())));
  });
  page.visit.ready.then(() => {
    opened = true;
    if (page.steps.isOn("ending")) page.tree.offer();
    element("start-line").textContent = "";
    page.visit.organisations.forEach((/** @type {any} */ { name, fetched }) => {
      const values = { naam: name, dag: fetched && page.day(fetched) };
      element("fetched").append(page.make("li", page.say(fetched ? "post.dag" : "post.nooit", values)));
    });
  }, closed);
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
