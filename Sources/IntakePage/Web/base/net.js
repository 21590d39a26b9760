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
  /** A request is given up when nothing came for so many seconds; one that posts is answered late. */
  const patience = 30;
  const patienceToPost = 90;
  /** After so many seconds without a byte the line is stuck, and a program is sought elsewhere. */
  const quiet = 8;
  /** Refusals of the server itself before it is believed. */
  const mostRefusals = 3;
  /** Seconds before each next try; the last one stays. */
  const waits = [2, 4, 8, 15, 30, 60];

  /** @type {Set<() => void>} Ends of the waits under way. */
  const sleepers = new Set();
  /** When the last byte came of what is being fetched; 0 where nothing is. */
  let moved = 0;
  /** Bytes that came so far. */
  let came = 0;

  /**
   * @typedef {object} Answer
   * @property {number} status 0 where somebody on the way answered, or with something else.
   * @property {Uint8Array} bytes
   * @property {number} retryAfter Seconds; 0 where the server said nothing.
   */

  /** @param {Response} answer @param {() => void} came Told of each part. */
  async function whole(answer, came) {
    if (!answer.body || !answer.body.getReader) return new Uint8Array(await answer.arrayBuffer());
    const reader = answer.body.getReader();
    const parts = [];
    for (let part; !(part = await reader.read()).done; parts.push(part.value)) came(part.value.length);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  /**
   * Whether the server itself answered: its files are no web pages, and its refusals are problems
   * (docs/spec/http.md). What a filter or the first page of a wifi says is neither.
   * @param {Response} answer
   */
  function isOwn(answer) {
    const type = answer.headers.get("content-type") || "";
    return answer.ok ? !type.includes("html") : type.startsWith("application/problem+json");
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   * @param {number} seconds Without a byte.
   * @returns {Promise<Answer | null>} null where no whole answer came.
   */
  async function ask(path, options, seconds) {
    const limit = new AbortController();
    let timer = 0;
    const move = (size = 0) => {
      clearTimeout(timer);
      timer = setTimeout(() => limit.abort(), seconds * 1000);
      moved = performance.now();
      came += size;
    };
    move();
    try {
      const answer = await fetch(path, Object.assign({ signal: limit.signal }, rules, options));
      const bytes = await whole(answer, move);
      const retryAfter = /^\d{1,3}$/.exec(answer.headers.get("retry-after") || "");
      return { status: isOwn(answer) ? answer.status : 0, bytes, retryAfter: Number(retryAfter) };
    } catch (failure) {
      return null;
    } finally {
      clearTimeout(timer);
      moved = 0;
    }
  }

  /** @param {Answer | null} answer Whether the same request may do better in a while. */
  function passing(answer) {
    return !answer || !answer.status || answer.status >= 500 || answer.status === 429;
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
   * A file that the page pins, tried once. Its digest is compared here and not by the browser, which
   * would hand over nothing before all of it came: then a slow line and a dead one look the same.
   * @param {string} path
   * @param {string} integrity
   * @returns {Promise<Answer | null>} Of status 0 where it is another.
   */
  async function pinned(path, integrity) {
    const { subtle } = crypto;
    const answer = await ask(path, subtle ? {} : { integrity }, quiet);
    if (!answer || answer.status !== 200 || !subtle) return answer;
    const digest = new Uint8Array(await subtle.digest("SHA-256", answer.bytes));
    if (integrity !== "sha256-" + btoa(String.fromCharCode(...digest))) answer.status = 0;
    return answer;
  }

  /**
   * Gets a public file, as often as it takes.
   * @param {string} path
   * @param {() => void} troubled
   * @returns {Promise<Uint8Array>}
   */
  async function get(path, troubled) {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask(path, {}, patience);
      if (answer && answer.status === 200) return answer.bytes;
      if (tries >= mostRefusals && !passing(answer)) throw new page.Closed("site");
      troubled();
      await pause(waitAfter(tries));
    }
  }

  /** @param {Uint8Array} body A submission, sealed and stamped. */
  function post(body) {
    const options = { method: "POST", body, headers: { "content-type": binary } };
    return ask(envelopes, options, patienceToPost);
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

  /** Ends the waits before another try. */
  const wake = () => sleepers.forEach((end) => end());
  window.addEventListener("online", wake);

  /** Why nothing can be written here: `reason` names the text `js.dicht.REASON`. */
  page.Closed = class extends Error {
    /** @param {string} reason */
    constructor(reason) {
      super(reason);
      this.reason = reason;
    }
  };
  page.net = {
    get, pinned, post, postLast, passing, pause, waitAfter, wake,
    /** Gets a public file, or null where no answer came. @param {string} path */
    once: (path) => ask(path, {}, patience),
    /** Whether something is asked for and nothing comes. */
    isStuck: () => moved > 0 && performance.now() - moved > quiet * 900,
    /** Thousands of bytes that came so far. */
    came: () => Math.round(came / 1000),
  };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
