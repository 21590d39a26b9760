// @ts-check
/** Coming back with a code: reading what was answered, and writing back. */
(function (page) {
  "use strict";

  const { element } = page;
  const field = element("token");
  const syllablesInLine = 3;

  page.steps.register("enter", {});
  field.addEventListener("input", () => {
    if (field.hasAttribute("aria-invalid")) page.steps.clearMend();
  });

  /** @param {number} status @param {Uint8Array[]} parts Why what was typed is no code. */
  function refuse(status, parts) {
    let message = page.say("typ.samen");
    if (status === 1) message = page.say("typ.lengte", { n: page.parts.number(parts[0]) });
    if (status === 2) {
      const index = page.parts.number(parts[0]);
      message = page.say("typ.stukje", {
        n: (index % syllablesInLine) + 1,
        r: Math.floor(index / syllablesInLine) + 1,
        gelezen: page.parts.text(parts[1]),
      });
    }
    page.steps.mend(message, field, element("token-error"));
  }

  /**
   * @typedef {{id: string, name: string, kind: number, day: string, words: string}} Reply
   * @param {Uint8Array[]} parts Five for each reply.
   * @returns {Reply[]}
   */
  function read(parts) {
    const replies = [];
    for (let place = 0; place < parts.length; place += 5) {
      const [id, , kind, day, words] = parts.slice(place, place + 5);
      const place_ = page.organisation(page.parts.text(id));
      replies.push({
        id: place_.id,
        name: place_.name,
        kind: page.parts.number(kind),
        day: page.parts.text(day),
        words: page.parts.text(words),
      });
    }
    return replies.sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  }

  async function look() {
    const typed = await page.token.read(field.value);
    if (typed.status) return refuse(typed.status, typed.parts);
    element("wait-line").textContent = page.say("wacht.zoek");
    page.steps.go("wait");
    const shard = await page.token.makeKeys();
    const drop = await page.visit.visitDrop(shard);
    const { status, parts } = await page.visit.call("intake_replies", [drop]);
    if (page.visit.ended) return;
    if (status) throw new page.Closed("site");
    field.value = "";
    page.steps.forgetWay();
    page.steps.go("replies", read(parts));
  }
  element("look").onclick = () => page.safely(look);

  /** @type {string[]} The places that answered. */
  let places = [];
  page.steps.register("replies", {
    enter(/** @type {Reply[]} */ replies) {
      places = Array.from(new Set(replies.map(({ id }) => id)));
      const some = replies.length > 0;
      element("replies-title").textContent = page.say(some ? "antwoord.een" : "antwoord.geen");
      element("replies-lead").textContent = page.say(some ? "antwoord.uitleg" : "antwoord.geen-uitleg");
      element("replies").hidden = !some;
      element("replies").textContent = "";
      replies.forEach((reply) => element("replies").append(entry(reply)));
    },
  });

  /** @param {Reply} reply Its words are only ever text. */
  function entry({ name, kind, day, words }) {
    const item = page.make("li", "", "reply");
    item.append(page.make("p", page.say("antwoord.van", { naam: name, dag: page.day(day) }), "from"));
    if (page.has("antwoord.soort." + kind)) item.append(page.make("p", page.say("antwoord.soort." + kind)));
    if (words) {
      const text = page.make("p", words, "words");
      text.dir = "auto";
      item.append(text);
    }
    return item;
  }

  element("write-back").onclick = () => {
    page.begin(true);
    if (places.length === 1) {
      page.journey.organisation = places[0];
      page.steps.go("text");
    } else {
      page.steps.go("whom");
    }
  };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
