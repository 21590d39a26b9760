// @ts-check
/**
 * Sealing and sending. Whatever goes wrong on the way, nothing is lost: the text stays in the
 * page and the same submission goes again by itself. The same one twice is one report.
 */
(function (page) {
  "use strict";

  const { element } = page;
  /** Most times a submission is made anew without a wait between. */
  const mostAtOnce = 3;
  /** A longer wait than this many seconds is said as a moment to come back. */
  const longWait = 900;
  const kindReport = 1;
  const kindFollowUp = 2;

  /** @type {{stopped: boolean} | null} The sending under way; a stopped one does nothing more. */
  let attempt = null;

  page.steps.register("sending", {});

  /** @param {string} line What happens now, in words. */
  function working(line) {
    element("main").classList.remove("still");
    element("sending-title").textContent = element("sending-title").dataset.words;
    element("sending-stuck").hidden = true;
    element("sending-line").textContent = line;
  }

  /** @param {string} line @param {boolean} byItself Whether it goes on without the visitor. */
  function stuck(line, byItself) {
    element("main").classList.add("still");
    element("sending-title").textContent = page.say("verstuur.titel-wacht");
    element("sending-line").textContent = line;
    element("sending-kept").hidden = !byItself;
    element("sending-stuck").hidden = false;
  }

  /** @returns {Promise<Uint8Array | null>} A submission, or null where the visitor was told why not. */
  async function seal() {
    const { followUp, kind, organisation, text, about } = page.journey;
    const sealed = await page.visit.call("intake_seal", [
      kind || (followUp ? kindFollowUp : kindReport), organisation, text,
      followUp ? "" : page.tree.answers(), about,
    ]);
    if (sealed.status === 0) return sealed.parts[0];
    if (sealed.status === 3) {
      const again = await page.visit.call("intake_check_text", [text]);
      page.steps.backTo("text");
      page.refuseText(again.status, again.parts);
    } else {
      const closed = [1, 5, 6].includes(sealed.status);
      stuck(page.say(closed ? "verstuur.plek-dicht" : "verstuur.weigert"), false);
    }
    return null;
  }

  /**
   * Sends until it is there, or until only the visitor can decide.
   * @param {{stopped: boolean}} mine
   */
  async function run(mine) {
    working(page.say("verstuur.sleutel"));
    await page.token.makeKeys();
    let body = null;
    for (let tries = 0, anew = 0; !mine.stopped; ) {
      if (!body) {
        working(page.say("verstuur.slot"));
        body = await seal();
        if (!body || mine.stopped) return;
        page.visit.setPending(body);
      }
      working(page.say("verstuur.weg"));
      const answer = await page.net.post(body);
      if (mine.stopped) return;
      if (answer && answer.status === 201) return arrived(answer.bytes);
      if (answer && (answer.status === 409 || answer.status === 428)) {
        // 409: the slot was taken; 428: more work, or a newer challenge. Sealed anew either way.
        if (answer.status === 428) await page.visit.refreshChallenge();
        body = null;
        anew += 1;
        if (anew <= mostAtOnce) continue;
      } else if (!page.net.passing(answer)) {
        page.visit.setPending(null);
        return stuck(page.say("verstuur.weigert"), false);
      }
      tries += 1;
      await wait(answer, tries);
    }
  }

  /** @param {any} answer @param {number} tries */
  async function wait(answer, tries) {
    const seconds = Math.max(page.net.waitAfter(tries), answer ? answer.retryAfter : 0);
    const wanneer = page.wait(seconds);
    if (!answer) stuck(page.say("verstuur.net", { wanneer }), true);
    else if (seconds > longWait) stuck(page.say("verstuur.druk-later", { wanneer }), true);
    else stuck(page.say("verstuur.druk", { wanneer }), true);
    await page.net.pause(seconds);
  }

  /** @param {Uint8Array} promise The body of the 201. */
  async function arrived(promise) {
    const { status, parts } = await page.visit.call("intake_promise", [promise]);
    if (status) return stuck(page.say("verstuur.twijfel"), false);
    page.visit.setSent();
    const { kind } = page.journey;
    element("sent-title").textContent = page.say("verstuurd.titel" + kind);
    element("sent-lead").textContent = page.say("verstuurd.goed" + kind);
    element("sent-to").textContent = page.sentTo();
    element("sent-read").textContent = page.say("verstuurd.lezen" + kind);
    const dag = page.day(page.parts.text(parts[0]));
    element("sent-day").textContent = page.say("verstuurd.dag", { dag });
    page.forgetWords();
    page.steps.forgetWay();
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

  function stop() {
    if (attempt) attempt.stopped = true;
    attempt = null;
    page.visit.setPending(null);
    page.net.wake();
  }

  element("sending-title").dataset.words = element("sending-title").textContent;
  element("send-now").onclick = () => {
    if (attempt && !element("sending-kept").hidden) page.net.wake();
    else send();
  };
  element("send-stop").onclick = () => {
    stop();
    page.steps.backTo(page.journey.step);
  };

  page.send = send;
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
