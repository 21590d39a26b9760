/** What stands in front: the question that is read out, or the summary. */
(function (desk) {
  "use strict";

  const { element, tree } = desk;
  const place = element("tree");
  const status = element("status");

  /** @type {HTMLElement | undefined} The question that is read out; none at the summary. */
  let here;

  // A question takes the focus from a key or a pointer; Tab goes past it to its answers.
  tree.questions.forEach((/** @type {HTMLElement} */ one) => {
    /** @type {HTMLElement} */ (one.querySelector("h2")).tabIndex = -1;
  });

  /** @param {string} name @param {string} [number] */
  function announce(name, number = "") {
    status.textContent = name ? status.dataset[name].replace("{n}", number) : "";
    // What stands in large letters anyway is only said.
    status.classList.toggle("spoken", name === "ready" || name === "danger");
  }

  /** Puts classes right after any change. */
  function update() {
    tree.questions.forEach((/** @type {HTMLElement} */ one) => {
      const done = tree.chosen(one).length > 0;
      one.classList.toggle("now", one === here);
      one.classList.toggle("done", one !== here && done);
      one.classList.toggle("later", one !== here && !done);
    });
    const end = tree.ending();
    place.classList.toggle("ended", Boolean(end));
    place.classList.toggle("in-danger", tree.isDanger());
    place.classList.toggle("at-summary", !here);
    element("not-yet").hidden = Boolean(end);
  }

  /** @param {HTMLElement} question */
  function show(question) {
    here = question;
    update();
    announce("");
    const title = /** @type {HTMLElement} */ (question.querySelector("h2"));
    title.focus({ preventScroll: true });
    const isTall = question.offsetHeight > window.innerHeight - 120;
    question.scrollIntoView({ block: isTall ? "start" : "nearest" });
  }

  function showSummary() {
    const end = tree.ending();
    if (!end) {
      const open = tree.open();
      if (open) announce("open", tree.number(open));
      return;
    }
    here = undefined;
    update();
    const danger = tree.isDanger();
    const titles = Array.from(end.querySelectorAll("h2"));
    const title = danger ? titles.find((one) => one.offsetParent) : element("summary-title");
    title.tabIndex = -1;
    title.focus();
    title.scrollIntoView({ block: "start" });
    announce(danger ? "danger" : "ready");
  }

  /** The question that has the focus is the one that is read out. */
  place.addEventListener("focusin", (/** @type {any} */ event) => {
    const question = event.target.closest(".q");
    if (!question || question === here) return;
    here = question;
    update();
    announce("");
  });

  desk.screen = { announce, update, show, showSummary, here: () => here };
})(/** @type {any} */ (window).Helpdesk = /** @type {any} */ (window).Helpdesk || {});
