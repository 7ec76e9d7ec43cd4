// Draws spans, cells and the table of a section. Text goes in as text.
(() => {
  "use strict";

  const { el } = window.WATools;
  const STATES = { "in-force": "wa-state--now", "applies-from": "wa-state--later", proposed: "wa-state--proposed" };

  function drawing(root) {
    const place = (path) => root + (location.protocol === "file:" ? path.replace(/\/(?=#|$)/, "/index.html") : path);
    const badge = (verdict) => document.getElementById("wa-marks").content.querySelector(`[data-verdict="${verdict}"] > *`).cloneNode(true);
    const DRAW = {
      a: ([, text, path]) => el("a", { href: place(path) }, text),
      b: ([, text]) => el("strong", {}, text),
      q: ([, text]) => el("span", { class: "wa-quiet" }, text),
      r: ([, text]) => el("span", { class: "wa-quiet wa-beside__rank" }, text),
      t: ([, text, path]) => (path ? el("a", { class: "wa-tag", href: place(path) }, text) : el("span", { class: "wa-tag" }, text)),
      v: ([, verdict]) => badge(verdict),
      s: ([, at, of]) => el("span", { class: "wa-scale", "aria-hidden": "true" }, Array.from({ length: of }, (_, n) => el("i", { class: n < at ? "on" : null }))),
      st: ([, kind, text]) => el("span", { class: `wa-state ${STATES[kind] || ""}` }, text),
      m: ([, kind, text]) => el("span", { class: `wa-beside__note wa-beside__note--${kind}` }, text),
    };
    const draw = (span) => (typeof span === "string" ? span : DRAW[span[0]](span));
    const lines = (found) => found.map((line) => el("p", {}, line.map(draw)));

    const item = ({ span, lone }) => el("li", { class: lone ? "wa-beside__lone" : null },
      lone ? [el("span", { "aria-hidden": "true" }, "≠ "), el("span", { class: "wa-code__what" }, "not in all: ")] : null, draw(span));
    const cell = (row, found) => (found
      ? [lines(found.lines), found.items.length ? el("ul", {}, found.items.map(item)) : null]
      : el("p", { class: "wa-quiet" }, row.absent));

    // Roles are told, because a phone shows the parts of the table as blocks. What is the same is told once.
    function tr(row, chosen) {
      const head = el("th", { scope: "row", role: "rowheader" },
        el("p", {}, draw(row.label)), lines(row.under),
        el("p", { class: "wa-beside__sign" }, row.differs ? "≠ differs" : "= same"));
      const whose = (text) => el("p", { class: "wa-beside__whose", "aria-hidden": "true" }, text);
      const cells = row.differs
        ? row.cells.map((found, n) => el("td", { role: "cell" }, whose(chosen[n].title), el("div", {}, cell(row, found))))
        : [el("td", { role: "cell", colspan: chosen.length, class: "wa-beside__one" }, cell(row, row.cells[0]))];
      return el("tr", { role: "row", "data-row": row.id, "data-differs": row.differs }, head, cells);
    }

    function section({ id, title, note, inside, rows, of, differing }, chosen, only) {
      const shown = rows.filter(({ differs }) => differs || !only);
      const hidden = rows.length - shown.length;
      const count = differing ? `${differing} of ${of} differ` : `all ${of} the same`;
      const name = el(inside ? "h3" : "h2", { id: `wa-part-${id}`, tabindex: "-1" }, title, " ", el("span", { class: "wa-beside__count" }, count));
      const head = el("tr", { role: "row" }, el("th", { scope: "col", role: "columnheader" }, el("span", { class: "wa-code__what" }, "Compared by")),
        chosen.map((workload) => el("th", { scope: "col", role: "columnheader" }, el("a", { href: place(workload.page) }, workload.title))));
      return el("section", { class: "wa-beside__part", "data-part": id, "aria-labelledby": `wa-part-${id}` },
        name,
        note && shown.length ? el("p", { class: "wa-quiet wa-beside__what" }, note) : null,
        shown.length ? el("table", { class: `wa-table wa-beside${rows.some(({ under }) => under.length) ? " wa-beside--law" : ""}`, role: "table", "data-count": chosen.length, "aria-labelledby": `wa-part-${id}` },
          el("thead", { role: "rowgroup" }, head),
          el("tbody", { role: "rowgroup" }, shown.map((row) => tr(row, chosen)))) : null,
        hidden ? el("p", { class: "wa-quiet" }, `${hidden} ${hidden === 1 ? "row is" : "rows are"} the same and not shown.`) : null);
    }
    return { section, badge };
  }

  Object.assign(window.WACompare, { drawing });
})();
