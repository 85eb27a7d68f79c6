// Python in the browser, from this site's own files. Takes the place of xlwings' module of the same name, which loads
// Python from elsewhere. A function that Excel calls before Python is there waits for it.
import { config } from "./config.js";

const vendor = new URL("../vendor/pyodide/", import.meta.url).href;
const program = new URL("../poa/python.zip", import.meta.url).href;
const NAMES = {
  wasmCustomFunctionsCall: "custom_functions_call",
  wasmCustomScriptsCall: "custom_scripts_call",
  wasmCustomScriptsMeta: "custom_scripts_meta",
};

async function start() {
  const [{ loadPyodide }, response] = await Promise.all([import(`${vendor}pyodide.mjs`), fetch(program)]);
  if (!response.ok) throw new Error(`${program}: ${response.status}`);
  const [pyodide, archive] = await Promise.all([
    loadPyodide({ indexURL: vendor, env: { HOME: "/home/pyodide", XLWINGS_LICENSE_KEY: "noncommercial" } }),
    response.arrayBuffer(),
  ]);
  pyodide.FS.writeFile("/python.zip", new Uint8Array(archive));
  pyodide.runPython("import sys; sys.path.insert(0, '/python.zip')");
  const runtime = pyodide.pyimport("wasm_runtime");
  for (const [name, inPython] of Object.entries(NAMES)) globalThis[name] = runtime[inPython];
  return pyodide;
}

export const pyodideReadyPromise = config.onWasm ? start() : Promise.resolve();
if (config.onWasm) {
  globalThis.wasmCustomFunctionsCall = async (body) => {
    await pyodideReadyPromise;
    return globalThis.wasmCustomFunctionsCall(body);
  };
}

export async function startPyodide() {
  return pyodideReadyPromise;
}
