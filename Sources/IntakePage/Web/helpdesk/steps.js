/** What a person does: choose, go on, go back, begin again. */
(function (desk) {
  "use strict";

  const { element, screen, tree } = desk;
  const asking = element("asking-new");

  /** From an answer on: to what is still open, else to the summary; to danger at once. */
  function goOn() {
    const open = tree.isDanger() ? undefined : tree.open();
    if (open) screen.show(open);
    else screen.showSummary();
  }

  /** @param {string} key A digit: that answer of the question that is read out, from 1. */
  function digit(key) {
    const question = screen.here();
    const input = question && tree.inputs(question)[Number(key) - 1];
    if (!input) return;
    if (input.type === "radio") {
      input.checked = true;
      return goOn();
    }
    input.checked = !input.checked;
    screen.update();
    screen.announce(input.checked ? "on" : "off", tree.number(input.parentElement));
  }

  function onward() {
    const question = screen.here();
    if (!question) return;
    if (tree.chosen(question).length === 0) return screen.announce("choose");
    const asked = tree.asked();
    const next = asked[asked.indexOf(question) + 1];
    if (next && !tree.isDanger()) screen.show(next);
    else goOn();
  }

  function back() {
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

  function clear() {
    tree.clear();
    if (asking.open) asking.close();
    screen.show(tree.questions[0]);
    window.scrollTo(0, 0);
    screen.announce("cleared");
  }

  /** Nothing is wiped without a question, where there is something that could be lost. */
  function begin() {
    if (tree.questions.some((/** @type {HTMLElement} */ one) => tree.chosen(one).length)) asking.showModal();
    else clear();
  }

  desk.steps = { digit, onward, back, begin, clear, goOn };
})(/** @type {any} */ (window).Helpdesk = /** @type {any} */ (window).Helpdesk || {});
