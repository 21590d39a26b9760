/** Leaving: quickly, or at the end. Nothing that was typed or read stays behind. */
(function (page) {
  "use strict";

  const { element } = page;
  const exit = element("exit");
  const dots = element("exit-dots");
  /** Shift this many times, within so many milliseconds, leaves like the button does. */
  const presses = 3;
  const pressesWithin = 5000;

  /** Takes every word out of the document; the ones in memory go with the page. */
  function forgetWords() {
    document.querySelectorAll("textarea, input").forEach((field) => {
      const input = /** @type {HTMLInputElement} */ (field);
      if (!["radio", "checkbox"].includes(input.type)) input.value = "";
      input.checked = false;
    });
    document.querySelectorAll(".private, [data-say]").forEach((place) => (place.textContent = ""));
    page.token.forget();
    page.journey.text = "";
    page.journey.sealed = null;
  }

  /** Ends the visit: what was ready to go leaves, the keys go, every word goes. */
  function wipe() {
    page.visit.end();
    forgetWords();
    page.steps.forgetWay();
  }

  function leave() {
    const place = /** @type {HTMLAnchorElement} */ (exit).href;
    wipe();
    document.body.textContent = "";
    const line = page.make("p", page.say("weg.laden"), "leaving");
    line.setAttribute("role", "alert");
    document.body.append(line);
    // The entries of the way lie behind that of the exit; opened once more, they lead back to it.
    page.steps.leave(() => window.location.replace(place));
  }

  exit.addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    leave();
  });

  // Shift counts only alone: with a key, a mouse or a finger it is how people write and select.
  let pressed = 0;
  let since = 0;
  let alone = false;

  /** @param {number} number */
  function showPresses(number) {
    pressed = number;
    dots.hidden = number === 0;
    Array.from(dots.children).forEach((dot, index) => {
      /** @type {HTMLElement} */ (dot).className = index < number ? "on" : "";
    });
    const left = presses - number;
    const text = left === 1 ? page.say("weg.nog-een") : page.say("weg.nog", { n: left });
    element("exit-spoken").textContent = number === 0 ? "" : text;
  }

  /** Anything else that happens begins the count anew. */
  function beginAnew() {
    alone = false;
    if (pressed) showPresses(0);
  }

  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone && !event.repeat) beginAnew();
  });
  ["pointerdown", "click", "input", "selectionchange", "wheel"].forEach((kind) => (
    document.addEventListener(kind, beginAnew, { passive: true })
  ));
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    if (event.timeStamp - since > pressesWithin) showPresses(0);
    if (pressed === 0) {
      since = event.timeStamp;
      setTimeout(() => showPresses(0), pressesWithin);
    }
    if (pressed + 1 === presses) leave();
    else showPresses(pressed + 1);
  });

  window.addEventListener("pagehide", wipe);
  window.addEventListener("pageshow", (event) => {
    // Brought back from the browser's memory: an empty page would only puzzle. Begin anew.
    if (event.persisted) window.location.reload();
  });
  document.addEventListener("visibilitychange", () => {
    document.documentElement.classList.toggle("covered", document.hidden);
  });

  document.querySelectorAll("[data-wipe]").forEach((button) => {
    button.addEventListener("click", () => {
      wipe();
      page.steps.go("wiped");
    });
  });
  document.querySelectorAll("[data-again]").forEach((button) => {
    button.addEventListener("click", () => window.location.reload());
  });

  page.forgetWords = forgetWords;
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
