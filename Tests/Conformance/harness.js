"use strict";
/*
 * Runs the program in a real browser for the tests: as WebAssembly or as its translation, in a
 * Worker, as the page does. Parts travel as base64, because the test's driver speaks JSON.
 */

/**
 * One instance; `instantiateIntake` is defined beside it where it is the translation.
 * Its source is sent into a Worker as it stands, so it names nothing outside of it.
 */
function machine() {
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
  return {
    /** @param {ArrayBuffer | null} wasm */
    async load(wasm) {
      const begun = performance.now();
      if (wasm) program = (await WebAssembly.instantiate(wasm, { env: imports })).instance.exports;
      else program = /** @type {any} */ (self).instantiateIntake(imports);
      program._initialize();
      return { time: performance.now() - begun };
    },
    /** @param {string} prefix @param {string} operation @param {Uint8Array} input */
    run(prefix, operation, input) {
      const pointer = program[prefix + "_input"](input.length) >>> 0;
      new Uint8Array(program.memory.buffer, pointer, input.length).set(input);
      const begun = performance.now();
      const status = program[prefix + "_" + operation]();
      const time = performance.now() - begun;
      const start = program[prefix + "_output"]() >>> 0;
      const length = program[prefix + "_output_length"]();
      const output = new Uint8Array(program.memory.buffer, start, length).slice();
      return { status, output, time, memory: program.memory.buffer.byteLength };
    },
  };
}

/** @param {ReturnType<typeof machine>} made Answers the messages of a Worker with it. */
function serve(made) {
  self.onmessage = async ({ data }) => {
    try {
      const { wasm, prefix, operation, input } = data;
      const answer = operation ? made.run(prefix, operation, input) : await made.load(wasm);
      self.postMessage(answer);
    } catch (failure) {
      self.postMessage({ trap: String(failure) });
    }
  };
}

/** @type {Worker | null} */
let running = null;
/** @type {(message: any) => any} How the program that was started last is asked. */
let ask = async () => {
  throw new Error("nothing was started");
};

/** @param {any} message */
function askWorker(message) {
  return new Promise((resolve, reject) => {
    const worker = /** @type {Worker} */ (running);
    worker.onmessage = ({ data }) => (data.trap ? reject(new Error(data.trap)) : resolve(data));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}

/** @param {string} file */
async function get(file) {
  const answer = await fetch("program/" + file);
  if (!answer.ok) throw new Error(file + " is not there, scripts/build-page must make it");
  return answer;
}

/**
 * Starts a program in a Worker of its own, as the page does.
 * @param {string} name Of the files in the build folder, without ending.
 * @param {boolean} translated Whether to run the JavaScript instead of the WebAssembly.
 */
async function start(name, translated) {
  if (running) running.terminate();
  const before = translated ? await (await get(name + ".js")).text() : "";
  const wasm = translated ? null : await (await get(name + ".wasm")).arrayBuffer();
  const source = `${before};(${serve})((${machine})());`;
  running = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  ask = askWorker;
  return (await ask({ wasm })).time;
}

/**
 * Starts a program in this page itself, where a browser can be told to be slower than it is.
 * @param {string} name
 * @param {boolean} translated
 */
async function startHere(name, translated) {
  const made = machine();
  const wasm = translated ? null : await (await get(name + ".wasm")).arrayBuffer();
  if (translated) {
    const script = document.createElement("script");
    script.textContent = await (await get(name + ".js")).text();
    document.head.append(script);
  }
  ask = async ({ prefix, operation, input }) => made.run(prefix, operation, input);
  return (await made.load(wasm)).time;
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
