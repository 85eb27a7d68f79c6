// The task pane: runs a script of the add-in, then shows the sheet of observations and goes to the cells it names.
// It knows no rule and no message: words and layout come from the page, findings from the workbook.

const { texts, layout } = JSON.parse(document.getElementById("panel").textContent);
const summary = document.getElementById("summary");
const failure = document.getElementById("failure");
const list = document.getElementById("findings");
const how = document.getElementById("how");
const buttons = [...document.querySelectorAll("[data-script]")];

function showFailure(detail) {
  failure.hidden = !detail;
  failure.textContent = detail ? `${texts.fallo} ${detail}` : "";
}

function setBusy(busy) {
  // aria-disabled keeps the focus where it is; a disabled button would lose it.
  for (const button of buttons) button.setAttribute("aria-disabled", String(busy));
  list.setAttribute("aria-busy", String(busy));
}

// What xlwings' own runPython could not do; it writes that into the element of this name.
function takeError() {
  const element = document.getElementById("global-error-alert");
  const failed = !element.classList.contains("d-none");
  element.classList.add("d-none");
  return failed ? element.querySelector("span").textContent : "";
}

// The sheet of observations: the first of its name, or of its name with a number, that has our headers.
async function readObservations() {
  return Excel.run(async (context) => {
    const sheets = context.workbook.worksheets;
    sheets.load("items/name");
    await context.sync();
    const names = sheets.items.map((item) => item.name);
    for (const name of names.filter((each) => each === layout.sheet || each.startsWith(`${layout.sheet} `))) {
      const range = sheets.getItem(name).getRange(`A1:E${layout.lastRow}`).load("values");
      await context.sync();
      const headers = range.values[layout.headerRow - 1];
      if (layout.headers.every((header, i) => header === headers[i])) {
        const rows = range.values.slice(layout.firstRow - 1).filter((row) => String(row[0]) !== "");
        return { summary: String(range.values[layout.summaryRow - 1][0]), rows, sheets: names };
      }
    }
    return { summary: texts.sinHoja, rows: [], sheets: names };
  });
}

async function goTo(sheet, cell) {
  await Excel.run(async (context) => {
    const worksheet = context.workbook.worksheets.getItem(sheet);
    worksheet.activate();
    worksheet.getRange(cell).select();
    await context.sync();
  });
}

function target(place, sheets) {
  if (sheets.includes(place)) return [place, "A1"];
  const mark = place.lastIndexOf("!");
  const sheet = place.slice(0, Math.max(mark, 0));
  return sheets.includes(sheet) ? [sheet, place.slice(mark + 1)] : null;
}

function line(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}

function item([place, severity, code, what, action], sheets) {
  const where = target(String(place), sheets);
  const box = document.createElement(where ? "button" : "div");
  box.className = `finding ${severity}`;
  if (where) {
    box.type = "button";
    box.addEventListener("click", () => goTo(...where).catch((error) => showFailure(String(error.message || error))));
  }
  box.append(line("place", `${place} · ${severity} ${code}`), line("what", what), line("action", action));
  const entry = document.createElement("li");
  entry.append(box);
  return entry;
}

async function show() {
  const found = await readObservations();
  summary.textContent = found.summary;
  list.replaceChildren(...found.rows.map((row) => item(row, found.sheets)));
  how.hidden = found.rows.length === 0;
}

const letters = (column) =>
  (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

// Sheet -> number format -> cells with a number, of the formats that are more than places for digits. xlwings sends the
// numbers alone, and 0.175 may be shown as 17,5 %.
async function readFormats() {
  return Excel.run(async (context) => {
    const sheets = context.workbook.worksheets;
    sheets.load("items/name");
    await context.sync();
    const used = sheets.items.map((sheet) => {
      const range = sheet.getUsedRangeOrNullObject(true);
      return [sheet.name, range.load("values, numberFormat, rowIndex, columnIndex")];
    });
    await context.sync();
    const found = {};
    for (const [name, range] of used.filter(([, each]) => !each.isNullObject)) {
      const { values, numberFormat } = range;
      values.forEach((row, r) => row.forEach((value, c) => {
        const code = numberFormat[r][c];
        if (typeof value !== "number" || !/[%$"[\\]|[^\x20-\x7e]/.test(code)) return;
        ((found[name] ??= {})[code] ??= []).push(`${letters(range.columnIndex + c)}${range.rowIndex + r + 1}`);
      }));
    }
    return found;
  });
}

async function run(script) {
  if (buttons[0].getAttribute("aria-disabled") === "true") return;
  setBusy(true);
  showFailure("");
  summary.textContent = texts.espere;
  try {
    await xlwings.runPython({ scriptName: script, errorDisplayMode: "taskpane", args: [await readFormats()] });
    const error = takeError();
    await show();
    if (error) {
      summary.textContent = "";
      showFailure(error);
    }
  } catch (error) {
    summary.textContent = "";
    showFailure(String(error.message || error));
  } finally {
    setBusy(false);
  }
}

for (const button of buttons) button.addEventListener("click", () => run(button.dataset.script));
Office.onReady()
  .then((info) => (info.host ? show() : void (summary.textContent = texts.fuera)))
  .catch((error) => showFailure(String(error.message || error)));
