"use strict";
/*
 * Runs inside a Worker made from a blob: one instance of the protocol's program, one visit.
 * It knows no cryptography and no operation: bytes go in, a status and bytes come out.
 * Where WebAssembly is missing, the program's JavaScript translation stands before this source
 * in the same blob and defines `instantiateIntake`.
 */
(function () {
  /** Most bytes `crypto.getRandomValues` gives at a time. */
  const randomSlice = 65536;

  /** @type {any} The program's exports, once it is loaded. */
  let program = null;

  const imports = {
    /** @param {number} pointer @param {number} length */
    fill_random(pointer, length) {
      for (let done = 0; done < length; done += randomSlice) {
        const size = Math.min(randomSlice, length - done);
        crypto.getRandomValues(new Uint8Array(program.memory.buffer, (pointer >>> 0) + done, size));
      }
    },
  };

  /** @param {ArrayBuffer | null} wasm The WebAssembly, or null for the translation. */
  async function load(wasm) {
    if (wasm) {
      const made = await WebAssembly.instantiate(wasm, { env: imports });
      program = made.instance.exports;
    } else {
      program = /** @type {any} */ (self).instantiateIntake(imports);
    }
    program._initialize();
  }

  /**
   * One operation. The input is wiped here after it was handed over; the program wipes its own.
   * @param {string} operation
   * @param {Uint8Array} input
   */
  function run(operation, input) {
    const pointer = program.intake_input(input.length) >>> 0;
    new Uint8Array(program.memory.buffer, pointer, input.length).set(input);
    input.fill(0);
    const status = program[operation]();
    const start = program.intake_output() >>> 0;
    const output = new Uint8Array(program.memory.buffer, start, program.intake_output_length()).slice();
    return { status, output };
  }

  self.onmessage = async function (event) {
    const { id, operation, input } = event.data;
    try {
      if (operation === "load") {
        await load(input);
        self.postMessage({ id, status: 0, output: new Uint8Array(0) });
        return;
      }
      const { status, output } = run(operation, input);
      self.postMessage({ id, status, output }, [output.buffer]);
    } catch (failure) {
      // A trap: the instance is not to be used again. What it said is nobody's business.
      self.postMessage({ id, failed: true });
    }
  };
})();
