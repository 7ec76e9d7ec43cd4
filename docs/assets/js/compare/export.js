// The comparison as Markdown and as CSV: what the page shows, in the order in which it shows it.
(() => {
  "use strict";

  // The words of a cell, of a label and of what stands under it.
  function words(data) {
    const span = (part) => {
      if (typeof part === "string") return part;
      const [kind, first, second] = part;
      if (kind === "s") return "";
      return { v: data.verdicts[first], st: second, m: second }[kind] ?? first;
    };
    const line = (parts) => parts.map(span).join("").trim();
    const lines = (found) => found.map(line).filter(Boolean).join("; ");
    return {
      span,
      told: (row, cell) => (cell ? [lines(cell.lines), cell.items.map((item) => span(item.span)).join("; ")].filter(Boolean).join("; ") : row.absent),
      label: (row) => span(row.label),
      under: (row) => lines(row.under),
    };
  }
  const shown = (rows, only) => rows.filter(({ kept }) => kept || !only);

  function csv(data, { chosen, sections }, only) {
    const { told, label, under } = words(data);
    const head = ["section", "row", "about", "differs", ...chosen.map(({ id }) => id), "as_of"];
    const body = sections.flatMap(({ title, rows }) => shown(rows, only).map((row) => [
      title, label(row), under(row), { differs: "yes", same: "no" }[row.how] || row.how, ...row.cells.map((cell) => told(row, cell)), data.as_of]));
    return window.WATools.csv([head, ...body]);
  }

  function markdown(data, { chosen, sections, decides }, only, link) {
    const { told, label, under, span } = words(data);
    const plain = (text) => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "\\<");
    const line = (row) => {
      const name = under(row) ? `${label(row)} (${under(row)})` : label(row);
      return `| ${row.differs ? "≠ " : ""}${plain(name)} | ${row.cells.map((cell) => plain(told(row, cell))).join(" | ")} |`;
    };
    const headed = (title, lines) => [
      title, "",
      `| | ${chosen.map((workload) => plain(workload.title)).join(" | ")} |`, `|---|${chosen.map(() => "---|").join("")}`,
      ...lines, "",
    ];
    const table = ({ title, inside, rows }) => {
      const left = shown(rows, only);
      return left.length ? headed(`${inside ? "###" : "##"} ${title}`, left.map(line)) : [];
    };
    const short = decides.flatMap((row) => {
      if (row.only) return [`| In law, asked of one alone | ${row.only.map((found) => plain(found.length ? `${found.length}: ${found.map(span).join("; ")}` : "none")).join(" | ")} |`];
      return row.rows ? row.rows.map(line) : [line(row)];
    });
    return [
      `# ${chosen.map((workload) => plain(workload.title)).join(", ")}`, "",
      `Compared in the Workload Atlas as of ${data.as_of}: ${link}`, "",
      `Rows that differ begin with ≠.${only ? " Rows that are the same are left out." : ""} Information, not legal advice.`, "",
      ...headed("## What decides between them", short),
      ...sections.flatMap(table),
    ].join("\n");
  }

  Object.assign(window.WACompare, { csv, markdown, save: window.WATools.save });
})();
