
"use strict";
// Filters and sorts the list of units, and says in words what it shows. Without it the page is the whole list.
(() => {
  const table = document.getElementById("lista");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const form = document.getElementById("filtros");
  const said = document.getElementById("cuantas");
  const words = said.dataset;
  const rows = [...body.rows];
  const spanish = new Intl.Collator("es", { numeric: true, sensitivity: "base" });
  let order = "";

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

  function asked() {
    const data = new FormData(form);
    return {
      states: data.getAll("estado"),
      late: data.get("tarde"),
      area: data.get("area"),
      parts: plain(data.get("texto")).split(/\s+/).filter(Boolean),
    };
  }

  function keeps(row, { states, late, area, parts }) {
    return (
      (!states.length || states.includes(row.dataset.state)) &&
      (!late || "late" in row.dataset) &&
      (!area || row.dataset.area === area) &&
      parts.every((part) => texts.get(row).includes(part))
    );
  }

  function counted(n) {
    if (n === 0) return words.none;
    if (n === rows.length) return n === 1 ? words.one : words.all;
    return n === 1 ? words.one : words.some;
  }

  function filters({ states, late, area }) {
    const typed = form.elements.texto.value.trim();
    const names = [...states];
    if (late) names.push(late);
    if (area) names.push(form.elements.area.selectedOptions[0].text);
    if (typed) names.push(`«${typed}»`);
    return names.length ? fill(words.filtered, { filtros: names.join(", ") }) : "";
  }

  function apply() {
    const wanted = asked();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !keeps(row, wanted);
      shown += row.hidden ? 0 : 1;
    }
    const parts = [fill(counted(shown), { n: shown, total: rows.length }), filters(wanted), order];
    said.textContent = parts.filter(Boolean).join(" ");
  }

  function compare(column, sign) {
    const key = (row) => row.cells[column].dataset.v;
    return (one, other) => {
      const [a, b] = [key(one), key(other)];
      if (!a || !b) return Number(!a) - Number(!b); // what is not there goes last
      return sign * spanish.compare(a, b);
    };
  }

  function sort(column) {
    const direction = heads[column].getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", direction);
    order = fill(words[direction], { columna: heads[column].textContent });
    body.append(...[...rows].sort(compare(column, direction === "ascending" ? 1 : -1)));
    apply();
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    order = "";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    body.append(...rows);
    setTimeout(apply); // once the fields are empty
  });
  form.hidden = false;
  apply();
})();
