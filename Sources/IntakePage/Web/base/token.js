/** The code (the follow-up token) of this visit, and its keys. It never leaves the page. */
(function (page) {
  "use strict";

  /** @type {string[]} Its three lines; empty where there is none yet. */
  let lines = [];
  /** Whether it was made in this visit. */
  let isNew = false;
  /** @type {Promise<number> | null} The keys' shard, once they are made. */
  let keys = null;

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
    const answer = await page.visit.call("intake_read_token", [typed]);
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

  page.token = { makeNew, read, makeKeys, again, forget };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
