// @ts-check
/** Every request of the page: no cookie, no referrer, nothing kept, only to its own server. */
(function (page) {
  "use strict";

  /** @type {RequestInit} */
  const rules = {
    mode: "same-origin",
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    redirect: "error",
  };
  const envelopes = "/v1/envelopes";
  const binary = "application/octet-stream";
  /** A request that takes longer than this many seconds is given up and made again. */
  const patience = 90;
  /** Seconds before each next try; the last one stays. */
  const waits = [2, 4, 8, 15, 30, 60];

  /** @type {Set<() => void>} Ends of the waits under way. */
  const sleepers = new Set();

  /**
   * @typedef {object} Answer
   * @property {number} status
   * @property {Uint8Array} bytes
   * @property {number} retryAfter Seconds; 0 where the server said nothing.
   */

  /**
   * @param {string} path
   * @param {RequestInit} options
   * @returns {Promise<Answer | null>} null where no whole answer came.
   */
  async function ask(path, options) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), patience * 1000);
    try {
      const answer = await fetch(path, Object.assign({ signal: limit.signal }, rules, options));
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const retryAfter = Number(answer.headers.get("retry-after")) || 0;
      return { status: answer.status, bytes, retryAfter };
    } catch (failure) {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {Answer | null} answer Whether the same request may do better in a while. */
  function passing(answer) {
    return answer === null || answer.status >= 500 || answer.status === 429;
  }

  /**
   * Seconds before the next try: growing, and not the same for everyone at once.
   * @param {number} tries Tries that failed so far.
   */
  function waitAfter(tries) {
    const wait = waits[Math.min(tries, waits.length) - 1];
    return wait * (0.75 + Math.random() / 2);
  }

  /**
   * @param {number} seconds Ends earlier when the connection is back.
   * @param {boolean} [exactly] Whether it does not.
   */
  function pause(seconds, exactly) {
    return /** @type {Promise<void>} */ (new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      if (!exactly) sleepers.add(end);
    }));
  }

  /**
   * What lies in the place of a file that the page pins and that did not come: what the page pins
   * after all, or nothing that can be told from a bad line. Fails where it is another: then the
   * page is of before an upgrade, and would wait for ever.
   * @param {string} path
   * @param {string} integrity
   */
  async function another(path, integrity) {
    const found = await ask(path, {});
    if (!found || found.status !== 200 || !crypto.subtle) return found;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", found.bytes));
    if (integrity === "sha256-" + btoa(String.fromCharCode(...digest))) return found;
    throw new page.Closed("nieuw");
  }

  /**
   * Gets a public file, as often as it takes.
   * @param {string} path
   * @param {{integrity?: string, troubled?: () => void}} [options]
   * @returns {Promise<Uint8Array>}
   */
  async function get(path, options) {
    const { integrity, troubled } = Object.assign({ integrity: "", troubled: null }, options);
    for (let tries = 1; ; tries += 1) {
      const answer = await ask(path, { integrity })
        || (integrity ? await another(path, integrity) : null);
      if (answer && answer.status === 200) return answer.bytes;
      if (answer && answer.status === 404 && integrity) throw new page.Closed("nieuw");
      if (!passing(answer)) throw new page.Closed("site");
      if (troubled) troubled();
      await pause(waitAfter(tries));
    }
  }

  /** @param {Uint8Array} body A submission, sealed and stamped. */
  function post(body) {
    return ask(envelopes, { method: "POST", body, headers: { "content-type": binary } });
  }

  /** @param {Uint8Array} body A submission that must leave while the page goes away. */
  function postLast(body) {
    if ("keepalive" in Request.prototype) {
      const options = { method: "POST", body, headers: { "content-type": binary }, keepalive: true };
      fetch(envelopes, Object.assign({}, rules, options)).catch(() => {});
    } else {
      navigator.sendBeacon(envelopes, new Blob([body], { type: binary }));
    }
  }

  window.addEventListener("online", () => sleepers.forEach((end) => end()));

  /** Why nothing can be written here: `reason` names the text `js.dicht.REASON`. */
  page.Closed = class extends Error {
    /** @param {string} reason */
    constructor(reason) {
      super(reason);
      this.reason = reason;
    }
  };
  /** Gets a public file, or null where no answer came. @param {string} path */
  const once = (path) => ask(path, {});
  page.net = { get, once, post, postLast, passing, pause };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
