/**
 * The work of a stamp: it begins when somebody chose to whom, and runs in a machine of its own
 * while they write. It is bound to that organisation, and serves one message.
 */
(function (page) {
  "use strict";

  /** A slice takes about so many milliseconds. */
  const slice = 100;
  const mostHashes = 1024;
  const parts = 4;

  /**
   * @typedef {object} Search
   * @property {string} organisation
   * @property {number} share How far it is, from 0 to 1.
   * @property {any} machine
   * @property {boolean} over
   * @property {Promise<Uint8Array | null>} stamp null where there is no such organisation.
   */
  /** @type {Search | null} */
  let current = null;

  /**
   * Begins, unless work for this organisation is under way or done.
   * @param {string} organisation
   * @returns {Promise<Uint8Array | null>}
   */
  function begin(organisation) {
    if (current && current.organisation === organisation) return current.stamp;
    end();
    const none = /** @type {Promise<any>} */ (Promise.resolve(null));
    const mine = { organisation, share: 0, machine: null, over: false, stamp: none };
    current = mine;
    mine.stamp = search(mine, true);
    mine.stamp.catch(() => {
      if (current === mine) current = null;
    });
    return mine.stamp;
  }

  /**
   * After a trap it begins anew, once, with another ticket.
   * @param {Search} mine
   * @param {boolean} again
   */
  async function search(mine, again) {
    const asked = await page.visit.call("intake_asked", [mine.organisation]);
    if (asked.status || mine.over) return null;
    const machine = mine.machine = await page.engine.another();
    try {
      if (mine.over) return null;
      return await go(mine, asked.parts);
    } catch (trap) {
      if (mine.over) return null;
      if (!again || trap instanceof page.Closed) throw new page.Closed("browser");
      return search(mine, false);
    } finally {
      machine.end();
    }
  }

  /** @param {Search} mine @param {Uint8Array[]} asked Hour, challenge, tries. */
  async function go(mine, asked) {
    const tries = page.parts.number(asked[2]);
    const begun = await mine.machine.call("intake_work_begin", [...asked, mine.organisation]);
    if (begun.status) throw new page.Closed("site");
    for (let hashes = 8, tried = 0, found = 0; ; ) {
      const since = performance.now();
      const said = await mine.machine.call("intake_work_go", [hashes]);
      if (said.status) throw new page.Closed("browser");
      if (said.parts[1].length) {
        mine.share = 1;
        return said.parts[1];
      }
      const now = page.parts.number(said.parts[0]);
      tried = now === found ? tried + hashes : 0;
      found = now;
      mine.share = (found + 1 - Math.exp(-tried / tries)) / parts;
      const took = Math.max(1, performance.now() - since);
      hashes = Math.max(1, Math.min(mostHashes, 2 * hashes, Math.round(hashes * slice / took)));
    }
  }

  /** Ends it; a stamp that was made is thrown away. */
  function end() {
    if (!current) return;
    current.over = true;
    if (current.machine) current.machine.end();
    current = null;
  }

  page.work = { begin, end, share: () => (current ? current.share : 0) };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
