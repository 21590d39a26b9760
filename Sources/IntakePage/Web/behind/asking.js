/** Two things a reporter alone may decide: to pass a message on, and to let others do so. */
(function (page) {
  "use strict";

  const { element, say } = page;
  const kindConsent = 3;
  const kindRelease = 6;

  /** @type {any} The message or the question that this is about. */
  let subject = null;

  /** @param {string} step @param {string} text Fills the lines of a step. */
  function fill(step, text) {
    const values = {
      naam: subject.name, ander: page.nameOf(subject.other), dag: page.day(subject.day),
    };
    document.querySelectorAll("#step-" + step + " [data-say]").forEach((place) => {
      place.textContent = say(text + "." + place.getAttribute("data-say"), values);
    });
  }

  /** @param {string} step @param {string} text */
  function register(step, text) {
    page.steps.register(step, {
      enter(/** @type {any} */ one) {
        subject = one;
        fill(step, text);
      },
    });
  }
  register("pass", "doorgeven");
  register("transfer", "overdragen");
  page.steps.register("no", {});

  /**
   * Sends what has no words of its own.
   * @param {number} kind
   * @param {string} organisation
   * @param {string | number} about
   * @param {string} step Where it was decided.
   */
  function send(kind, organisation, about, step) {
    page.begin(true);
    Object.assign(page.journey, { kind, organisation, about, step });
    page.send();
  }

  element("pass-yes").onclick = () => send(kindRelease, subject.other, subject.index, "pass");
  element("pass-no").onclick = page.steps.back;
  element("transfer-yes").onclick = () => send(kindConsent, subject.id, subject.other, "transfer");
  element("transfer-no").onclick = () => page.steps.go("no", subject);
  element("no-why").onclick = () => {
    page.begin(true);
    page.journey.organisation = subject.id;
    page.steps.go("text");
  };
  element("no-back").onclick = () => page.steps.backTo("replies");

  /** What the last screen says of it: to whom it goes, and what that means. */
  page.sentTo = () => {
    const values = {
      naam: page.organisation(page.journey.organisation).name,
      van: subject && subject.name, ander: subject && page.nameOf(subject.other),
    };
    return say("verstuurd.aan" + page.journey.kind, values);
  };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
