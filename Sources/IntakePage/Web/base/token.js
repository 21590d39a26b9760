/** The code (the follow-up token) of this visit, and its keys. It never leaves the page. */
(function (page) {
  "use strict";

  /** @type {string[]} Its three lines; empty where there is none yet. */
  let lines = [];
  /** Whether it was made in this visit. */
  let isNew = false;
  /** @type {Promise<number> | null} The keys' shard, once they are made. */
  let keys = null;

  /** Letters of other keyboards that look like those of a code; capitals where these look different. */
  const alike = "авекмнортіѕαβεικνορτυωΝΗΜΖıłøđ";
  const letters = "abekmhoptisabeikvoptuwnhmzilod";
  /** Marks on letters, and then what is neither a letter nor a digit, or no letter of a code. */
  const marks = /[\u0300-\u036f]/g;
  const between = /[\u0080-\u00bf\u02b0-\u02ff\u115f\u1160\u2000-\u2bff\u3000-\u303f\ud800-\uf8ff\ufe00-\ufeff]+/g;

  /** Words of one or two digits, which are numbers of lines. */
  const numbers = /(^|[^\da-z])\d\d?(?![\da-z])/gi;
  const syllables = /^([bdfghklmnprstvwz][aeiou0134][bdfgklmnprstvz258])*$/i;

  /** @param {string} letter @returns {string | undefined} How it is meant. */
  const meant = (letter) => letters[alike.indexOf(letter)];

  /**
   * What was typed as a code, in the letters of one: without accents, of any width and keyboard.
   * @param {string} typed
   */
  function plain(typed) {
    return typed.normalize("NFKD").replace(marks, "").replace(between, " ")
      .replace(/[^\0-\x7f]/g, (letter) => meant(letter) || meant(letter.toLowerCase()) || letter)
      .replace(numbers, "$1");
  }

  /** @param {string} typed @returns {string} The beginning of its first word that is no part of a code. */
  function strange(typed) {
    const words = plain(typed).split(/[\0-/:-@[-`{-\x7f]+/);
    const isShort = (/** @type {string} */ word) => word.length < 10 || word > "\x7f";
    return (words.find((word) => isShort(word) && !syllables.test(word)) || "").slice(0, 20);
  }

  /** A new code; the same one when asked again, because it may be on paper already. */
  async function makeNew() {
    if (!isNew) {
      forget();
      const { parts } = await page.visit.call("intake_new_token", []);
      lines = parts.map(page.parts.text);
      isNew = true;
    }
    return lines;
  }

  /**
   * Reads a typed code.
   * @param {string} typed
   * @returns {Promise<{status: number, parts: Uint8Array[]}>} Status 0, or why it is none.
   */
  async function read(typed) {
    const answer = await page.visit.call("intake_read_token", [plain(typed)]);
    if (answer.status === 0) {
      lines = answer.parts.map(page.parts.text);
      keys = null;
      isNew = false;
    }
    return answer;
  }

  /** The keys of the code, made once. @returns {Promise<number>} The code's shard. */
  function makeKeys() {
    if (!keys) {
      keys = derive(page.visit.call);
      keys.catch(() => {
        keys = null;
      });
    }
    return keys;
  }

  /**
   * The slow step, in a machine of its own that ends right after and so gives its memory back.
   * @param {(operation: string, values: any[]) => Promise<any>} call
   */
  async function derive(call) {
    const token = await call("intake_token_bytes", []);
    const machine = await page.engine.another();
    let root;
    try {
      root = await machine.call("intake_derive", [token.parts[0], page.deployment.deployment]);
    } catch (trap) {
      throw new page.Closed("browser");
    } finally {
      machine.end();
      token.parts[0].fill(0);
    }
    if (root.status) throw new page.Closed("browser");
    const made = await call("intake_keys", [root.parts[0]]);
    root.parts[0].fill(0);
    if (made.status) throw new page.Closed("browser");
    return page.parts.number(made.parts[0]);
  }

  /**
   * Gives a machine that was begun anew what the last one knew of the code.
   * @param {(operation: string, values: any[]) => Promise<any>} call
   */
  async function again(call) {
    if (lines.length === 0) return;
    await call("intake_read_token", [lines.join("")]);
    if (keys) await derive(call);
  }

  function forget() {
    lines = [];
    isNew = false;
    keys = null;
  }

  page.token = { plain, strange, makeNew, read, makeKeys, again, forget };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
