/** What became of each message and answer, in words: what happened, what comes, by when. */
(function (page) {
  "use strict";

  const { element, make, say } = page;
  const state = {
    recorded: 1, there: 2, overdue: 3, answered: 4, withheld: 5, earlier: 8, shownLess: 9, coming: 10,
  };
  const ask = 3;
  const transfer = 5;

  /** @type {any[]} What was found last. */
  let found = [];

  page.steps.register("replies", {
    enter() {
      found = page.findings;
      const answers = found.filter((one) => one.state === state.answered);
      const other = [state.coming, state.withheld].find((one) => found.some((next) => next.state === one));
      let kind = found.length ? "geen" : "niets";
      if (answers.length) kind = "een";
      element("replies-title").textContent = say(other && kind === "geen" ? "stand." + other : "antwoord." + kind);
      element("replies-lead").textContent = say("antwoord." + kind + "-uitleg");
      const list = element("replies");
      list.textContent = "";
      if (!found.length) list.append(nothing());
      element("write-back").hidden = element("wrong-place").hidden = !found.length;
      element("tell-anew").hidden = found.length > 0;
      element("asked-again").hidden = !found.length || page.tree.answers() !== "";
      page.visit.organisations.forEach((/** @type {any} */ organisation) => {
        const own = found.filter((one) => one.id === organisation.id);
        if (!own.length) return;
        const place = make("section");
        place.append(make("h2", organisation.name));
        place.append(make("p", page.collected(organisation), "hint"));
        const items = make("ol", "", "replies");
        own.forEach((one) => items.append(isAnswer(one) ? answer(one) : message(one)));
        place.append(items);
        list.append(place);
      });
      if (page.visit.logDay) list.append(make("p", say("logboek", { dag: page.day(page.visit.logDay) }), "hint"));
    },
  });

  /** What may have happened where nothing lies behind a code. */
  function nothing() {
    const list = make("ul", "", "plain");
    const end = element("look-back").hidden ? "eind" : "meer";
    ["vandaag", "nooit", "ander", end].forEach((kind) => list.append(make("li", say("antwoord.niets-" + kind))));
    return list;
  }

  /** @param {any} one */
  function isAnswer(one) {
    return one.state > state.overdue && one.state !== state.shownLess;
  }

  /** @param {any} one @param {number} kind The kinds of findings that may come after it. */
  function comesAfter(one, kind) {
    return found.some((next) => (
      next.index > one.index && isAnswer(next) === (kind === state.answered)
      && (next.id === one.id || (one.state === state.overdue && next.id === one.other))
    ));
  }

  /**
   * @param {string} kind Of the entry.
   * @param {string} from
   * @param {string} heading
   * @param {(string | Node)[]} lines
   */
  function entry(kind, from, heading, lines) {
    const item = make("li", "", kind);
    item.append(make("p", from, "from"));
    if (heading) item.append(make("p", heading, "stand"));
    lines.filter(Boolean).forEach((line) => {
      item.append(typeof line === "string" ? make("p", line) : line);
    });
    return item;
  }

  /** @param {string} text @param {() => void} action @param {string} about For who hears it alone. */
  function button(text, action, about) {
    const made = /** @type {HTMLButtonElement} */ (make("button", text, "button"));
    made.type = "button";
    made.onclick = action;
    made.setAttribute("aria-label", text + ": " + about);
    const line = make("p", "", "buttons");
    line.append(made);
    return line;
  }

  /** @param {any} one A message of the reporter. */
  function message(one) {
    const values = {
      dag: page.day(one.day), ander: nameOf(one.other),
      uiterlijk: one.until && page.day(one.until),
    };
    const lines = [say("stand." + one.state + ".nu")];
    if (one.state === state.recorded) {
      lines.push(say(one.other ? "stand.1.straks" : "stand.1.ooit", values));
    }
    if (one.state === state.there && !comesAfter(one, state.answered)) {
      lines.push(say("stand.2.straks"));
    }
    const from = say("stand.jij", values);
    if (one.state === state.shownLess) lines.push(...tellThem());
    if (one.state === state.overdue) {
      if (comesAfter(one, state.overdue)) lines.push(say("stand.3.al", values));
      lines.push(say("stand.3.straks", values));
      lines.push(button(say("doorgeven.knop"), () => page.steps.go("pass", one), from));
    }
    return entry("own s" + one.state, from, say("stand." + one.state), lines);
  }

  /** Whom to call about a site that keeps something back. */
  function tellThem() {
    const link = /** @type {HTMLAnchorElement} */ (make("a", say("stand.5.bel"), "call"));
    link.href = "tel:" + link.textContent.replace(/[^+\d]/g, "");
    return [say("stand.5.straks"), link];
  }

  /** @param {any} one An answer; its words are only ever text. */
  function answer(one) {
    const values = { naam: one.name, dag: page.day(one.day), ander: nameOf(one.other), id: one.other };
    const from = say("antwoord.van", values);
    if (one.state !== state.answered) {
      const lines = [say("stand." + one.state + ".nu")];
      if (one.state === state.withheld) lines.push(...tellThem());
      return entry("reply s" + one.state, from, say("stand." + one.state), lines);
    }
    const lines = [];
    if (page.has("antwoord.soort." + one.kind)) lines.push(say("antwoord.soort." + one.kind));
    if (one.words) {
      const text = make("p", one.words, "words");
      text.dir = "auto";
      lines.push(text);
    }
    if (one.kind === transfer) lines.push(...question(one, values, from));
    lines.push(make("p", say("antwoord.tot", { dag: page.day(one.until) }), "hint"));
    const done = one.kind === ask && comesAfter(one, state.overdue);
    return entry("reply", from, done ? say("antwoord.beantwoord") : "", lines);
  }

  /** May they transfer it? @param {any} one @param {any} values @param {string} from */
  function question(one, values, from) {
    if (!values.ander || one.other === one.id) return [say("overdragen.onbekend", values)];
    const lines = [make("p", say("overdragen.vraag", values), "stand")];
    if (comesAfter(one, state.overdue)) lines.push(say("overdragen.al", values));
    lines.push(button(say("overdragen.knop"), () => page.steps.go("transfer", one), from));
    return lines;
  }

  /** @param {string} id @returns {string} The name people read; empty for a stranger. */
  function nameOf(id) {
    const place = page.organisation(id);
    return place ? place.name : "";
  }

  /**
   * What a place wrote last, above the field where it is answered.
   * @param {string} id The organisation; empty where a report begins.
   */
  function showAsked(id) {
    const last = found.find((one) => one.id === id && one.state === state.answered && one.words);
    element("asked").hidden = !last;
    element("asked-from").textContent = last ? say("antwoord.van", { naam: last.name, dag: page.day(last.day) }) : "";
    element("asked-words").textContent = last ? last.words : "";
  }

  // Whoever came to the wrong place is not sent away: the tree looks for one that fits. What was
  // answered in this visit is not asked again.
  element("wrong-place").onclick = () => {
    page.begin(false);
    page.tree.preset("input[data-stuck],[data-wrong]");
    page.journey.skipped = page.walk.questions.map((/** @type {HTMLElement} */ one) => one.dataset.q);
    page.tree.onward(undefined);
  };

  element("write-back").onclick = () => {
    const places = Array.from(new Set(found.map(({ id }) => id)));
    page.begin(true);
    page.journey.organisation = places.length === 1 ? places[0] : "";
    page.steps.go(places.length === 1 ? "text" : "whom");
  };

  Object.assign(page, { nameOf, showAsked });
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
