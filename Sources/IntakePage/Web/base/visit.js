/**
 * One visit: the public files, verified before anything can be typed, and the machine that holds
 * the keys. Every visit makes the same requests in the same order; after the files come beats.
 */
(function (page) {
  "use strict";

  const hourMilliseconds = 3600000;
  /** Seconds before a second look: the log may move on while its files are fetched. */
  const secondLook = 3;
  /** What the program says of the public files, and the text that tells it. */
  const closed = { 1: "1", 2: "2", 3: "3", 4: "site", 5: "log", 6: "log", 7: "klok", 9: "site", 10: "nieuw" };
  /** Refusals that a change between two files may explain: directory, challenge, log, tree. */
  const passing = [3, 4, 6, 9];
  const badChallenge = 4;

  /** @type {any} The machine of this visit. */
  let machine = null;
  /** @type {Uint8Array[]} The public files as fetched, to begin again after a trap. */
  let files = [];
  /** Where the challenge stands in them. */
  const challengePlace = 2;
  /** @type {Uint8Array[]} Older months that were asked for, newest first. */
  let older = [];
  let ended = false;
  /** @type {Promise<void> | null} A new machine that is being told what the old one knew. */
  let revival = null;

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
    newChallenge,
    isOther,
    nextMonth,
    lookBack,
    arrived,
    /** @type {Uint8Array | null} The shard of a code, empty until it came; null without a look. */
    drop: null,
    end,
    get ended() {
      return ended;
    },
  };

  /** @param {string} path */
  function get(path) {
    return page.net.get(path, () => visit.troubled());
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
    const { deployment, roots, tree, language, serial, madeOn } = page.deployment;
    const hour = Math.floor(Date.now() / hourMilliseconds);
    const own = [deployment, roots, tree, language, serial, madeOn, hour];
    const begun = await machine.call("intake_start", own);
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
    if (ended) machine.end();
    else page.beats.begin();
  }

  /**
   * One operation. After a trap, once more, in a new machine that knows what the old one knew.
   * @param {string} operation
   * @param {any[]} values
   * @returns {Promise<{status: number, parts: Uint8Array[]}>}
   */
  async function call(operation, values) {
    if (revival) await revival;
    const used = machine;
    try {
      return await used.call(operation, values);
    } catch (trap) {
      if (ended) throw new page.Closed("browser");
      if (!revival && machine === used) revival = revive().finally(() => (revival = null));
      if (revival) await revival;
      return direct(operation, values);
    }
  }

  /** One operation, once. @param {string} operation @param {any[]} values */
  function direct(operation, values) {
    return machine.call(operation, values).catch(() => {
      throw new page.Closed("browser");
    });
  }

  /** Begins a machine anew; where that stops too, it is not tried a third time. */
  async function revive() {
    machine = await page.engine.another();
    if (await verify()) throw new page.Closed("browser");
    await page.token.again(direct);
    for (const month of older) await direct("intake_look_back", [month]);
    if (visit.drop) await direct("intake_look", [visit.drop]);
  }

  /**
   * Whether a challenge is not the one that is worked for. What has another length is believed to be
   * none: a page of the wifi may stand in its place.
   * @param {Uint8Array} challenge
   */
  function isOther(challenge) {
    const known = files[challengePlace];
    return challenge.length === known.length
      && challenge.slice(0, 22).some((byte, at) => at !== 4 && byte !== known[at]);
  }

  /**
   * The hour and challenge of this moment, which come with a beat. Where they are those of
   * another directory, all files are fetched once more.
   * @param {() => void} failed Told when it did not come with a beat, and is waited for still.
   */
  async function newChallenge(failed) {
    const challenge = await page.beats.challenge(failed);
    const { status } = await call("intake_challenge", [challenge]);
    if (status === badChallenge) {
      files = await fetchFiles();
      const refusal = await verify();
      if (refusal) throw new page.Closed(closed[refusal] || "site");
    } else if (status) {
      throw new page.Closed(closed[status] || "site");
    } else {
      files[challengePlace] = challenge;
    }
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

  /**
   * The message is there: the machine ends, and its memory with keys and words goes. Covers are
   * made in a new one, which knows what is public only, and is there before the next beat.
   */
  function arrived() {
    older = [];
    visit.drop = null;
    machine.end();
    call("intake_random_shard", []).catch(() => {});
  }

  /** The visit is over: what was ready to go leaves; the machines and all they hold end. */
  function end() {
    if (ended) return;
    ended = true;
    page.beats.end();
    page.work.end();
    if (machine) machine.end();
    machine = null;
    files = [];
    older = [];
    visit.drop = null;
  }

  page.visit = visit;
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
