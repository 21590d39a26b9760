// @ts-check
/** What was answered so far, and what comes next. */
(function (page) {
  "use strict";

  /** Themes with first help of their own, shown before anything can be typed. */
  const help = {
    thuis: ["thuis"],
    seksueel: ["seksueel"],
    fysiek: ["gevaar"],
    dreigen: ["gevaar"],
    radicalisering: ["gevaar"],
  };
  /** The law forbids the school to keep quiet; those who tell it should know (facts, D4). */
  const toldAboutSecrecy = ["leerling", "ouder"];
  const withDuty = ["personeel", "bestuur"];
  /** Where this place is in the directory, it comes first for this theme. */
  const sensible = { vastgelopen: "helpdesk" };

  /**
   * @typedef {object} Journey
   * @property {boolean} followUp Whether a report went before.
   * @property {number} kind Of the message, where it has no words of its own; else 0.
   * @property {string | number} about What such a message is about.
   * @property {string} step Where it was decided to send it.
   * @property {Record<string, string>} answers
   * @property {string} organisation
   * @property {string} text Cleaned by the program.
   * @property {boolean} returning Whether the last look was reached before.
   * @property {Set<string>} seen First help and duties already read.
   */
  /** @returns {Journey} */
  function empty() {
    return {
      followUp: false, kind: 0, about: "", step: "check", answers: {}, organisation: "", text: "",
      returning: false, seen: new Set(),
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
  }

  /** @param {string} id @returns {any} */
  function organisation(id) {
    return page.visit.organisations.find((/** @type {any} */ place) => place.id === id);
  }

  /** What to show first for these answers: ids of the help blocks. */
  function firstHelp() {
    const { rol, school, thema } = page.journey.answers;
    const blocks = (help[thema] || []).slice();
    if (thema === "seksueel" && toldAboutSecrecy.includes(rol)) blocks.push("geheim");
    if (school === "bes") blocks.unshift("bes");
    return blocks;
  }

  /** All steps of this journey, in order: name, argument, and whether it was answered. */
  function way() {
    const { answers, seen, organisation: place, text, followUp } = page.journey;
    const steps = [];
    if (!followUp) {
      page.questions.forEach((/** @type {any} */ { id }, /** @type {number} */ index) => {
        steps.push({ name: "question", argument: index, done: id in answers });
      });
      const blocks = firstHelp();
      if (blocks.length) {
        steps.push({ name: "first", argument: blocks, done: seen.has("first " + blocks) });
      }
      const { rol } = answers;
      if (withDuty.includes(rol)) {
        steps.push({ name: "duty", argument: rol, done: seen.has("duty " + rol) });
      }
    }
    steps.push({ name: "whom", argument: undefined, done: place !== "" });
    steps.push({ name: "text", argument: undefined, done: text !== "" });
    steps.push({ name: "check", argument: undefined, done: false });
    return steps;
  }

  /**
   * Goes on; after the last look was reached once, only to what is not answered yet.
   * @param {string} name The step that is done.
   * @param {number} [question] Which question, where the step is one.
   */
  function next(name, question) {
    const steps = way();
    const here = steps.findIndex((step) => (
      step.name === name && (question === undefined || step.argument === question)
    ));
    const after = steps.slice(here + 1);
    const step = after.find(({ done }) => !page.journey.returning || !done);
    if (!step) return;
    if (step.name === "check" && page.journey.returning) page.steps.backTo("check");
    else page.steps.go(step.name, step.argument);
  }

  /** First help and duty of these answers were read. @param {"first" | "duty"} name */
  function read(name) {
    page.journey.seen.add(name + " " + (name === "first" ? firstHelp() : page.journey.answers.rol));
    next(name);
  }

  /** The place that seems best for these answers; another may be chosen. */
  function suggested() {
    const { organisation: chosen, answers } = page.journey;
    return organisation(chosen) || organisation(sensible[answers.thema])
      || page.visit.organisations[0];
  }

  Object.assign(page, { journey: empty(), begin, next, read, organisation, suggested });
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
