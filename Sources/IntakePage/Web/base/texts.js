/**
 * What the page says: every sentence comes from the language's file, none stands in a script. What
 * is said before the program can have come stands in the document, the rest comes beside it.
 */
(function (page) {
  "use strict";

  /** @param {string} id The id of a data block in the document. */
  function block(id) {
    return JSON.parse(/** @type {HTMLElement} */ (document.getElementById(id)).textContent || "");
  }

  /**
   * @typedef {object} Deployment
   * @property {string} deployment Host name that the keys are bound to.
   * @property {string} roots The roots file: whose signatures the directory needs.
   * @property {string} language
   * @property {string} siteName
   * @property {string} exitUrl
   * @property {string} beat Seconds between two beats.
   * @property {string} serial Of the directory in force when the page was made.
   * @property {string} madeOn The day of that.
   * @property {string} tree Digest of the decision tree that stands in the document.
   * @property {string} rest Where that lies which goes with the program.
   * @property {string} restIntegrity
   * @property {string} wasm Where the program lies.
   * @property {string} wasmIntegrity
   * @property {string} fallback
   * @property {string} fallbackIntegrity
   */
  /** @type {Deployment} */
  const deployment = block("deployment");
  /** @type {Record<string, string>} */
  const texts = block("texts");

  /**
   * Learns what is said once there is a program, what its screens say, in their order, and how
   * they look.
   * @param {{said: Record<string, string>, screens: string[], style: string}} rest
   *   What came beside it.
   */
  function learn({ said, screens, style }) {
    Object.assign(texts, said);
    document.head.append(make("style", style));
    inBoth.forEach((one) => {
      if (one[1].trim() !== "|") return;
      // A browser that translates may have put something else in the mark's place, which stands
      // alone in its element wherever it may do so.
      if (!one[0].isConnected) one[2].replaceChildren(one[0]);
      one[1] = one[1].replace("|", () => screens.shift() || "");
    });
    address(polite);
  }

  /** Whether the reader is somebody to whom one says "u". */
  let polite = false;

  /** @param {string} text Where both are possible, `[je|u]` stands in it. */
  function addressed(text) {
    return text.replace(/\[(.*?)\|(.*?)\]/g, (_, je, u) => (polite ? u : je));
  }

  /** @type {[Text, string, any][]} What the document says in both ways; `|` where it is learnt. */
  const inBoth = [];
  for (let walker = document.createTreeWalker(element("main"), 4); walker.nextNode(); ) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (text.data.includes("|")) inBoth.push([text, text.data, text.parentNode]);
  }

  /** Says "je" to whoever reads, or "u". @param {boolean} isPolite */
  function address(isPolite) {
    polite = isPolite;
    inBoth.forEach(([text, words]) => (text.data = addressed(words)));
  }
  address(false);

  const fromTheRight = document.documentElement.dir === "rtl";
  const plurals = Intl.PluralRules && new Intl.PluralRules(deployment.language);

  /**
   * The text `js.KEY`, with `{name}` filled in; where the language has one for this number `n`,
   * `js.KEY.few` and the like. A value keeps its own direction.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  function say(key, values) {
    const all = Object.assign({ site: deployment.siteName }, values);
    const kind = plurals && "n" in all ? "." + plurals.select(Number(all.n)) : "";
    return addressed(texts[key + kind] || texts[key]).replace(/\{(\w+)\}/g, (_, name) =>
      fromTheRight ? "\u2068" + all[name] + "\u2069" : String(all[name]));
  }

  /** @param {string} key Whether the language has the text `js.KEY`. */
  function has(key) {
    return Object.prototype.hasOwnProperty.call(texts, key);
  }

  /**
   * A date in the language's own words `datum.NAME` where it has these, as browsers do not know
   * the language; else in the browser's. Digits and years are those of the rest of the page.
   * @param {string} date YYYY-MM-DD
   * @param {string} name
   * @param {any} form
   */
  function dated(date, name, form) {
    const at = new Date(date + "T00:00:00Z");
    if (has("datum." + name)) {
      const one = (/** @type {string} */ list, /** @type {number} */ place) =>
        say("datum." + list).split(" ")[place];
      return say("datum." + name, {
        weekdag: one("weekdagen", at.getUTCDay()),
        dag: at.getUTCDate(),
        maand: one("maanden", at.getUTCMonth()),
        jaar: at.getUTCFullYear(),
      });
    }
    const same = { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" };
    return new Intl.DateTimeFormat(deployment.language, Object.assign(form, same)).format(at);
  }

  /** The reader's own date of now. @returns {string} YYYY-MM-DD */
  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  /**
   * A day as people say it: "dinsdag 2 juni", with the year where it is not this one.
   * @param {string} day YYYY-MM-DD
   * @param {boolean} [always] With the year in any case.
   */
  function day(day, always) {
    const year = day.slice(0, 4);
    const named = dated(day, "dag", { weekday: "long", day: "numeric", month: "long" });
    return always || year !== today().slice(0, 4) ? named + " " + year : named;
  }

  /**
   * The reader's own day of what happens now. The server's days are those of Greenwich, where it
   * may be yesterday or tomorrow.
   * @param {string} day The server's.
   */
  function ownDay(day) {
    return day === new Date().toISOString().slice(0, 10) ? today() : day;
  }

  /** @param {string} month YYYY-MM @returns {string} "juni 2026" */
  function month(month) {
    return dated(month + "-01", "maand", { month: "long", year: "numeric" });
  }

  /** @param {string} id @returns {any} The element with this id, which is always there. */
  function element(id) {
    return document.getElementById(id);
  }

  /**
   * A new element that holds text, never markup.
   * @param {string} name
   * @param {string} [text]
   * @param {string} [kind] Its class.
   */
  function make(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  Object.assign(page, { deployment, learn, say, address, has, today, day, ownDay, month, element, make });
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
