/**
 * The requests of a visit after its files: beats, at the same times for everybody, whichever way
 * somebody goes through the page. A beat posts what is ready to go, or else a cover.
 */
(function (page) {
  "use strict";

  const period = Number(page.deployment.beat) * 1000;
  /** So long before its time all of a beat is made ready: its time tells nothing of this device. */
  const ahead = period / 10;
  /** A page that was out of sight for so long asks for nothing until it is seen again. */
  const unseen = 1800000;
  /** Seconds that a beat waits for what it asked for before it posts all the same. */
  const patience = 4;
  /** The first so many beats ask for a shard, and then every so-manieth. */
  const often = 4;

  /**
   * @typedef {object} Message What is ready to go.
   * @property {Uint8Array} body
   * @property {number} after It waits until then.
   * @property {() => void} going Told when it goes.
   * @property {(answer: any) => void} told Told what was answered, null for nothing.
   */
  /** @type {Message | null} */
  let message = null;
  /** @type {{number: number, arrived: (drop: Uint8Array) => void} | null} The code's own shard. */
  let own = null;
  /** @type {((challenge: Uint8Array | null) => void) | null} */
  let asked = null;
  /** @type {Uint8Array | null} The challenge of the newest beat. */
  let newest = null;
  /** When beats began, and when the next one is. */
  let begun = 0;
  let due = 0;
  /** How many there were. */
  let count = 0;
  let paused = false;
  let over = false;
  let hidden = 0;

  /** @param {number} number Of a beat, from 1. */
  function hasShard(number) {
    return number <= often || number % often === 0;
  }

  /** When the first beat at or after a moment is. @param {number} moment */
  function beatAt(moment) {
    const first = begun + period / 2;
    return first + Math.max(0, Math.ceil((moment - first) / period)) * period;
  }

  function next() {
    const now = performance.now();
    due = beatAt(now + ahead);
    setTimeout(prepare, due - ahead - now);
  }

  /** @param {string} operation @returns {Promise<Uint8Array | null>} */
  async function made(operation) {
    const said = await page.visit.call(operation, []).catch(() => null);
    return said && said.status === 0 ? said.parts[0] : null;
  }

  /** A cover is always made, and a random shard drawn: so a message takes no other time. */
  async function prepare() {
    if (over) return;
    if (document.hidden && performance.now() - hidden >= unseen) {
      paused = true;
      return;
    }
    const shard = hasShard(count + 1) ? await made("intake_random_shard") : null;
    const cover = await made("intake_cover");
    await page.net.pause((due - performance.now()) / 1000, true);
    if (over) return;
    count += 1;
    await run(shard && page.parts.number(shard), cover);
    if (!over) next();
  }

  /** What comes soon, or null. @param {Promise<any>} answer */
  function soon(answer) {
    return Promise.race([answer, page.net.pause(patience, true).then(() => null)]);
  }

  /** @param {number | null} random A shard @param {Uint8Array | null} cover */
  async function run(random, cover) {
    const [takes, seeks] = [asked, random === null ? null : own];
    const challenge = await soon(page.net.once("/v1/challenge"));
    if (challenge && challenge.status === 200) newest = challenge.bytes;
    else if (takes) takes(null);
    const shard = String(seeks ? seeks.number : random).padStart(3, "0");
    const drop = random === null ? null : page.net.once("/v1/drop/" + shard);
    if (drop && seeks) drop.then((found) => take(seeks, found));
    if (drop) await soon(drop);
    const ready = message && message.after <= performance.now() ? message : null;
    // A stamp of another hour or of a server begun anew would be refused, and that is seen.
    const spoilt = ready && newest && page.visit.isOther(newest);
    const sending = spoilt ? null : ready;
    if (sending) sending.going();
    const body = sending ? sending.body : cover;
    const answer = body && !over ? await page.net.post(body) : null;
    if (over) return;
    if (takes && challenge && challenge.status === 200 && asked === takes) {
      asked = null;
      takes(newest);
    }
    if (ready && message === ready) ready.told(spoilt ? { status: 428 } : answer);
  }

  /** @param {any} seeks @param {any} drop Its shard, where it came. */
  function take(seeks, drop) {
    if (over || own !== seeks || !drop || drop.status !== 200) return;
    own = null;
    seeks.arrived(drop.bytes);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hidden = performance.now();
    else if (paused) {
      paused = false;
      next();
    }
  });

  page.beats = {
    /** From when the files of the visit are verified. */
    begin() {
      begun = performance.now();
      next();
    },
    /**
     * Posts a body with the first beat after so many seconds; it stays ready until it is
     * withdrawn or another takes its place.
     * @param {Uint8Array} body
     * @param {number} wait
     * @param {() => void} going
     * @returns {Promise<any>} What was answered, null for nothing.
     */
    send: (body, wait, going) => new Promise((told) => {
      message = { body, after: performance.now() + wait * 1000, going, told };
    }),
    withdraw() {
      message = null;
    },
    /**
     * @param {() => void} failed Told when it did not come with a beat.
     * @returns {Promise<Uint8Array>} The newest challenge, or that of the next beat where it is known.
     */
    challenge: (failed) => new Promise((takes) => {
      if (newest && page.visit.isOther(newest)) takes(newest);
      else asked = (challenge) => (challenge ? takes(challenge) : failed());
    }),
    /**
     * Asks for a code's own shard, once, with the next beat that asks for one.
     * @param {number} number
     * @param {(drop: Uint8Array) => void} arrived
     */
    seek(number, arrived) {
      own = { number, arrived };
    },
    /** What was asked for is not wanted any more. */
    forget() {
      message = own = asked = null;
    },
    /** Seconds until what is ready goes, none where its beat is under way. */
    untilSent() {
      const after = Math.max(due, message ? beatAt(message.after) : 0);
      return Math.max(0, Math.ceil((after - performance.now()) / 1000));
    },
    /** The visit is over: what is sealed and stamped goes at once, and nothing else. */
    end() {
      over = true;
      if (message) page.net.postLast(message.body);
      this.forget();
    },
  };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
