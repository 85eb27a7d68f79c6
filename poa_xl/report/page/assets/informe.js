
"use strict";
// The trail of a figure on click, tables that sort and filter. Without it the page can be read whole.
(() => {
  const words = JSON.parse(document.getElementById("palabras").textContent);
  const data = JSON.parse(document.getElementById("datos").textContent);
  const dialog = document.getElementById("rastro");
  const body = document.getElementById("rastro-cuerpo");
  for (const one of document.querySelectorAll(".mandos")) one.hidden = false;

  const made = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };
  const line = (label, text, name) => {
    const paragraph = made("p", "", name);
    paragraph.append(made("span", `${label}: `, "rotulo"), made("bdi", text));
    return paragraph;
  };
  const origin = ([file, sheet, row]) => {
    const [name, sha256] = data.archivos[file];
    const told = [name, words.sheet.replace("{}", sheet), row ? words.row.replace("{}", row) : ""];
    const found = line(words.file, told.filter(Boolean).join(", "), "lugar");
    if (sha256) found.append(made("span", ` SHA-256 ${sha256}`, "huella"));
    return found;
  };
  const cell = (title, address, value) => {
    const item = made("li", `${title} `);
    item.append(made("b", value || words.blank), made("span", address ? ` ${address}` : "", "celda"));
    return item;
  };
  // The tasks of an operation with the months of the figure, each at its cell.
  const tasks = ([rows, first, last, known]) => {
    const list = made("ul", "", "partes");
    for (const place of rows) {
      const [from, name, ...months] = data.tareas[place];
      const item = made("li", name);
      const cells = made("ul", "", "celdas");
      for (const side of [0, 1]) {
        for (let month = first; month <= (side ? known : last); month += 1) {
          const [title, letters] = data.columnas[side][month - 1];
          cells.append(cell(title, from[2] ? `${letters}${from[2]}` : "", months[side][month - 1]));
        }
      }
      item.append(origin(from), cells);
      list.append(item);
    }
    return list;
  };
  const facts = (step) => {
    const found = document.createDocumentFragment();
    if (step.r !== undefined && data.reglas[step.r]) found.append(line(words.rule, data.reglas[step.r]));
    if (step.s) found.append(line(words.numbers, step.s, "numeros"));
    for (const text of step.a || []) found.append(made("p", text, "aclara"));
    if (step.c) found.append(line(words.cell, step.c, "lugar"));
    if (step.o) found.append(origin(step.o));
    for (const [kind, code, text] of step.n || []) found.append(line(`${kind} ${code}`, text, "nota"));
    if (step.d) {
      const cells = made("ul", "", "celdas");
      for (const [title, address, value] of step.d) cells.append(cell(title, address, value));
      found.append(cells);
    }
    if (step.k) found.append(tasks(step.k));
    if (step.p && step.p.length) {
      const list = made("ul", "", "partes");
      for (const part of step.p) list.append(folded(typeof part === "string" ? data.pasos[part] : part));
      found.append(list);
    }
    return found;
  };
  // Parts are made when somebody opens them: the entity has ten thousand rows below it.
  const folded = (step) => {
    const item = made("li");
    const details = made("details");
    const summary = made("summary");
    summary.append(made("bdi", step.t), made("span", step.v ? ` ${step.v}` : "", "valor"));
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.open && !details.dataset.made) {
        details.dataset.made = "1";
        details.append(facts(step));
      }
    });
    item.append(details);
    return item;
  };
  document.addEventListener("click", (event) => {
    const figure = event.target.closest("[data-cifra]");
    if (!figure) return;
    const id = figure.dataset.cifra;
    const step = data.pasos[id];
    const title = document.getElementById("rastro-titulo");
    title.textContent = step ? `${step.t}: ${step.v}` : figure.textContent;
    body.replaceChildren(line(words.id, id, "lugar"));
    if (step) body.append(facts(step));
    else body.append(made("p", words.noTrail));
    dialog.showModal();
    title.focus();
  });

  const key = (row, place) => {
    const found = row.children[place];
    const value = found.dataset.valor;
    return value === undefined ? found.textContent.trim() : Number(value);
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1; // what is no number stands last
    return a.localeCompare(b, "es", { numeric: true });
  };
  for (const table of document.querySelectorAll(".cuadro table")) {
    const rows = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const button = made("button", head.textContent, "orden");
      button.type = "button";
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const movable = [...rows.rows].filter((row) => !row.classList.contains("total"));
        const totals = [...rows.rows].filter((row) => row.classList.contains("total"));
        movable.sort((a, b) => compare(key(a, place), key(b, place)) * (down ? -1 : 1));
        rows.append(...movable, ...totals);
      });
      head.replaceChildren(button);
    });
  }
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  for (const input of document.querySelectorAll("[data-filtro]")) {
    input.addEventListener("input", () => {
      const wanted = plain(input.value.trim());
      const rows = [...document.querySelectorAll(`#${CSS.escape(input.dataset.filtro)} tbody tr`)];
      for (const row of rows) row.hidden = !plain(row.textContent).includes(wanted);
      const left = rows.filter((row) => !row.hidden).length;
      const status = document.querySelector(`[data-cuenta="${CSS.escape(input.dataset.filtro)}"]`);
      status.textContent = wanted ? words.rows.replace("{}", left).replace("{}", rows.length) : "";
    });
  }
})();
