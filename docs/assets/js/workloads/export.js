// The selection as CSV and JSON, written as macros/workloads_table.py writes the whole table.
(() => {
  "use strict";

  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const told = (cell) => (Array.isArray(cell) ? cell.join("; ") : String(cell ?? ""));

  function csv(data, places) {
    const lines = places.map((n) => [...data.workloads[n].row.map(told), data.as_of]);
    return [[...data.columns, "as_of"], ...lines].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
  }

  function json(data, places) {
    const workloads = places.map((n) => Object.fromEntries(data.columns.map((column, at) => [column, data.workloads[n].row[at]])));
    return `${JSON.stringify({ format: data.format, as_of: data.as_of, workloads }, null, 1)}\n`;
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  Object.assign(window.WAWorkloads, { csv, json, save });
})();
