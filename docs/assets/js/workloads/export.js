// The selection as CSV and JSON, written as macros/workloads_table.py writes the whole table.
(() => {
  "use strict";

  const told = (cell) => (Array.isArray(cell) ? cell.join("; ") : String(cell ?? ""));

  function csv(data, places) {
    const lines = places.map((n) => [...data.workloads[n].row.map(told), data.as_of]);
    return window.WATools.csv([[...data.columns, "as_of"], ...lines]);
  }

  function json(data, places) {
    const workloads = places.map((n) => Object.fromEntries(data.columns.map((column, at) => [column, data.workloads[n].row[at]])));
    return `${JSON.stringify({ format: data.format, as_of: data.as_of, workloads }, null, 1)}\n`;
  }

  Object.assign(window.WAWorkloads, { csv, json, save: window.WATools.save });
})();
