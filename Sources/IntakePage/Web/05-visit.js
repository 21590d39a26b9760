// @ts-check
/**
 * One visit: the public files, verified before anything can be typed; the machine that holds the
 * keys; the one submission at the end. Every visit makes the same requests in the same order.
 */
(function (page) {
  "use strict";

  const hourMilliseconds = 3600000;
  /** Seconds before a second look: the log may move on while its files are fetched. */
  const secondLook = 3;
  /** What the program says of the public files, and the text that tells it. */
  const closed = { 1: "1", 2: "2", 3: "3", 4: "site", 5: "log", 6: "log", 7: "klok", 9: "site" };
  /** Refusals that a change between two of the files may explain: directory, log, tree. */
  const passing = [3, 6, 9];

  /** @type {any} The machine of this visit. */
  let machine = null;
  /** @type {Uint8Array[]} The public files as fetched, to begin again after a trap. */
  let files = [];
  /** Where the challenge stands in them. */
  const challengePlace = 2;
  /** @type {Uint8Array[]} Older months that were asked for, newest first. */
  let older = [];
  /** @type {Uint8Array | null} Prepared early, because a page that closes has no time. */
  let cover = null;
  /** @type {Uint8Array | null} The sealed report that is still on its way. */
  let pending = null;
  let sent = false;
  let ended = false;
  let reviving = false;

  const visit = {
    /** @type {{id: string, name: string, shown: number, fetched: string}[]} */
    organisations: [],
    /** The newest day of the log. */
    logDay: "",
    /** The server's day, where this device's clock is far from it. */
    siteDay: "",
    textClosed: false,
    /** Whether nothing can be told here, whatever else can. */
    refused: false,
    /** Told when a request failed and will be made again. */
    troubled() {},
    /** @type {Promise<void>} Fails with `Closed` where nothing can be sent safely. */
    ready: Promise.resolve(),
    open,
    call,
    refreshChallenge,
    visitDrop,
    nextMonth,
    lookBack,
    /** @type {Uint8Array} The shard of the drop that was fetched for a code. */
    drop: new Uint8Array(0),
    setPending,
    setSent,
    end,
    get ended() {
      return ended;
    },
  };

  /** @param {string} path */
  function get(path) {
    return page.net.get(path, { troubled: () => visit.troubled() });
  }

  /** @param {number} hour Of the server, since 1970. @param {number} back Months before. */
  function month(hour, back) {
    const day = new Date(hour * hourMilliseconds);
    const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - back, 1));
    return first.toISOString().slice(0, 7);
  }

  async function fetchFiles() {
    const directory = await get("/v1/directory");
    const tree = await get("/v1/tree");
    const challenge = await get("/v1/challenge");
    if (challenge.length < 4) throw new page.Closed("site");
    const hour = page.parts.number(challenge);
    const checkpoint = await get("/v1/log/checkpoint");
    const before = await get("/v1/log/" + month(hour, 1));
    const now = await get("/v1/log/" + month(hour, 0));
    return [directory, tree, challenge, checkpoint, before, now];
  }

  /** Gives the machine the public files; it verifies them all. Answers the refusal, 0 for none. */
  async function verify() {
    const { deployment, roots, language, serial, madeOn } = page.deployment;
    const hour = Math.floor(Date.now() / hourMilliseconds);
    const begun = await machine.call("intake_start", [deployment, roots, language, serial, madeOn, hour]);
    if (begun.status) throw new page.Closed("1");
    const { status, parts } = await machine.call("intake_visit", files);
    if (status === 0) read(parts);
    return status;
  }

  /** @param {Uint8Array[]} parts */
  function read(parts) {
    visit.textClosed = page.parts.number(parts[1]) !== 0;
    visit.logDay = page.parts.text(parts[4]);
    visit.siteDay = page.parts.text(parts[5]);
    visit.organisations = [];
    for (let place = 6; place + 3 < parts.length; place += 4) {
      const [id, name, , fetched] = parts.slice(place, place + 4).map(page.parts.text);
      const shown = page.parts.number(parts[place + 2]);
      visit.organisations.push({ id, name, shown, fetched });
    }
  }

  async function open() {
    files = await fetchFiles();
    machine = await page.engine.open(() => visit.troubled());
    let refusal = await verify();
    if (passing.includes(refusal)) {
      // A day may have been closed, a directory and tree published: look once more.
      await page.net.pause(secondLook);
      files = await fetchFiles();
      refusal = await verify();
    }
    if (refusal) throw new page.Closed(closed[refusal] || "site");
    if (visit.organisations.length === 0) throw new page.Closed("site");
    const made = await call("intake_cover", []);
    if (made.status === 0) cover = made.parts[0];
    if (ended) machine.end();
  }

  /**
   * One operation. After a trap, once, in a new machine that knows what the old one knew.
   * @param {string} operation
   * @param {any[]} values
   * @returns {Promise<{status: number, parts: Uint8Array[]}>}
   */
  async function call(operation, values) {
    try {
      return await machine.call(operation, values);
    } catch (trap) {
      if (ended || reviving) throw new page.Closed("browser");
      await revive();
      return machine.call(operation, values).catch(() => {
        throw new page.Closed("browser");
      });
    }
  }

  /** Begins a machine anew; where that stops too, it is not tried a third time. */
  async function revive() {
    reviving = true;
    try {
      machine = await page.engine.another();
      if (await verify()) throw new page.Closed("browser");
      await page.token.again();
      for (const month of older) await call("intake_look_back", [month]);
      if (visit.drop.length) await call("intake_look", [visit.drop]);
    } finally {
      reviving = false;
    }
  }

  /** Takes the hour and challenge of this moment, for a stamp that was asked for anew. */
  async function refreshChallenge() {
    const challenge = await get("/v1/challenge");
    files[challengePlace] = challenge;
    const { status } = await call("intake_challenge", [challenge]);
    if (status) throw new page.Closed(closed[status] || "site");
  }

  /**
   * The one look into the drop: into the code's own shard, or a random one.
   * @param {number} [shard]
   */
  async function visitDrop(shard) {
    if (shard !== undefined) {
      visit.drop = await get("/v1/drop/" + shard);
      return;
    }
    const { status, parts } = await call("intake_random_shard", []);
    if (status === 0) await get("/v1/drop/" + page.parts.number(parts[0]));
  }

  /** Months that every visit looks into. */
  const inView = 2;

  /** The month before those that were fetched. */
  function monthBefore() {
    return month(page.parts.number(files[challengePlace]), inView + older.length);
  }

  /** The month that `lookBack` would take, in words. */
  function nextMonth() {
    return page.month(monthBefore());
  }

  /** Fetches the month before those in view; the program verifies that they fit. */
  async function lookBack() {
    const file = await get("/v1/log/" + monthBefore());
    const said = await call("intake_look_back", [file]);
    if (said.status === 0) older.push(file);
    return said;
  }

  /** @param {Uint8Array | null} body */
  function setPending(body) {
    pending = body;
  }

  /**
   * The report is there: the machine ends, and its memory with keys and words goes. Whoever asks
   * for an operation later gets a new one, which knows what is public only.
   */
  function setSent() {
    sent = true;
    pending = null;
    older = [];
    visit.drop = new Uint8Array(0);
    machine.end();
  }

  /**
   * The visit is over: one submission leaves, the report that was still on its way or, where
   * nothing was sent, the cover; the machine and all it holds ends.
   */
  function end() {
    if (ended) return;
    ended = true;
    const last = pending || (sent ? null : cover);
    if (last) page.net.postLast(last);
    if (machine) machine.end();
    machine = cover = pending = null;
    files = [];
    older = [];
    visit.drop = new Uint8Array(0);
  }

  page.visit = visit;
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
