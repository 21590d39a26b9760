/** The keys, the buttons beside them, and leaving: nothing that was chosen stays behind. */
(function (desk) {
  "use strict";

  const { element, screen, steps, tree } = desk;
  const asking = element("asking-new");
  const off = element("keys-off");
  let isOff = false;
  let byPointer = false;

  function showKeys() {
    element("keys-title").focus();
    element("keys").scrollIntoView({ block: "nearest" });
  }

  function leaveKeys() {
    const question = screen.here();
    if (question) screen.show(question);
    else screen.showSummary();
  }

  /** Letters, digits and signs: those a person can switch off. */
  /** @type {Record<string, () => void>} */
  const signs = { s: screen.showSummary, n: steps.begin, "?": showKeys };
  "0123456789".split("").forEach((key) => (signs[key] = () => steps.digit(key)));

  /** @type {Record<string, () => void>} */
  const named = {
    Enter: steps.onward,
    Backspace: steps.back,
    ArrowUp: steps.back,
    ArrowDown: steps.onward,
    Delete: steps.begin,
    Escape: leaveKeys,
  };

  /** Whether the browser itself has a use for the key here. @param {any} event @param {string} key */
  function isNative(event, key) {
    const { target } = event;
    if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
    if (target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(target.type)) return true;
    if (key === "Enter") return /^(A|BUTTON|SUMMARY)$/.test(target.tagName);
    // In a group of answers the arrows choose; a summary is read by scrolling.
    if (key === "ArrowUp" || key === "ArrowDown") return target.tagName !== "H2" || !screen.here();
    return false;
  }

  /**
   * What was meant: on the numeric pad a digit, even where it stands for an arrow, and never
   * Delete, which lies beside the digits there. Capitals are the same letters.
   * @param {KeyboardEvent} event
   */
  function meant(event) {
    const pad = event.code.match(/^Numpad(.*)$/);
    if (pad) return /^[0-9]$|^Enter$/.test(pad[1]) ? pad[1] : "";
    return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  }

  document.addEventListener("keydown", (event) => {
    byPointer = false;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    // While it is asked, only the buttons and Escape answer: the key that asked says no yes.
    if (asking.open) return;
    const key = meant(event);
    const act = named[key] || (isOff ? undefined : signs[key]);
    if (!act || isNative(event, key)) return;
    event.preventDefault();
    act();
  });

  // Who chooses with a pointer goes on at once, as with a digit; arrows pass by answers.
  document.addEventListener("pointerdown", () => (byPointer = true));
  element("tree").addEventListener("change", (/** @type {any} */ event) => {
    screen.update();
    if (byPointer && event.target.type === "radio") steps.goOn();
  });

  element("onward").onclick = steps.onward;
  element("back").onclick = steps.back;
  element("new").onclick = steps.begin;
  element("new-yes").onclick = steps.clear;
  element("new-no").onclick = () => asking.close();
  off.onclick = () => {
    isOff = !isOff;
    off.setAttribute("aria-pressed", String(isOff));
    screen.announce(isOff ? "keysOff" : "keysOn");
  };

  window.addEventListener("pagehide", tree.clear);
  window.addEventListener("pageshow", (event) => {
    // Brought back from the browser's memory: begin anew, with nothing chosen.
    if (event.persisted) window.location.reload();
  });

  // A browser that cannot hide questions shows all of them: there the numbers lead, not the keys.
  if (!CSS.supports("selector(:has(*))")) return;
  document.documentElement.classList.add("js");
  tree.clear();
  screen.show(tree.questions[0]);
})(/** @type {any} */ (window).Helpdesk = /** @type {any} */ (window).Helpdesk || {});
