/** Coming back with a code: finding what became of it, in this month, the last, and older ones. */
(function (page) {
  "use strict";

  const { element } = page;
  const field = element("token");
  const syllablesInLine = 3;
  /** How far back one can look, as the program says it. */
  const more = 0;
  const erased = 2;

  page.steps.register("enter", {});
  field.addEventListener("input", () => {
    if (field.hasAttribute("aria-invalid")) page.steps.clearMend();
  });

  /** @param {number} status @param {Uint8Array[]} parts Why what was typed is no code. */
  function refuse(status, parts) {
    let message = page.say("typ.samen");
    if (status === 1) {
      const gelezen = page.token.strange(field.value);
      message = page.say(gelezen ? "typ.vreemd" : "typ.lengte", { gelezen, n: page.parts.number(parts[0]) });
    }
    if (status === 2) {
      const index = page.parts.number(parts[0]);
      message = page.say("typ.stukje", {
        n: (index % syllablesInLine) + 1,
        r: Math.floor(index / syllablesInLine) + 1,
        gelezen: page.parts.text(parts[1]),
      });
    }
    if (status === 4) message = page.say("typ.meer");
    page.steps.mend(message, field, element("token-error"));
  }

  /**
   * @typedef {object} Finding One message of the code, or one answer to it.
   * @property {string} id The organisation.
   * @property {string} name Its name.
   * @property {number} state
   * @property {number} index Its place in the log.
   * @property {number} kind Of an answer.
   * @property {string} day
   * @property {string} until
   * @property {string} other Another organisation: to pass it on to, or that is asked about.
   * @property {string} words Of an answer.
   */
  /** @param {Uint8Array[]} parts Eight for each. @returns {Finding[]} The newest first. */
  function read(parts) {
    const { number, text } = page.parts;
    const found = [];
    for (let at = 0; at < parts.length; at += 8) {
      const [id, state, index, kind, day, until, other, words] = parts.slice(at, at + 8);
      found.push({
        id: text(id), name: page.organisation(text(id)).name, state: number(state),
        index: number(index), kind: number(kind), day: text(day), until: text(until),
        other: text(other), words: text(words),
      });
    }
    return found.sort((one, next) => (
      one.day === next.day ? next.index - one.index : one.day < next.day ? 1 : -1
    ));
  }

  async function look() {
    const typed = await page.token.read(field.value);
    if (typed.status) return refuse(typed.status, typed.parts);
    const mine = page.wait(page.say("wacht.zoek"));
    const shard = await page.token.makeKeys();
    page.visit.drop = new Uint8Array(0);
    // What the log says is told at once; the words come with the next shard.
    await find();
    if (page.visit.ended || !page.waits(mine)) return;
    page.beats.seek(shard, (/** @type {Uint8Array} */ drop) => arrived(drop).catch((failure) => {
      if (page.visit.drop) page.closed(failure);
    }));
    field.value = "";
    element("back-line").textContent = "";
    page.steps.forgetWay();
    page.steps.go("replies");
  }
  element("look").onclick = () => page.safely(look);

  /** @param {Uint8Array} drop The code's own shard. */
  async function arrived(drop) {
    page.visit.drop = drop;
    const before = words();
    await find();
    if (page.steps.isOn("replies") && words() !== before) page.steps.show("replies");
  }

  /** What is on the screen of it, to be compared. */
  function words() {
    return JSON.stringify(page.findings);
  }

  /** What the log in view and the drop say; whether there is more goes to the button. */
  async function find() {
    const { status, parts } = await page.visit.call("intake_look", [page.visit.drop]);
    if (status) throw new page.Closed("site");
    const end = page.parts.number(parts[0]) !== more;
    element("look-back").hidden = end;
    element("older").hidden = end && element("back-line").textContent === "";
    page.findings = read(parts.slice(1));
  }

  /** Takes one month more, when the visitor asks for it. */
  async function lookBack() {
    const line = element("back-line");
    const maand = page.visit.nextMonth();
    line.textContent = page.say("terug.bezig", { maand });
    const { status, parts } = await page.visit.lookBack();
    if (page.visit.ended) return;
    if (status) {
      line.textContent = page.say("terug.klopt-niet", { maand });
      element("look-back").hidden = true;
    } else if (page.parts.number(parts[0]) === erased) {
      line.textContent = page.say("terug.gewist", { maand });
      element("look-back").hidden = true;
    } else {
      await find();
      page.steps.show("replies");
      const end = element("look-back").hidden;
      line.textContent = page.say(end ? "terug.begin" : "terug.gekeken", { maand });
    }
    (element("look-back").hidden ? line : element("look-back")).focus();
  }
  element("look-back").onclick = () => page.safely(lookBack);
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
