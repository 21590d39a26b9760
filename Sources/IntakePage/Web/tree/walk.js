/**
 * What the answers lead to. The style sheet knows it, in browsers that have `:has()`; for others
 * the program walks, and what it says is shown by a class.
 */
(function (page) {
  "use strict";

  const tree = page.element("tree");
  /** @type {HTMLElement[]} */
  const questions = Array.from(tree.querySelectorAll(".q"));
  /** @type {HTMLElement[]} */
  const endings = Array.from(tree.querySelectorAll(".end"));
  const styled = Boolean(window.CSS && CSS.supports && CSS.supports("selector(:has(*))"));
  const most = questions.length + 1;

  /** @param {HTMLElement} part @param {string} flag What the style sheet says of it. */
  function says(part, flag) {
    if (!styled) return part.classList.contains("on");
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

  /** @param {HTMLElement} question @returns {HTMLInputElement[]} */
  function chosen(question) {
    return Array.from(question.querySelectorAll("input:checked"));
  }

  /** The answers to some questions as they travel: `QUESTION=ANSWER`, a line each. */
  function lines(/** @type {HTMLElement[]} */ some) {
    return some.map((one) => chosen(one).map(({ name, value }) => name + "=" + value + "\n").join(""))
      .join("");
  }

  /** @param {Uint8Array} part */
  function words(part) {
    return page.parts.text(part).split(" ").filter(Boolean);
  }

  /** Walks on while the question that is open has an answer. */
  async function walk() {
    /** @type {HTMLElement[]} */
    const answered = [];
    for (let step = 0; step < most; step += 1) {
      const { status, parts } = await page.visit.call("intake_walk", [lines(answered)]);
      if (status) throw new page.Closed("browser");
      const open = questions.find((one) => one.dataset.q === page.parts.text(parts[0]));
      if (!open || chosen(open).length === 0) return parts;
      answered.push(open);
    }
    throw new page.Closed("browser");
  }

  /** @param {Uint8Array[]} parts What the program said. */
  function mark([open, reached, outcomes, entries]) {
    tree.querySelectorAll(".on").forEach((/** @type {Element} */ part) => part.classList.remove("on"));
    const asks = words(reached);
    questions.forEach((one) => one.classList.toggle("on", asks.includes(one.dataset.q || "")));
    const ended = words(outcomes);
    const end = endings.find((one) => one.querySelector(".o" + ended[0]));
    if (!end || open.length && end.dataset.end !== "danger") return;
    end.classList.add("on");
    const parts = ended.map((place) => ".o" + place).concat(words(entries).map((place) => ".e" + place));
    end.querySelectorAll(parts.join()).forEach((part) => {
      part.classList.add("on");
      const block = part.closest(".b");
      if (block) block.classList.add("on");
    });
    const staff = Boolean(tree.querySelector("[data-staff]:checked"));
    end.classList.toggle("staff", staff);
    end.classList.toggle("calling", staff || !end.querySelector("[data-with].on"));
  }

  /**
   * Does what comes next once it is known what the answers lead to.
   * @param {() => void} next
   */
  function settle(next) {
    if (styled) return next();
    page.whenReady().then((/** @type {boolean} */ ready) => ready && walk()).then((/** @type {any} */ parts) => {
      if (!parts) return;
      tree.classList.add("walked");
      mark(parts);
      next();
    }).catch(() => {
      // Neither can walk here: all of it is shown, as on paper.
      tree.classList.remove("walked");
      page.steps.go("paper");
    });
  }

  page.walk = { questions, asked, ending, chosen, lines, settle };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
