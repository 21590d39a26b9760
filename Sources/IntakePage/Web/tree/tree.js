/** The decision tree, one question a screen, and what is shown in the end. */
(function (page) {
  "use strict";

  const { element } = page;
  const { questions, asked, ending, chosen } = page.walk;
  const tree = element("tree");
  const stuck = tree.querySelector("input[data-stuck]");

  /** @param {string} id @returns {any} */
  function question(id) {
    return questions.find((/** @type {HTMLElement} */ one) => one.dataset.q === id);
  }

  /**
   * Goes on from a question: to the next one that is asked, else to the end.
   * @param {HTMLElement | undefined} from
   */
  function onward(from) {
    page.walk.settle(() => goOn(from));
  }

  /** @param {HTMLElement | undefined} from */
  function goOn(from) {
    const end = ending();
    const all = asked();
    const after = from ? all.slice(all.indexOf(from) + 1) : all;
    const { returning, skipped } = page.journey;
    const next = after.find((/** @type {any} */ one) => (
      chosen(one).length === 0 || !returning && !skipped.includes(one.dataset.q)
    ));
    if (next && !(end && end.dataset.end === "danger")) page.steps.go("question", next.dataset.q);
    else page.steps.go("ending");
  }

  /**
   * Answers questions without asking them.
   * @param {string} which Answers, by the marks that the server gave them.
   */
  function preset(which) {
    const inputs = Array.from(tree.querySelectorAll(which));
    page.journey.skipped = inputs.map((/** @type {HTMLInputElement} */ input) => {
      input.checked = true;
      return input.name;
    });
  }

  function clear() {
    tree.querySelectorAll("input").forEach((/** @type {HTMLInputElement} */ input) => {
      input.checked = false;
    });
    page.journey.skipped = [];
  }

  /** @param {"asking" | "ending" | ""} state @param {HTMLElement} [now] The question on the screen. */
  function show(state, now) {
    tree.classList.toggle("asking", state === "asking");
    tree.classList.toggle("ending", state === "ending");
    questions.forEach((/** @type {HTMLElement} */ one) => one.classList.toggle("now", one === now));
  }

  // MARK: a question

  /** @type {any} */
  let here;
  page.steps.register("question", {
    section: "tree",
    enter(/** @type {string} */ id) {
      here = question(id);
      show("asking", here);
    },
    heading: () => here.querySelector("h2"),
    fits: (/** @type {string} */ id) => asked().includes(question(id)),
    count: () => page.say("telling", { n: asked().indexOf(here) + 1 }),
  });
  tree.addEventListener("change", page.steps.clearMend);
  tree.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || /** @type {any} */ (event.target).tagName !== "INPUT") return;
    event.preventDefault();
    element("tree-next").click();
  });
  element("tree-next").onclick = () => {
    if (chosen(here).length) return onward(here);
    const { type } = here.querySelector("input");
    const words = page.say(type === "checkbox" ? "kies-meer" : "kies");
    page.steps.mend(words, here.querySelector("input"), here.querySelector(".fielderror"));
  };

  page.steps.register("paper", {
    section: "tree",
    enter() {
      show("");
      offer();
    },
  });

  // MARK: the end

  page.steps.register("ending", {
    section: "tree",
    fits: () => Boolean(ending()),
    enter() {
      show("ending");
      tree.querySelectorAll("button[data-stuck]").forEach((/** @type {any} */ button) => {
        button.hidden = Boolean(stuck && stuck.checked);
      });
      offer();
    },
    heading: () => {
      const end = ending();
      return end && Array.from(end.querySelectorAll("h2")).find((title) => title.offsetParent);
    },
  });

  /** Telling it here is offered only by places that have keys in the verified directory. */
  function offer() {
    tree.querySelectorAll("[data-tell]").forEach((/** @type {any} */ button) => {
      const open = page.visit.organisations.length === 0 ? !page.visit.refused
        : Boolean(page.organisation(button.dataset.tell));
      button.hidden = !open;
      const closed = button.closest("[data-with]");
      if (closed) closed.classList.toggle("off", !open);
    });
  }

  tree.querySelectorAll("[data-tell]").forEach((/** @type {any} */ button) => {
    button.onclick = () => page.safely(async () => {
      if (!await page.whenReady()) return;
      if (!page.organisation(button.dataset.tell)) return page.steps.show("ending");
      page.journey.organisation = button.dataset.tell;
      page.steps.go(page.journey.returning ? "check" : "text");
    });
  });
  tree.querySelectorAll("[data-go-on]").forEach((/** @type {any} */ button) => {
    button.onclick = () => {
      // Whoever goes on although it may be danger is asked the rest, and keeps the numbers.
      const dangers = asked().filter((/** @type {any} */ one) => one.querySelector("input[data-danger]:checked"));
      dangers.forEach((/** @type {any} */ one) => {
        one.querySelector("[data-unsaid]").checked = true;
      });
      onward(dangers[0]);
    };
  });
  tree.querySelectorAll("button[data-stuck]").forEach((/** @type {any} */ button) => {
    button.onclick = () => {
      preset("input[data-stuck]");
      // What was answered on the way here is not asked again.
      page.journey.skipped = questions.map((/** @type {HTMLElement} */ one) => one.dataset.q);
      onward(undefined);
    };
  });
  tree.querySelectorAll("[data-restart]").forEach((/** @type {any} */ button) => {
    button.onclick = () => {
      clear();
      onward(undefined);
    };
  });

  // MARK: what others ask

  /** The answers as they travel. */
  function answers() {
    return page.walk.lines(asked());
  }

  /** Question and answers in words, with the question's id. */
  function words() {
    return asked().filter((/** @type {any} */ one) => chosen(one).length).map((/** @type {any} */ one) => ({
      id: one.dataset.q,
      title: one.querySelector("h2").textContent,
      answer: chosen(one).map((/** @type {any} */ input) => input.nextElementSibling.textContent)
        .join(" · "),
    }));
  }

  /** Whether the answers are of somebody to whom one says "u": a parent, or staff. */
  function isPolite() {
    return Boolean(tree.querySelector("[data-polite]:checked"));
  }

  /** @returns {string[]} The places that the end offers to tell it to; of its ladder the one chosen. */
  function places() {
    const end = ending();
    const buttons = end ? Array.from(end.querySelectorAll("[data-tell]")) : [];
    return buttons.filter((/** @type {any} */ button) => (
      getComputedStyle(button.closest(".e")).display !== "none"
      && (!button.closest(".ladder") || button.dataset.tell === page.journey.organisation)
    )).map((/** @type {any} */ button) => button.dataset.tell);
  }

  page.tree = { onward, preset, clear, answers, words, places, isPolite, offer };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
