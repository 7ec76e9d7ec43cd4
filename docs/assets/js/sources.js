// Filters of the sources: hides and orders the page's own rows by what the fragment says.
(() => {
  "use strict";

  const host = document.getElementById("wa-sources");
  if (!host) return;
  const { fragment, take, leaveOut, follow } = window.WASteps;
  const KEYS = ["text", "kind", "age", "read", "order"];
  const fields = Object.fromEntries(KEYS.map((key) => [key, document.getElementById(`wa-${key}`)]));
  const said = host.querySelector("[role=status]");
  const clear = host.querySelector("button");
  const body = document.querySelector(".wa-sources-table").tBodies[0];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...body.rows].map((row) => ({ row, words: fold(`${row.cells[0].textContent} ${row.cells[1].textContent}`) }));
  const cell = (n) => ({ row }) => row.cells[n].textContent;
  const published = cell(3);
  const dated = (entry) => published(entry) !== "undated";
  // What has no date stands last, in both directions.
  const byDate = (sign) => (one, other) => dated(other) - dated(one) || sign * published(one).localeCompare(published(other));
  const ORDERS = {
    newest: byDate(-1),
    oldest: byDate(1),
    checked: (one, other) => cell(4)(one).localeCompare(cell(4)(other)),
    statements: (one, other) => Number(cell(5)(other)) - Number(cell(5)(one)),
  };
  let order = "";

  function read() {
    const parts = new URLSearchParams(fragment().slice(1));
    for (const key of KEYS) {
      const value = parts.get(key) || "";
      fields[key].value = value;
      if (fields[key].value !== value) fields[key].value = "";
    }
    leaveOut(host, written());
  }
  const written = () => `#${new URLSearchParams(KEYS.map((key) => [key, fields[key].value]).filter(([, value]) => value))}`;

  function draw() {
    const words = fold(fields.text.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { row, words: own } of rows) {
      const fits = words.every((word) => own.includes(word))
        && (!fields.kind.value || row.dataset.kind === fields.kind.value)
        && (!fields.age.value || row.dataset.age === fields.age.value)
        && (!fields.read.value || (fields.read.value === "copy") === ("copy" in row.dataset));
      row.hidden = !fits;
      left += fits;
    }
    if (fields.order.value !== order) {
      order = fields.order.value;
      body.append(...(order ? [...rows].sort(ORDERS[order]) : rows).map(({ row }) => row));
    }
    clear.hidden = !KEYS.some((key) => fields[key].value);
    said.textContent = left ? `${left} of ${rows.length} sources.` : "No source has all of this. Clear a filter.";
  }

  function keep(field = null) {
    take(written(), field);
    draw();
  }

  fields.text.addEventListener("input", () => keep("text"));
  for (const key of KEYS.slice(1)) fields[key].addEventListener("change", () => keep());
  clear.addEventListener("click", () => {
    for (const key of KEYS) fields[key].value = "";
    keep();
    fields.text.focus();
  });
  host.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  follow(() => {
    read();
    draw();
  });
  read();
  draw();
  host.hidden = false;
  host.dataset.ready = "";
})();
