/**
 * The decision tree as the style sheet walks it: what the answers lead to is what the browser
 * shows, with these scripts or without. Here is only asked what that came to.
 */
(function (desk) {
  "use strict";

  /** @param {string} id @returns {any} */
  const element = (id) => document.getElementById(id);
  const tree = element("tree");
  /** @type {HTMLElement[]} */
  const questions = Array.from(tree.querySelectorAll(".q"));
  /** @type {HTMLElement[]} */
  const endings = Array.from(tree.querySelectorAll(".end"));

  /** @param {HTMLElement} part @param {string} flag What the style sheet says of it. */
  function says(part, flag) {
    return getComputedStyle(part).getPropertyValue("--" + flag).trim() === "1";
  }

  /** @returns {HTMLElement[]} The questions that the answers so far lead to, in order. */
  function asked() {
    return questions.filter((question) => says(question, "asked"));
  }

  /** @returns {HTMLElement | undefined} The ending that the answers lead to. */
  function ending() {
    return endings.find((end) => says(end, "ended"));
  }

  function isDanger() {
    const end = ending();
    return Boolean(end) && /** @type {HTMLElement} */ (end).dataset.end === "danger";
  }

  /** @param {HTMLElement} question @returns {HTMLInputElement[]} */
  function inputs(question) {
    return Array.from(question.querySelectorAll("input"));
  }

  /** @param {HTMLElement} question @returns {HTMLInputElement[]} */
  function chosen(question) {
    return inputs(question).filter((input) => input.checked);
  }

  /** @param {Element} part @returns {string} The number that stands in it. */
  function number(part) {
    return /** @type {HTMLElement} */ (part.querySelector(".nr")).textContent || "";
  }

  /** @returns {HTMLElement | undefined} The first question asked without an answer. */
  function open() {
    return asked().find((question) => chosen(question).length === 0);
  }

  function clear() {
    questions.forEach((question) => inputs(question).forEach((input) => (input.checked = false)));
  }

  desk.element = element;
  desk.tree = { questions, asked, ending, isDanger, inputs, chosen, number, open, clear };
})(/** @type {any} */ (window).Helpdesk = /** @type {any} */ (window).Helpdesk || {});
