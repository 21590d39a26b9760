/**
 * One step on the screen at a time. Each has an entry in the tab's history, so that the browser's
 * own Back and Forward go a step back and on. An entry holds its place in the way and nothing
 * else; address and title are the same in all.
 */
(function (page) {
  "use strict";

  /**
   * @typedef {object} Step
   * @property {(argument: any) => void} [enter] Fills the step before it is shown.
   * @property {(argument: any) => string} [count] "Vraag 1".
   * @property {string} [section] The section it stands in, where that is not named like the step.
   * @property {() => HTMLElement | undefined} [heading] What the step is about, where that is not
   *   the first heading of its section.
   * @property {(argument: any) => boolean} [fits] Whether what was told since still leads here.
   * @property {() => boolean} [leave] Whether Back may leave it now; it is being left.
   */
  /** @type {Record<string, Step>} */
  const steps = {};
  /** Steps that pass: what comes next takes their place, and nobody comes back to them. */
  const passing = ["wait", "clock", "sending"];
  /** Steps without a button that goes back. */
  const final = ["start", "wait", "sending", "sent", "wiped"];
  /** Entries at most: browsers keep fifty, and the first must stay. */
  const most = 40;
  /** Milliseconds after which a browser that did not move is not waited for. */
  const patience = 1000;

  /** @returns {{name: string, argument: any}[]} */
  const beginning = () => [{ name: "start", argument: undefined }];
  /** The way here; and on again, for who went back. */
  let way = beginning();
  /** Where in it the browser is. */
  let place = 0;
  /** @type {(() => void) | null} What is done once the browser is where it was sent. */
  let moved = null;
  let trips = 0;

  /** @param {string} name @param {Step} step */
  function register(name, step) {
    steps[name] = step;
  }

  /**
   * Sends the browser to another entry.
   * @param {number} from @param {number} to @param {() => void} then
   */
  function travel(from, to, then) {
    if (from === to) return then();
    const mine = trips += 1;
    moved = then;
    history.go(to - from);
    setTimeout(() => {
      if (moved && trips === mine) arrive(to);
    }, patience);
  }

  /** @param {number} to Where the browser is now: where it was sent, or where somebody goes. */
  function arrive(to) {
    const then = moved;
    moved = null;
    if (!then && to !== place && !opens(to)) return travel(to, place, () => {});
    if (!then && to === place) return;
    place = to;
    (then || draw)();
  }
  window.addEventListener("popstate", ({ state }) => arrive(state || 0));

  /** @param {number} to Whether Back or Forward may go there. */
  function opens(to) {
    const { leave } = steps[here().name] || {};
    const there = way[to];
    if (!there || passing.includes(there.name) || leave && !leave()) return false;
    const { fits } = steps[there.name] || {};
    return !fits || fits(there.argument);
  }

  /** The step on the screen. */
  function here() {
    return way[place] || way[0];
  }

  /**
   * Goes on to a step.
   * @param {string} name
   * @param {any} [argument]
   */
  function go(name, argument) {
    if (moved) {
      const before = moved;
      moved = () => (before(), go(name, argument));
      return;
    }
    // What was forgotten is left behind first: the beginning alone stays before what comes.
    if (place >= way.length) return travel(place, 0, () => go(name, argument));
    const instead = passing.includes(here().name) || name === "wiped" || place === most;
    if (!instead) history.pushState(place += 1, "");
    way.length = place;
    show(name, argument);
  }

  function back() {
    if (place) history.back();
    else show("start");
  }

  /**
   * Goes back as far as the step named; to it as a new one where the way did not lead over it.
   * @param {string} name
   */
  function backTo(name) {
    const last = way.slice(0, place + 1).map((step) => step.name).lastIndexOf(name);
    if (last < 0) return go(name);
    travel(place, last, draw);
  }

  /** Shows a step instead of the one on the screen. @param {string} name @param {any} [argument] */
  function show(name, argument) {
    way[place] = { name, argument };
    draw();
  }

  function draw() {
    const { name, argument } = here();
    const step = steps[name] || {};
    clearMend();
    if (step.enter) step.enter(argument);
    document.querySelectorAll(".step").forEach((section) => {
      /** @type {HTMLElement} */ (section).hidden = section.id !== "step-" + (step.section || name);
    });
    const count = step.count ? step.count(argument) : "";
    page.element("count").textContent = count;
    page.element("back").hidden = place === 0 || final.includes(name);
    page.element("way").hidden = page.element("back").hidden && !count;
    page.element("main").classList.remove("still");
    window.scrollTo(0, 0);
    refocus();
  }

  /** The focus goes to what the step is about. */
  function refocus() {
    const { name } = here();
    const step = steps[name] || {};
    const heading = step.heading && step.heading()
      || page.element("step-" + (step.section || name)).querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  /** Ends the way so far: what comes next has no way back to it. */
  function forgetWay() {
    way = beginning();
  }

  /**
   * Says at a field what is still to do; the field has the focus, so it is said once.
   * @param {string} message
   * @param {HTMLInputElement} field
   * @param {HTMLElement} words The paragraph at the field.
   */
  function mend(message, field, words) {
    clearMend();
    words.textContent = message;
    words.id = words.id || "mend-" + field.name;
    field.setAttribute("aria-invalid", "true");
    if (!field.hasAttribute("aria-describedby")) field.setAttribute("aria-describedby", words.id);
    (field.closest("fieldset") || words).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  }

  function clearMend() {
    document.querySelectorAll(".fielderror").forEach((words) => (words.textContent = ""));
    document.querySelectorAll("[aria-invalid]").forEach((field) => {
      field.removeAttribute("aria-invalid");
    });
  }

  page.steps = {
    register, go, back, backTo, show, here, forgetWay, refocus, mend, clearMend,
    /** @param {string} name Whether this step is on the screen. */
    isOn: (name) => here().name === name,
    /** @param {() => void} then Where the browser is back at the first entry. */
    leave: (then) => travel(place, 0, then),
  };

  // A page that is loaded in a later entry (again, or by Forward after the exit) begins at the first.
  travel(history.state || 0, 0, () => {});
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
