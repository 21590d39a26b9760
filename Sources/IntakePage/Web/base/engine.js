/**
 * The protocol's program and the Workers it runs in. Nothing of it runs on the page's own thread,
 * so a slow phone stays calm, and ending a Worker takes its memory with it.
 */
(function (page) {
  "use strict";

  /**
   * @typedef {object} Program
   * @property {ArrayBuffer | null} wasm
   * @property {Uint8Array} translation The JavaScript translation; empty beside WebAssembly.
   *
   * @typedef {object} Machine One Worker with one instance.
   * @property {(operation: string, values: any[]) => Promise<{status: number, parts: Uint8Array[]}>} call
   * @property {() => void} end
   */

  /** @type {Program | null} */
  let program = null;
  /** The source of a Worker, empty until it came with the rest of what is said. */
  let worker = "";

  const types = /** @type {any} */ (window).trustedTypes;
  const policy = types && types.createPolicy("briefje", {
    /** @param {string} url */
    createScriptURL(url) {
      if (!url.startsWith("blob:")) throw new TypeError("not a blob");
      return url;
    },
    /** @param {string} text Of the screens behind the program; the page's own policy pins it. */
    createScript: (text) => text,
  });

  /**
   * Takes what came beside the program: the screens behind it, and what runs them.
   * @param {Uint8Array} bytes
   */
  function take(bytes) {
    const rest = JSON.parse(page.parts.text(bytes));
    page.learn(rest);
    const script = /** @type {HTMLScriptElement} */ (page.make("script"));
    script.text = policy ? policy.createScript(rest.script) : rest.script;
    document.head.append(script);
    worker = rest.worker;
  }

  /**
   * @param {Program} program
   * @returns {Promise<Machine>} Fails where the program cannot run.
   */
  async function start(program) {
    const blob = new Blob([program.translation, "\n", worker], { type: "text/javascript" });
    const url = URL.createObjectURL(blob);
    const running = new Worker(policy ? policy.createScriptURL(url) : url);
    /** @type {Map<number, {resolve: (answer: any) => void, reject: (reason: Error) => void}>} */
    const waiting = new Map();
    let last = 0;
    let over = false;

    const fail = () => {
      over = true;
      running.terminate();
      waiting.forEach(({ reject }) => reject(new Error("the program stopped")));
      waiting.clear();
    };
    running.onerror = fail;
    running.onmessage = ({ data }) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (!asked) return;
      if (data.failed) {
        asked.reject(new Error("the program stopped"));
        fail();
      } else {
        asked.resolve({ status: data.status, parts: page.parts.split(data.output) });
      }
    };
    /** @param {string} operation @param {any} input @param {any[]} handedOver */
    const send = (operation, input, handedOver) => new Promise((resolve, reject) => {
      if (over) throw new Error("the program stopped");
      last += 1;
      waiting.set(last, { resolve, reject });
      running.postMessage({ id: last, operation, input }, handedOver);
    });

    try {
      await send("load", program.wasm, []);
    } finally {
      URL.revokeObjectURL(url);
    }
    return {
      call(operation, values) {
        const input = page.parts.join(values);
        return send(operation, input, [input.buffer]);
      },
      end: fail,
    };
  }

  /** Both programs are asked for so often where something else than the server answers. */
  const mostRounds = 3;
  const { rest, restIntegrity, wasm, wasmIntegrity, fallback, fallbackIntegrity } = page.deployment;

  /** @param {any} answer Of `pinned`. */
  const came = (answer) => Boolean(answer) && answer.status === 200;

  /**
   * Fetches what goes with the program and the program, and starts it: WebAssembly, or where that is
   * missing, fails, or is kept away by a filter, the translation of the same program.
   * @param {() => void} troubled Told when a request failed and will be made again.
   * @returns {Promise<Machine>} Fails where neither comes: the page is of before an upgrade, or
   *   somebody on the way answers for the server. A line that breaks is only waited for.
   */
  async function open(troubled) {
    if (program) return another();
    let runs = typeof WebAssembly === "object";
    for (let tries = 1; ; tries += 1) {
      let last;
      if (!worker) {
        last = await page.net.pinned(rest, restIntegrity);
        if (came(last)) take(last.bytes);
      }
      const first = worker && runs && await page.net.pinned(wasm, wasmIntegrity);
      if (came(first)) {
        program = { wasm: first.bytes.buffer, translation: new Uint8Array(0) };
        const machine = await start(program).catch(() => (runs = false));
        if (machine) return machine;
      }
      if (worker) last = await page.net.pinned(fallback, fallbackIntegrity);
      if (worker && came(last)) {
        program = { wasm: null, translation: last.bytes };
        return another();
      }
      program = null;
      if (tries >= mostRounds && last && last.status < 500) {
        throw new page.Closed(last.status === 404 ? "nieuw" : "filter");
      }
      troubled();
      await page.net.pause(page.net.waitAfter(tries));
    }
  }

  /** @returns {Promise<Machine>} A further machine with the program that works here. */
  async function another() {
    try {
      return await start(/** @type {Program} */ (program));
    } catch (failure) {
      throw new page.Closed("browser");
    }
  }

  page.engine = { open, another };
})(/** @type {any} */ (window).Briefje = /** @type {any} */ (window).Briefje || {});
