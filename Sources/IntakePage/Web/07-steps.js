// @ts-check
/** One step on the screen at a time. Address and history stay as they are. */
(function (page) {
  "use strict";

  /**
   * @typedef {object} Step
   * @property {(argument: any) => void} [enter] Fills the step before it is shown.
   * @property {(argument: any) => Record<string, any>} [title] Values for the title's text.
   * @property {(argument: any) => string} [count] "Vraag 1".
   * @property {string} [section] The section it stands in, where that is not named like the step.
   * @property {() => HTMLElement | undefined} [heading] What the step is about, where that is not
   *   the first heading of its section.
   */
  /** @type {Record<string, Step>} */
  const steps = {};
  /** Steps that nobody goes back to. */
  const passing = ["wait", "clock", "sending", "sent", "closed", "wiped"];
  /** Steps that nobody goes back from. */
  const final = ["start", "wait", "sending", "sent", "wiped"];

  /** @type {{name: string, argument: any}[]} The way here. */
  let trail = [];
  let current = { name: "start", argument: /** @type {any} */ (undefined) };

  /** @param {string} name @param {Step} step */
  function register(name, step) {
    steps[name] = step;
  }

  /**
   * Goes on to a step.
   * @param {string} name
   * @param {any} [argument]
   */
  function go(name, argument) {
    if (!passing.includes(current.name)) trail.push(current);
    show(name, argument);
  }

  function back() {
    const last = trail.pop() || { name: "start", argument: undefined };
    show(last.name, last.argument);
  }

  /**
   * Goes back as far as the step named; to it as a new one where the way did not lead over it.
   * @param {string} name
   */
  function backTo(name) {
    const last = trail.map((step) => step.name).lastIndexOf(name);
    if (last < 0) return go(name);
    trail.length = last + 1;
    back();
  }

  /** @param {string} name @param {any} argument */
  function show(name, argument) {
    current = { name, argument };
    const step = steps[name] || {};
    clearMend();
    if (step.enter) step.enter(argument);
    document.querySelectorAll(".step").forEach((section) => {
      /** @type {HTMLElement} */ (section).hidden = section.id !== "step-" + (step.section || name);
    });
    document.title = title();
    page.element("count").textContent = step.count ? step.count(argument) : "";
    page.element("way").hidden = trail.length === 0 || final.includes(name);
    page.element("main").classList.remove("still");
    window.scrollTo(0, 0);
    refocus();
  }

  /** The focus goes to what the step is about. */
  function refocus() {
    const step = steps[current.name] || {};
    const heading = step.heading && step.heading()
      || page.element("step-" + (step.section || current.name)).querySelector("h1");
    heading.focus({ preventScroll: true });
  }

  function title() {
    const step = steps[current.name] || {};
    return page.say("titel." + current.name, step.title ? step.title(current.argument) : {});
  }

  /** Ends the way so far: what comes next has no way back to it. */
  function forgetWay() {
    trail = [];
  }

  /**
   * Says what is still to do, first on the page, and at the field.
   * @param {string} message
   * @param {HTMLElement} field
   * @param {HTMLElement} place The paragraph at the field.
   */
  function mend(message, field, place) {
    clearMend();
    place.textContent = message;
    field.setAttribute("aria-invalid", "true");
    const link = page.element("mend-link");
    link.textContent = message;
    link.onclick = (/** @type {Event} */ event) => {
      event.preventDefault();
      (field.closest("fieldset") || place).scrollIntoView({ block: "start" });
      field.focus({ preventScroll: true });
    };
    document.title = page.say("titel.mend", { titel: title() });
    page.element("mend").hidden = false;
    page.element("mend").focus();
    window.scrollTo(0, 0);
  }

  function clearMend() {
    page.element("mend").hidden = true;
    page.element("mend-link").textContent = "";
    document.querySelectorAll(".fielderror").forEach((place) => (place.textContent = ""));
    document.querySelectorAll("[aria-invalid]").forEach((field) => {
      field.removeAttribute("aria-invalid");
    });
  }

  page.steps = {
    register, go, back, backTo, show, forgetWay, refocus, mend, clearMend,
    /** @param {string} name Whether this step is on the screen. */
    isOn: (name) => current.name === name,
  };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
