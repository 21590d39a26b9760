/** What was told so far, and what comes next. */
(function (page) {
  "use strict";

  /**
   * @typedef {object} Journey
   * @property {boolean} followUp Whether a report went before.
   * @property {number} kind Of the message, where it has no words of its own; else 0.
   * @property {string | number} about What such a message is about.
   * @property {string} step Where it was decided to send it.
   * @property {string} organisation
   * @property {string} text Cleaned by the program.
   * @property {boolean} returning Whether the last look was reached before.
   * @property {{what: string, body: Uint8Array} | null} sealed What may be on its way.
   * @property {boolean} codeless Whether it is sent without keeping the code.
   * @property {string[]} skipped Questions that were answered without being asked.
   */
  /** @returns {Journey} */
  function empty() {
    return {
      followUp: false, kind: 0, about: "", step: "check", organisation: "", text: "",
      returning: false, sealed: null, codeless: false, skipped: [],
    };
  }

  /**
   * Begins anew, unless this very journey is under way: whoever goes back to the first step and
   * on again has lost nothing.
   * @param {boolean} followUp
   */
  function begin(followUp) {
    if (!followUp && !page.journey.followUp) return;
    page.journey = Object.assign(empty(), { followUp });
    page.element("story").value = "";
    page.element("last-line").value = "";
    page.address(false);
    if (!followUp) page.tree.clear();
  }

  /** @param {string} id @returns {any} */
  function organisation(id) {
    return page.visit.organisations.find((/** @type {any} */ place) => place.id === id);
  }

  /** What the program says of a signature that the log knows and the server does not show. */
  const less = 2;

  /** When post was fetched last, as far as it is shown. @param {any} place */
  function collected({ fetched, shown }) {
    if (fetched) return page.say("plek.opgehaald", { dag: page.day(fetched) });
    return page.say(shown === less ? "plek.minder" : "plek.nog-niet");
  }

  /**
   * Goes on; after the last look was reached once, back to it.
   * @param {"whom" | "text"} name The step that is done.
   */
  function next(name) {
    if (page.journey.returning) page.steps.backTo("check");
    else page.steps.go(name === "whom" && page.journey.text === "" ? "text" : "check");
  }

  /** "Stap 1 van 4". @param {number} [n] Which one; without a number the last. */
  function stepCount(n) {
    const { kind, followUp } = page.journey;
    const most = followUp ? 3 : 4;
    return kind ? "" : page.say("stap", { nr: n || most, van: most });
  }

  Object.assign(page, { journey: empty(), begin, next, stepCount, organisation, collected });
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
