// Filters of the matrix: hides rows, columns and cells that the fragment leaves out, and writes them as CSV.
(() => {
  "use strict";

  const { el, choice } = window.WATools;
  const { fragment, take, leaveOut, follow } = window.WASteps;
  const data = window.WA_MATRIX;
  const host = document.getElementById("wa-matrix");
  const table = document.querySelector(".wa-matrix");
  if (!host || !data || !table) return;
  const ROWS = ["instrument", "layer", "role", "control", "state"];
  const KEYS = [...ROWS, "pattern", "workload", "certain"];
  const LABELS = { instrument: "Instrument", layer: "Layer", role: "Who is bound", control: "Control", state: "State", pattern: "Pattern", workload: "Workload", certain: "Depends on you" };
  let state = read();

  // What the address does not say, or says wrongly, is “any”.
  function read() {
    const parts = new URLSearchParams(fragment().slice(1));
    const legal = (key, value) => data.filters[key].some(([id]) => id === value);
    const found = Object.fromEntries(KEYS.map((key) => [key, legal(key, parts.get(key)) ? parts.get(key) : ""]));
    leaveOut(host, written(found));
    return found;
  }
  function written(choices) {
    return `#${new URLSearchParams(Object.entries(choices).filter(([, value]) => value))}`;
  }
  function go(change) {
    take(written({ ...state, ...change }));
    state = read();
    draw();
  }

  const fitsRow = (obligation) => ROWS.every((key) => !state[key] || obligation.keys[key].includes(state[key]));
  const fitsColumn = (workload) => (!state.pattern || workload.pattern === state.pattern) && (!state.workload || workload.cells[0] === state.workload);
  const fitsPair = ([, , conditional]) => !state.certain || (state.certain === "yes") === !conditional;
  const selection = () => data.pairs.filter((pair) => fitsColumn(data.workloads[pair[0]]) && fitsRow(data.obligations[pair[1]]) && fitsPair(pair));

  function csv() {
    const lines = selection().map(([w, o, conditional, onlyIf]) => [...data.workloads[w].cells, ...data.obligations[o].cells, conditional ? "yes" : "no", onlyIf, data.as_of]);
    return window.WATools.csv([data.columns, ...lines]);
  }
  const save = () => window.WATools.save("obligations-selection.csv", "text/csv", csv());

  const said = el("p", { class: "wa-pick__said", role: "status" });
  const clear = el("button", { type: "button", class: "wa-link", onclick: () => { go(Object.fromEntries(KEYS.map((key) => [key, ""]))); document.getElementById("wa-instrument").focus(); } }, "Clear the filters");
  host.append(
    el("form", { class: "wa-form wa-pick", "aria-label": "Filter the matrix", onsubmit: (event) => event.preventDefault() },
      KEYS.map((key) => choice(`wa-${key}`, LABELS[key], [["", "any"], ...data.filters[key]], state[key], (value) => go({ [key]: value })))),
    said,
    el("p", { class: "wa-pick__do" }, el("button", { type: "button", class: "wa-link", onclick: save }, "Save the selection as CSV"), clear));

  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  let whole = true;
  function hide(columns, inRow, met) {
    heads.forEach((head, n) => { head.hidden = n > 0 && !columns[n - 1]; });
    rows.forEach((row, o) => {
      row.hidden = !inRow.has(o);
      if (row.hidden) return;
      [...row.cells].forEach((cell, n) => {
        if (n === 0) return;
        cell.hidden = !columns[n - 1];
        if (cell.firstElementChild) cell.firstElementChild.hidden = !met.has(`${n - 1},${o}`);
      });
    });
  }
  function draw() {
    for (const key of KEYS) document.getElementById(`wa-${key}`).value = state[key];
    const chosen = selection();
    const met = new Set(chosen.map(([w, o]) => `${w},${o}`));
    const inRow = new Set(chosen.map((pair) => pair[1]));
    const columns = data.workloads.map(fitsColumn);
    // The page comes whole; nothing of it is touched until a filter is set.
    const filtered = KEYS.some((key) => state[key]);
    if (filtered || !whole) hide(columns, inRow, met);
    whole = !filtered;
    const workloads = new Set(chosen.map((pair) => pair[0])).size;
    clear.hidden = !filtered;
    const filters = KEYS.filter((key) => state[key]).map((key) => `${LABELS[key]}: ${data.filters[key].find(([id]) => id === state[key])[1]}`);
    said.textContent = chosen.length ? `${chosen.length} of ${data.pairs.length} notes: ${inRow.size} row${inRow.size === 1 ? "" : "s"}, ${workloads} workload${workloads === 1 ? "" : "s"}.${filters.length ? ` ${filters.join("; ")}.` : ""}` : "No note has all of this. Set one of the filters to “any”.";
  }

  follow(() => {
    state = read();
    draw();
  });
  window.WAMatrix = { csv };
  draw();
  host.hidden = false;
  host.dataset.ready = "";
})();
