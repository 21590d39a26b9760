// @ts-check
/** What a person does: choose, go on, go back, begin again. */
(function (desk) {
  "use strict";

  const { element, screen, tree } = desk;
  const asking = element("asking-new");
  /** The first of two digits, while the second is waited for, and the question it is for. */
  let typed = "";
  /** @type {HTMLElement | undefined} */
  let typedAt;

  /** From an answer on: to what is still open, else to the summary; to danger at once. */
  function goOn() {
    const open = tree.isDanger() ? undefined : tree.open();
    if (open) screen.show(open);
    else screen.showSummary();
  }

  /** @param {number} number The answer of the question that is read out, from 1. */
  function choose(number) {
    typed = "";
    const question = screen.here();
    const input = tree.inputs(question)[number - 1];
    if (input.type === "radio") {
      input.checked = true;
      return goOn();
    }
    input.checked = !input.checked;
    screen.update();
    screen.announce(input.checked ? "on" : "off", tree.number(input.parentElement));
  }

  /** @param {string} key One digit; where 10 and more can be meant, the next one is waited for. */
  function digit(key) {
    const question = screen.here();
    if (!question) return;
    if (typedAt !== question) typed = "";
    const count = tree.inputs(question).length;
    const number = Number(typed + key);
    if (number < 1 || number > count) return cancel();
    if (typed || number * 10 > count) return choose(number);
    typed = key;
    typedAt = question;
    screen.announce("digit", tree.number(question) + "." + key);
  }

  /** @returns {boolean} Whether a digit was waiting. */
  function cancel() {
    const waited = typed !== "";
    typed = "";
    if (waited) screen.announce("");
    return waited;
  }

  function onward() {
    const question = screen.here();
    if (!question) return;
    if (typed && typedAt === question) return choose(Number(typed));
    if (tree.chosen(question).length === 0) return screen.announce("choose");
    const asked = tree.asked();
    const next = asked[asked.indexOf(question) + 1];
    if (next && !tree.isDanger()) screen.show(next);
    else goOn();
  }

  function back() {
    if (cancel()) return;
    const asked = tree.asked();
    const question = screen.here();
    const dangers = asked.filter((/** @type {HTMLElement} */ one) => (
      one.querySelector("input[data-danger]:checked")
    ));
    if (question) {
      const before = asked[asked.indexOf(question) - 1];
      if (before) screen.show(before);
    } else {
      screen.show(dangers[0] || asked[asked.length - 1]);
    }
  }

  function forget() {
    typed = "";
    tree.clear();
  }

  function clear() {
    forget();
    if (asking.open) asking.close();
    screen.show(tree.questions[0]);
    window.scrollTo(0, 0);
    screen.announce("cleared");
  }

  /** Nothing is wiped without a question, where there is something that could be lost. */
  function begin() {
    cancel();
    if (tree.questions.some((/** @type {HTMLElement} */ one) => tree.chosen(one).length)) asking.showModal();
    else clear();
  }

  desk.steps = { digit, onward, back, begin, clear, forget, cancel, goOn };
})(/** @type {any} */ (window).Helpdesk = /** @type {any} */ (window).Helpdesk || {});
