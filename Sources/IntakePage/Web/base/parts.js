/** The form of what goes to and comes from the program: `(u32 length ‖ bytes)*`. */
(function (page) {
  "use strict";

  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  /** @param {number} value @returns {Uint8Array} Four bytes, big-endian. */
  function number(value) {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return bytes;
  }

  /**
   * @param {(Uint8Array | string | number)[]} values
   * @returns {Uint8Array}
   */
  function join(values) {
    const parts = values.map((value) => {
      if (typeof value === "string") return encoder.encode(value);
      return typeof value === "number" ? number(value) : value;
    });
    const joined = new Uint8Array(parts.reduce((size, part) => size + 4 + part.length, 0));
    let place = 0;
    for (const part of parts) {
      joined.set(number(part.length), place);
      joined.set(part, place + 4);
      place += 4 + part.length;
    }
    return joined;
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {Uint8Array[]}
   */
  function split(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const parts = [];
    for (let place = 0; place < bytes.length; ) {
      const length = view.getUint32(place);
      parts.push(bytes.subarray(place + 4, place + 4 + length));
      place += 4 + length;
    }
    return parts;
  }

  page.parts = {
    join,
    split,
    /** @param {Uint8Array} part */
    text: (part) => decoder.decode(part),
    /** @param {Uint8Array} part @param {number} [place] */
    number: (part, place) => new DataView(part.buffer, part.byteOffset).getUint32(place || 0),
    /** @param {string} text @returns {number} Bytes of the text in UTF-8. */
    size: (text) => encoder.encode(text).length,
  };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
