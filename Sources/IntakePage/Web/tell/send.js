/**
 * Sealing and sending. Whatever goes wrong on the way, nothing is lost: the text stays in the
 * page and the same submission goes again by itself. The same one twice is one report.
 */
(function (page) {
  "use strict";

  const { element } = page;
  /** Longest wait, in seconds, that a server may ask for. */
  const longest = 30;
  const kindReport = 1;
  const kindFollowUp = 2;
  const stampAgain = 428;
  const noRoom = 503;

  /** @type {{stopped: boolean} | null} The sending under way; a stopped one does nothing more. */
  let attempt = null;
  /** @type {() => void} Shows what moves while it waits. */
  let moves = () => {};

  page.steps.register("sending", {
    count: () => page.stepCount(),
    /** Back does what the button there does; what is leaving this moment is not called back. */
    leave() {
      if (element("send-stop").hidden) return false;
      stop();
      return true;
    },
  });
  setInterval(() => moves(), 1000);

  /**
   * What happens now, in words. They are said once; what moves is only seen.
   * @param {string} line
   * @param {{stuck?: boolean, note?: string, retry?: boolean, stop?: boolean}} [more] Whether it
   *   is held up; a further line; which buttons there are.
   */
  function show(line, more) {
    const { stuck, note, retry, stop } = Object.assign({ note: "" }, more);
    element("main").classList.toggle("still", Boolean(stuck));
    const title = element("sending-title");
    title.textContent = stuck ? page.say("verstuur.titel-wacht") : title.dataset.words;
    element("sending-line").textContent = line;
    element("sending-note").textContent = note;
    element("sending-call").hidden = !stuck;
    element("send-now").hidden = !retry;
    element("send-stop").hidden = !stop;
    element("sending-work").hidden = true;
    element("sending-count").textContent = "";
    moves = () => {};
  }

  /** @param {string} reason Only the visitor can decide what comes next. */
  function stuck(reason) {
    page.beats.withdraw();
    show(page.say("verstuur." + reason), { stuck: true, retry: true, stop: true });
  }

  /** The work of the stamp, which may be done already; how far it is, is shown. */
  async function worked() {
    const stamp = page.work.begin(page.journey.organisation);
    show(page.say("verstuur.werk"), { note: page.say("verstuur.open"), stop: true });
    const bar = element("sending-work");
    moves = () => (bar.value = page.work.share());
    moves();
    bar.hidden = false;
    return stamp;
  }

  /** All that a message says. */
  function what() {
    const { followUp, kind, organisation, text, about } = page.journey;
    return JSON.stringify([followUp || page.tree.answers(), kind, organisation, text, about]);
  }

  /** The same message as before, where it may have arrived already: the same one twice is one. */
  function sealed() {
    const before = page.journey.sealed;
    return before && before.what === what() ? before.body : null;
  }

  /**
   * @param {Uint8Array | null} stamp
   * @returns {Promise<Uint8Array | null>} A submission, or null where the visitor was told why not.
   */
  async function seal(stamp) {
    const { followUp, kind, organisation, text, about } = page.journey;
    const said = await page.visit.call("intake_seal", [
      kind || (followUp ? kindFollowUp : kindReport), organisation, text,
      followUp ? "" : page.tree.answers(), about, stamp || "",
    ]);
    if (said.status === 0) {
      page.journey.sealed = { what: what(), body: said.parts[0] };
      return said.parts[0];
    }
    if (said.status === 3) {
      const again = await page.visit.call("intake_check_text", [text]);
      page.steps.backTo("text");
      page.refuseText(again.status);
    } else {
      stuck([1, 5].includes(said.status) ? "plek-dicht" : "weigert");
    }
    return null;
  }

  /** Says that it is ready, and counts down for who looks. @param {any} answer Of the last try. */
  function waits(answer) {
    if (answer === undefined) {
      show(page.say("verstuur.klaar"), { note: page.say("verstuur.nu-weg"), stop: true });
    } else {
      fails(answer);
    }
    moves = () => {
      const n = page.beats.untilSent();
      element("sending-count").textContent = n ? page.say("verstuur.nog", { n }) : "";
    };
    moves();
  }

  /** Says that it did not go, and goes on by itself. @param {any} answer */
  function fails(answer) {
    const reason = answer && answer.status === noRoom ? "druk" : "net";
    const note = page.say("verstuur.bewaard");
    show(page.say("verstuur." + reason), { stuck: true, note, stop: true });
  }

  /**
   * Sends until it is there, or until only the visitor can decide. It is sealed once: whatever
   * is answered, the same envelope goes again, at most under another stamp.
   * @param {{stopped: boolean}} mine
   */
  async function run(mine) {
    show(page.say("verstuur.sleutel"), { stop: true });
    const since = performance.now();
    moves = () => {
      const n = Math.round((performance.now() - since) / 1000);
      element("sending-count").textContent = page.say("wacht.al", { n });
    };
    await page.token.makeKeys();
    if (mine.stopped) return;
    let body = sealed() || await seal(await unlessStopped(mine, worked()));
    let answer;
    while (body && !mine.stopped) {
      const wait = Math.min(longest, (answer || {}).retryAfter || 0);
      const sent = page.beats.send(body, wait, () => show(page.say("verstuur.weg")));
      waits(answer);
      answer = await unlessStopped(mine, sent);
      if (answer && answer.status === 201) return arrived(answer.bytes, body);
      if (answer && answer.status === stampAgain) {
        body = await stamped(mine, body);
        answer = undefined;
      } else if (!page.net.passing(answer)) {
        page.journey.sealed = null;
        return stuck("weigert");
      }
    }
  }

  /** The same message under a stamp of this hour. @param {any} mine @param {Uint8Array} body */
  async function stamped(mine, body) {
    page.beats.withdraw();
    page.work.end();
    show(page.say("verstuur.zegel"), { note: page.say("verstuur.open"), stop: true });
    await unlessStopped(mine, page.visit.newChallenge(() => mine.stopped || fails(null)));
    const stamp = await unlessStopped(mine, worked());
    const { status, parts } = await page.visit.call("intake_stamp", [body, stamp || ""]);
    if (status === 0) {
      page.journey.sealed.body = parts[0];
      return parts[0];
    }
    stuck("plek-dicht");
    return null;
  }

  /** Never goes on for a sending that was stopped. @param {any} mine @param {Promise<any>} what */
  function unlessStopped(mine, what) {
    return what.then((said) => (mine.stopped ? new Promise(() => {}) : said));
  }

  /** @param {Uint8Array} promise The body of the 201. @param {Uint8Array} body */
  async function arrived(promise, body) {
    const { status, parts } = await page.visit.call("intake_promise", [promise, body]);
    if (status) return stuck("twijfel");
    attempt = null;
    page.beats.forget();
    page.work.end();
    show("");
    const { followUp } = page.journey;
    const kind = page.journey.kind || (followUp ? kindFollowUp : 0);
    element("sent-title").textContent = page.say("verstuurd.titel" + kind);
    element("sent-lead").textContent = page.say("verstuurd.goed" + kind);
    element("sent-to").textContent = page.sentTo();
    element("sent-read").textContent = page.say("verstuurd.lezen" + kind);
    const dag = page.day(page.ownDay(page.parts.text(parts[0])));
    element("sent-day").textContent = page.say("verstuurd.dag", { dag });
    const { codeless } = page.journey;
    element("sent-look").hidden = element("sent-paper").hidden = codeless;
    element("sent-when").textContent = page.say("verstuurd.wanneer" + (codeless ? "-zonder" : ""));
    page.forgetWords();
    page.steps.forgetWay();
    page.visit.arrived();
    page.steps.go("sent");
  }

  /** Whether the visitor saw that this device and the server do not agree on the day. */
  let agreed = false;

  page.steps.register("clock", {
    enter: () => (element("clock-line").textContent = page.clocks()),
  });
  element("clock-send").onclick = () => {
    agreed = true;
    send();
  };

  function send() {
    if (page.visit.siteDay && !agreed) return page.steps.go("clock");
    stop();
    const mine = { stopped: false };
    attempt = mine;
    element("send-stop").textContent = page.say(page.journey.kind ? "terug.knop" : "terug.tekst");
    if (!page.steps.isOn("sending")) page.steps.go("sending");
    // Not awaited: while it waits, the visitor may do something else.
    run(mine).catch(page.closed);
  }

  /** Its stamp may be spent: what is sealed next has another. */
  function stop() {
    if (!attempt) return;
    attempt.stopped = true;
    attempt = null;
    page.beats.withdraw();
    page.work.end();
  }

  element("sending-title").dataset.words = element("sending-title").textContent;
  element("send-now").onclick = send;
  element("send-stop").onclick = () => {
    stop();
    page.steps.backTo(page.journey.step);
  };

  page.send = send;
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
