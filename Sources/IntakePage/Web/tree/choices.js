/** Native radio inputs, made from a list. */
(function (page) {
  "use strict";

  /**
   * @param {HTMLElement} place
   * @param {string} name
   * @param {{id: string, title: string, lines?: string[]}[]} choices
   * @param {string} chosen
   */
  function fill(place, name, choices, chosen) {
    place.textContent = "";
    choices.forEach(({ id, title, lines }) => {
      const label = page.make("label", "", "choice");
      const input = /** @type {HTMLInputElement} */ (page.make("input"));
      Object.assign(input, { type: "radio", name, value: id, checked: id === chosen, autocomplete: "off" });
      const words = page.make("span");
      words.append(page.make(lines ? "b" : "span", title));
      (lines || []).forEach((line) => words.append(page.make("small", line)));
      label.append(input, words);
      place.append(label);
    });
    place.onchange = page.steps.clearMend;
    place.onkeydown = (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        /** @type {any} */ (place.closest(".note")).querySelector(".button").click();
      }
    };
  }

  /** @param {HTMLElement} place @returns {string} The id chosen, empty for none. */
  function chosen(place) {
    const input = /** @type {HTMLInputElement | null} */ (place.querySelector("input:checked"));
    return input ? input.value : "";
  }

  page.choices = { fill, chosen };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
