// @ts-check
"use strict";
/*
 * Runs the program in a real browser for the tests: as WebAssembly or as its translation, in a
 * Worker, as the page does. Parts travel as base64, because the test's driver speaks JSON.
 */

/** What runs inside the Worker; `instantiateIntake` stands before it where it is the translation. */
function worker() {
  /** @type {any} */
  let program = null;
  const imports = {
    fill_random(/** @type {number} */ pointer, /** @type {number} */ length) {
      for (let done = 0; done < length; done += 65536) {
        const size = Math.min(65536, length - done);
        crypto.getRandomValues(new Uint8Array(program.memory.buffer, (pointer >>> 0) + done, size));
      }
    },
  };

  /** @param {ArrayBuffer | null} wasm */
  async function load(wasm) {
    if (wasm) program = (await WebAssembly.instantiate(wasm, { env: imports })).instance.exports;
    else program = /** @type {any} */ (self).instantiateIntake(imports);
    program._initialize();
  }

  /** @param {string} prefix @param {string} operation @param {Uint8Array} input */
  function run(prefix, operation, input) {
    const pointer = program[prefix + "_input"](input.length) >>> 0;
    new Uint8Array(program.memory.buffer, pointer, input.length).set(input);
    const begun = performance.now();
    const status = program[prefix + "_" + operation]();
    const time = performance.now() - begun;
    const start = program[prefix + "_output"]() >>> 0;
    const length = program[prefix + "_output_length"]();
    const output = new Uint8Array(program.memory.buffer, start, length).slice();
    return { status, output, time, memory: program.memory.buffer.byteLength };
  }

  self.onmessage = async ({ data }) => {
    try {
      if (data.operation === "load") {
        const begun = performance.now();
        await load(data.wasm);
        self.postMessage({ time: performance.now() - begun });
      } else {
        self.postMessage(run(data.prefix, data.operation, data.input));
      }
    } catch (failure) {
      self.postMessage({ trap: String(failure) });
    }
  };
}

/** @type {Worker | null} */
let running = null;

/** @param {any} message */
function ask(message) {
  return new Promise((resolve, reject) => {
    const machine = /** @type {Worker} */ (running);
    machine.onmessage = ({ data }) => (data.trap ? reject(new Error(data.trap)) : resolve(data));
    machine.onerror = (event) => reject(new Error(event.message));
    machine.postMessage(message);
  });
}

/**
 * Starts a program in a Worker of its own.
 * @param {string} name Of the files in the build folder, without ending.
 * @param {boolean} translated Whether to run the JavaScript instead of the WebAssembly.
 */
async function start(name, translated) {
  if (running) running.terminate();
  const get = async (/** @type {string} */ file) => {
    const answer = await fetch("program/" + file);
    if (!answer.ok) throw new Error(file + " is not there, scripts/build-page must make it");
    return answer;
  };
  const before = translated ? await (await get(name + ".js")).text() : "";
  const wasm = translated ? null : await (await get(name + ".wasm")).arrayBuffer();
  const source = new Blob([before, ";(" + worker + ")()"], { type: "text/javascript" });
  running = new Worker(URL.createObjectURL(source));
  return (await ask({ operation: "load", wasm })).time;
}

/** @param {string} text Base64. */
function decoded(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
function encoded(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}

/**
 * Runs operations one after the other.
 * @param {string} prefix
 * @param {[string, string][]} calls Operation and base64 of its input.
 */
async function run(prefix, calls) {
  const answers = [];
  for (const [operation, input] of calls) {
    const answer = await ask({ prefix, operation, input: decoded(input) });
    answers.push({ ...answer, output: encoded(answer.output) });
  }
  return answers;
}
