/** Telling it: who may read it, the text, a last look, the code. */
(function (page) {
  "use strict";

  /** Most bytes of a text to the desk (protocol, section 6, field 10). */
  const mostBytes = 10000;
  /** From here on the page says how much room is left. */
  const nearlyFull = 8500;
  /** What the program says of a text with a code in it. */
  const holdsCode = 3;
  const element = page.element;

  // MARK: who may read it

  page.steps.register("whom", {
    enter() {
      const kind = page.journey.followUp ? "-vervolg" : "";
      element("whom-title").textContent = page.say("wie.titel" + kind);
      element("whom-hint").textContent = page.say("wie.hint" + kind);
      const offered = page.tree.places();
      const places = page.visit.organisations.filter((/** @type {any} */ { id }) => (
        page.journey.followUp || offered.includes(id)
      ));
      const choices = places.map((/** @type {any} */ place) => {
        const { id, name } = place;
        const what = page.has("plek." + id) ? [page.say("plek." + id)] : [];
        return { id, title: name, lines: what.concat(page.collected(place)) };
      });
      page.choices.fill(element("whom-choices"), "plek", choices, page.journey.organisation);
    },
  });
  element("whom-next").onclick = () => {
    const place = page.choices.chosen(element("whom-choices"));
    if (!place) {
      const choices = element("whom-choices");
      page.steps.mend(page.say("kies"), choices.querySelector("input"), element("whom-error"));
      return;
    }
    page.journey.organisation = place;
    page.next("whom");
  };

  // MARK: the text

  const story = element("story");
  page.steps.register("text", {
    count: () => page.stepCount(1),
    enter() {
      const { followUp } = page.journey;
      page.address(!followUp && page.tree.isPolite());
      element("story-label").textContent = page.say("schrijf.titel" + (followUp ? "-vervolg" : ""));
      element("story-tips").hidden = followUp;
      page.showAsked(followUp ? page.journey.organisation : "");
      element("text-closed").hidden = !page.visit.textClosed;
      // The work of the stamp runs while they write.
      page.work.begin(page.journey.organisation).catch(page.closed);
      count();
    },
  });

  /** @param {string} text @returns {string[]} What people see as one sign each. */
  function signs(text) {
    const { Segmenter } = /** @type {any} */ (Intl);
    if (!Segmenter) return Array.from(text);
    return Array.from(new Segmenter().segment(text), (/** @type {any} */ one) => one.segment);
  }

  /**
   * The limit is one of bytes, of which a letter has one to four and a pictogram more.
   * @param {string} text
   * @returns {number} Signs like those so far that fit in still; below 0, of those at the end that
   *   do not.
   */
  function room(text) {
    const all = signs(text);
    let left = mostBytes - page.parts.size(text);
    let over = 0;
    for (; left < 0; over += 1) left += page.parts.size(all[all.length - 1 - over]);
    return over ? -over : Math.floor(left * all.length / (mostBytes - left));
  }

  /** Room left, said only when it becomes little, in round numbers. */
  function count() {
    let line = "";
    if (page.parts.size(story.value) > nearlyFull) {
      const left = room(story.value);
      if (left < 0) line = tooLong(-left);
      else line = left ? page.say("schrijf.over", { n: round(left, Math.floor) }) : page.say("schrijf.vol");
    }
    const place = element("story-left");
    if (place.textContent !== line) place.textContent = line;
  }

  /** @param {number} over Signs. */
  function tooLong(over) {
    return page.say("schrijf.te-lang", { n: round(over, Math.ceil) });
  }

  /** @param {number} signs @param {(number: number) => number} whole Few are told exactly. */
  function round(signs, whole) {
    return signs > 100 ? whole(signs / 50) * 50 : signs;
  }

  story.addEventListener("input", () => {
    count();
    if (story.hasAttribute("aria-invalid")) page.steps.clearMend();
  });
  element("text-next").onclick = () => page.safely(async () => {
    const { status, parts } = await page.visit.call("intake_check_text", [story.value]);
    if (status) return refuseText(status);
    // A code in letters that only look like its own would be one to whoever types it over.
    const plain = page.token.plain(story.value).replace(/[^\0-\x7f]+/g, " ");
    if ((await page.visit.call("intake_check_text", [plain])).status === holdsCode) return refuseText(holdsCode);
    page.journey.text = page.parts.text(parts[2]);
    page.next("text");
  });

  /** @param {number} status */
  function refuseText(status) {
    let message = page.say("schrijf.leeg");
    if (status === 2) message = tooLong(Math.max(1, -room(story.value)));
    if (status === holdsCode) message = page.say("schrijf.code");
    page.steps.mend(message, story, element("story-error"));
  }

  // MARK: the last look

  /**
   * @param {string} title
   * @param {string} words
   * @param {() => void} [change]
   */
  function line(title, words, change) {
    const row = page.make("div");
    row.append(page.make("dt", title));
    if (change) {
      const button = /** @type {HTMLButtonElement} */ (page.make("button", page.say("kijk.verander"), "link"));
      button.type = "button";
      button.setAttribute("aria-label", page.say("kijk.verander") + ": " + title);
      button.onclick = change;
      const cell = page.make("dd", "", "change");
      cell.append(button);
      row.append(cell);
    }
    const cell = page.make("dd", words, words === page.journey.text ? "story" : "");
    cell.dir = "auto";
    row.append(cell);
    return row;
  }

  page.steps.register("check", {
    count: () => page.stepCount(2),
    fits: () => Boolean(page.journey.text),
    enter() {
      const { followUp, text } = page.journey;
      page.journey.returning = true;
      page.work.begin(page.journey.organisation).catch(page.closed);
      const { name } = page.organisation(page.journey.organisation);
      const list = element("check-list");
      list.textContent = "";
      list.append(line(page.say("kijk.aan"), name, () => page.steps.go("whom")));
      if (!followUp) {
        page.tree.words().forEach((/** @type {any} */ { id, title, answer }) => {
          list.append(line(title, answer, () => page.steps.go("question", id)));
        });
      }
      list.append(line(page.say("kijk.tekst"), text, () => page.steps.go("text")));
      element("check-who").textContent = page.say("kijk.lezer", { naam: name });
      element("check-next").textContent = page.say(followUp ? "kijk.verstuur" : "kijk.naar-code");
    },
  });
  element("check-next").onclick = () => page.safely(async () => {
    if (page.journey.followUp) return page.send();
    const lines = await page.token.makeNew();
    const code = element("code");
    code.textContent = "";
    lines.forEach((/** @type {string} */ words) => {
      const line = page.make("span", words);
      // Heard, it is spelled.
      line.setAttribute("role", "img");
      line.setAttribute("aria-label", words.replace(/-/g, ",").replace(/(?=\w)/g, " ").trim());
      code.append(line);
    });
    // The slow keys are made while the reporter writes the code down.
    page.token.makeKeys().catch(() => {});
    page.steps.go("code");
  });

  // MARK: the code

  page.steps.register("code", {
    count: () => page.stepCount(3),
    fits: () => Boolean(page.journey.text),
    enter: () => (element("code-said").textContent = ""),
  });
  element("code-copy").onclick = () => {
    const code = Array.from(element("code").children, (line) => line.textContent).join("\n");
    const said = (/** @type {string} */ key) => (element("code-said").textContent = page.say(key));
    Promise.resolve().then(() => navigator.clipboard.writeText(code))
      .then(() => said("code.gekopieerd"), () => said("code.kopieer-niet"));
  };
  element("code-print").onclick = () => window.print();
  // The card says nothing but the code: the numbers below the page would say what it is for.
  window.onbeforeprint = () => (element("help").hidden = page.steps.isOn("code"));
  window.onafterprint = () => (element("help").hidden = false);
  element("send-bare").onclick = () => {
    page.journey.codeless = true;
    page.send();
  };

  const lastLine = element("last-line");
  lastLine.addEventListener("input", () => {
    if (lastLine.hasAttribute("aria-invalid")) page.steps.clearMend();
  });
  lastLine.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") element("send").click();
  });
  element("send").onclick = () => page.safely(async () => {
    const { status, parts } = await page.visit.call("intake_last_line", [page.token.plain(lastLine.value)]);
    if (status === 0) {
      page.journey.codeless = false;
      return page.send();
    }
    const place = page.parts.number(parts[0]);
    const message = place > 2 ? page.say("code.lengte") : page.say("code.stukje", { n: place + 1 });
    page.steps.mend(message, lastLine, element("last-line-error"));
  });

  page.refuseText = refuseText;
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
