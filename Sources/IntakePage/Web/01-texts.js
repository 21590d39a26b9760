// @ts-check
/** What the page says: every sentence comes from the language's file, none stands in a script. */
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
   * @property {string} wasm Where the program lies.
   * @property {string} wasmIntegrity
   * @property {string} fallback
   * @property {string} fallbackIntegrity
   */
  /** @type {Deployment} */
  const deployment = block("deployment");
  /** @type {Record<string, string>} */
  const texts = block("texts");

  /** Whether the reader is somebody to whom one says "u". */
  let polite = false;

  /** @param {string} text Where both are possible, `[je|u]` stands in it. */
  function addressed(text) {
    return text.replace(/\[(.*?)\|(.*?)\]/g, (_, je, u) => (polite ? u : je));
  }

  /** @type {[Text, string][]} What the document says in both ways. */
  const inBoth = [];
  for (let walker = document.createTreeWalker(element("main"), 4); walker.nextNode(); ) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (text.data.includes("|")) inBoth.push([text, text.data]);
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
    return addressed(texts["js." + key + kind] || texts["js." + key]).replace(/\{(\w+)\}/g, (_, name) =>
      fromTheRight ? "\u2068" + all[name] + "\u2069" : String(all[name]));
  }

  /** @param {string} key Whether the language has the text `js.KEY`. */
  function has(key) {
    return Object.prototype.hasOwnProperty.call(texts, "js." + key);
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

  /**
   * A day as people say it: "dinsdag 2 juni".
   * @param {string} day YYYY-MM-DD
   */
  function day(day) {
    return dated(day, "dag", { weekday: "long", day: "numeric", month: "long" });
  }

  /** @param {string} month YYYY-MM @returns {string} "juni 2026" */
  function month(month) {
    return dated(month + "-01", "maand", { month: "long", year: "numeric" });
  }

  /** Seconds as people hear them: few numbers. @param {number} seconds */
  function rounded(seconds) {
    return seconds > 5 ? Math.ceil(seconds / 5) * 5 : seconds;
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

  Object.assign(page, { deployment, say, address, has, day, month, rounded, element, make });
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
