// A small stand-in for Office, Excel and CustomFunctions: a workbook of values, as much as the task pane and xlwings'
// scripts ask for. What is not here throws, so that a test never passes on something Excel was not asked.
// `officeStub` is for the tests: open(workbook), call(function, arguments), calls([[function, arguments]…]),
// values(sheet), selected() and others.
(function () {
  const functions = {};
  const book = { name: "prueba.xlsx", sheets: [], names: [], active: null, selection: "A1" };

  const letters = (column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));
  const number = (name) => [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  function corners(address) {
    const found = /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(address);
    if (!found) throw new Error(`no such address: ${address}`);
    const [, c1, r1, c2, r2] = found;
    return [Number(r1) - 1, number(c1), Number(r2 || r1) - 1, number(c2 || c1)];
  }

  // What a cell shows of what is typed into it. Of formulas only links are known.
  function typedIn(value) {
    if (typeof value !== "string") return value;
    if (value.startsWith("'")) return value.slice(1);
    if (!value.startsWith("=")) return value;
    const link = /^=HYPERLINK\("(?:[^"]|"")*","((?:[^"]|"")*)"\)$/.exec(value);
    if (!link) throw new Error(`no such formula: ${value}`);
    return link[1].replaceAll('""', '"');
  }

  class Thing {
    load() {
      return this;
    }
  }
  const nothing = () => Object.assign(new Thing(), { isNullObject: true });
  const collection = (items = []) => Object.assign(new Thing(), { items });
  // Colours, fonts and widths: taken and forgotten.
  const format = () => new Proxy(function () {}, { get: () => format(), set: () => true, apply: () => format() });

  class Range extends Thing {
    constructor(worksheet, top, left, bottom, right) {
      super();
      Object.assign(this, { worksheet, rowIndex: top, columnIndex: left, bottom, right, isNullObject: false });
      this.rowCount = bottom - top + 1;
      this.columnCount = right - left + 1;
      this.format = format();
    }
    get address() {
      const last = `${letters(this.right)}${this.bottom + 1}`;
      const first = `${letters(this.columnIndex)}${this.rowIndex + 1}`;
      return `${this.worksheet.name}!${first === last ? first : `${first}:${last}`}`;
    }
    grid(read) {
      return Array.from({ length: this.rowCount }, (_, r) =>
        Array.from({ length: this.columnCount }, (_, c) => read(this.rowIndex + r, this.columnIndex + c)),
      );
    }
    get values() {
      return this.grid((r, c) => this.worksheet.rows[r]?.[c] ?? "");
    }
    set values(values) {
      if (values.length !== this.rowCount || values.some((row) => row.length !== this.columnCount))
        throw new Error(`values of another size for ${this.address}`);
      this.grid((r, c) => {
        const value = values[r - this.rowIndex][c - this.columnIndex];
        // Excel leaves a cell as it is for null.
        if (value !== null && value !== undefined) (this.worksheet.rows[r] ??= [])[c] = typedIn(value);
      });
    }
    set formulas(formulas) {
      this.values = formulas;
    }
    get numberFormat() {
      return this.grid((r, c) => this.worksheet.formats[`${r},${c}`] ?? "General");
    }
    set numberFormat(ignored) {}
    set hyperlink(link) {
      this.worksheet.links[this.address] = link;
      this.values = [[link.textToDisplay]];
    }
    clear() {
      this.values = this.grid(() => "");
    }
    select() {
      book.active = this.worksheet;
      book.selection = this.address.split("!").pop();
    }
  }

  class Worksheet extends Thing {
    constructor({ name, visibility = "Visible", rows = [], formats = {} }) {
      super();
      Object.assign(this, { name, visibility, rows, formats, links: {}, showGridlines: true, isNullObject: false });
      for (const each of ["tables", "charts", "pivotTables", "shapes", "notes", "names"]) this[each] = collection();
      this.pageLayout = { getPrintAreaOrNullObject: nothing };
      this.protection = Object.assign(new Thing(), { protected: false, protect() {}, unprotect() {} });
    }
    get position() {
      return book.sheets.indexOf(this);
    }
    set position(position) {
      book.sheets.splice(this.position, 1);
      book.sheets.splice(position, 0, this);
    }
    getRange(address) {
      return new Range(this, ...corners(address));
    }
    getRangeByIndexes(row, column, rows, columns) {
      return new Range(this, row, column, row + rows - 1, column + columns - 1);
    }
    getUsedRangeOrNullObject() {
      const used = [];
      this.rows.forEach((row, r) => row.forEach((value, c) => value !== "" && value != null && used.push([r, c])));
      if (used.length === 0) return nothing();
      const edge = (pick, axis) => used.reduce((found, place) => pick(found, place[axis]), used[0][axis]);
      return new Range(this, edge(Math.min, 0), edge(Math.min, 1), edge(Math.max, 0), edge(Math.max, 1));
    }
    activate() {
      book.active = this;
      book.selection = "A1";
    }
  }

  class Worksheets extends Thing {
    get items() {
      return [...book.sheets];
    }
    getItem(name) {
      const found = book.sheets.find((sheet) => sheet.name === name);
      if (!found) throw new Error(`ItemNotFound: ${name}`);
      return found;
    }
    getItemOrNullObject(name) {
      return book.sheets.find((sheet) => sheet.name === name) ?? nothing();
    }
    getActiveWorksheet() {
      return book.active;
    }
    add(name) {
      const sheet = new Worksheet({ name });
      book.sheets.push(sheet);
      return sheet;
    }
  }

  class Name extends Thing {
    constructor({ name, formula, sheet, address }) {
      super();
      Object.assign(this, { name, formula, type: "Range", sheet, address });
    }
    getRangeOrNullObject() {
      const sheet = book.sheets.find((each) => each.name === this.sheet);
      return sheet ? sheet.getRange(this.address) : nothing();
    }
  }

  class RequestContext {
    constructor() {
      const culture = Object.assign(new Thing(), {
        name: "es-BO",
        datetimeFormat: Object.assign(new Thing(), { shortDatePattern: "d/M/yyyy" }),
      });
      this.application = Object.assign(new Thing(), { calculationMode: "Automatic", cultureInfo: culture });
      this.workbook = Object.assign(new Thing(), {
        name: book.name,
        application: this.application,
        worksheets: new Worksheets(),
        names: collection(book.names),
        getSelectedRange: () => book.active.getRange(book.selection),
      });
    }
    async sync() {}
  }

  globalThis.Excel = {
    RequestContext,
    run: async (work) => work(new RequestContext()),
    ShapeType: { image: "Image" },
    ClearApplyTo: { contents: "Contents", formats: "Formats", all: "All" },
  };

  globalThis.Office = {
    onReady: async (then) => {
      const info = { host: "Excel", platform: "OfficeOnline" };
      if (then) then(info);
      return info;
    },
    actions: { associate() {} },
    context: {
      platform: "OfficeOnline",
      // All of Excel's API, nothing that only a desktop has.
      requirements: { isSetSupported: (name) => name !== "ExcelApiDesktop" },
    },
  };

  class FunctionError extends Error {
    constructor(code, message) {
      super(message);
      this.code = code;
    }
  }
  globalThis.CustomFunctions = {
    Error: FunctionError,
    ErrorCode: { invalidValue: "#VALUE!" },
    associate(name, call) {
      functions[name] = call;
    },
  };

  globalThis.officeStub = {
    open({ name = "prueba.xlsx", sheets, names = [] }) {
      book.name = name;
      book.sheets = sheets.map((sheet) => new Worksheet(sheet));
      book.names = names.map((each) => new Name(each));
      book.active = book.sheets[0];
      book.selection = "A1";
    },
    names: () => Object.keys(functions).sort(),
    // As Excel calls a function: every argument a table, and at the end what says where the formula stands.
    async call(name, given) {
      try {
        return { ok: await functions[name](...given, { address: "Hoja!A1" }) };
      } catch (error) {
        return { error: `${error.code ?? ""} ${error.message}` };
      }
    },
    async calls(list) {
      const results = [];
      for (const [name, given] of list) results.push(await this.call(name, given));
      return results;
    },
    values: (sheet) => book.sheets.find((each) => each.name === sheet).rows,
    selected: () => [book.active.name, book.selection],
  };
  globalThis.officeStub.open(globalThis.openedWorkbook ?? { sheets: [{ name: "Hoja" }] });
})();
