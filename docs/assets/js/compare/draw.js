// Draws spans, cells, the short answer and the sections. Text goes in as text.
(() => {
  "use strict";

  const { el } = window.WATools;
  const STATES = { "in-force": "wa-state--now", "applies-from": "wa-state--later", proposed: "wa-state--proposed" };
  const FEW = 3;
  const LETTERS = ["A", "B", "C", "D", "E", "F"];
  const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join(""));

  // How many rows differ. Words and figures of one's own are told beside them: whether they differ, readers judge.
  function counted({ of, differing, own }) {
    const beside = own ? `${own} in words or figures of their own` : "";
    if (!differing) return beside ? `${beside}, of ${of}` : `none of ${of} differs`;
    return `${differing} of ${of} ${differing === 1 ? "differs" : "differ"}${beside && `, ${beside}`}`;
  }

  // How a row stands, in a sign and a word.
  function sign({ how, own, apart, fold }) {
    if (how === "same") return "= same";
    if (how === "details") return "≈ same but for details";
    if (how === "near") return "≈ within twofold";
    if (how === "own") return own === "words" ? "own words" : "own figures";
    const lone = LETTERS.filter((_, n) => apart[n]);
    if (lone.length) return `≠ ${listed(lone)} ${lone.length > 1 ? "differ" : "differs"}`;
    return fold ? "≠ twofold or more" : "≠ differs";
  }

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
    const letter = (n) => el("span", { class: "wa-beside__letter" }, LETTERS[n]);

    // Roles are told, because a phone shows the parts of the table as blocks. There a cell begins with the letters of
    // all that read as it does, and the others are only heard.
    function td(n, body, { apart = false, as = [] } = {}) {
      const first = as.findIndex((other) => other === as[n]);
      const again = first >= 0 && first < n;
      return el("td", { role: "cell", "data-apart": apart, class: again ? "wa-beside__again" : null },
        el("p", { class: "wa-beside__whose", "aria-hidden": "true" }, letter(n), as.flatMap((other, at) => (at > n && other === as[n] ? [letter(at)] : []))),
        el("div", {},
          apart ? el("span", { class: "wa-beside__apart" }, el("span", { "aria-hidden": "true" }, "≠ "), el("span", { class: "wa-code__what" }, "differs from most: ")) : null, body));
    }
    function tr(row, chosen, name = row.id) {
      const head = el("th", { scope: "row", role: "rowheader" },
        el("p", {}, draw(row.label)), lines(row.under), el("p", { class: "wa-beside__sign" }, sign(row)));
      // What is the same is told once.
      const cells = row.how === "same"
        ? [el("td", { role: "cell", colspan: chosen.length, class: "wa-beside__one" }, cell(row, row.cells[0]))]
        : row.cells.map((found, n) => td(n, cell(row, found), { apart: row.apart[n], as: row.numbers }));
      return el("tr", { role: "row", "data-row": name, "data-how": row.how, "data-differs": row.differs }, head, cells);
    }

    const table = (chosen, labelled, body, more = "") => el("table", { class: `wa-table wa-beside${more}`, role: "table", "data-count": chosen.length, "aria-labelledby": labelled },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, el("th", { scope: "col", role: "columnheader" }, el("span", { class: "wa-code__what" }, "Compared by")),
        chosen.map((workload, n) => el("th", { scope: "col", role: "columnheader" }, letter(n), " ", el("a", { href: place(workload.page) }, workload.title))))),
      el("tbody", { role: "rowgroup" }, body));

    // Which duties only one of them has: how many, and their names.
    function alone(only, chosen) {
      const names = (found) => el("ul", { class: "wa-beside__names" }, found.map((label) => el("li", {}, draw(label))));
      const count = (found) => `${found.length} ${found.length === 1 ? "obligation" : "obligations"}`;
      const told = (found) => (found.length === 0 ? el("p", { class: "wa-quiet" }, "none")
        : found.length <= FEW ? [el("p", {}, el("strong", {}, count(found))), names(found)]
          : el("details", { class: "wa-more wa-beside__fold" }, el("summary", {}, el("strong", {}, count(found))), names(found)));
      return el("tr", { role: "row", "data-row": "only" }, el("th", { scope: "row", role: "rowheader" }, el("p", {}, "In law, asked of one alone")), only.map((found, n) => td(n, told(found))));
    }

    // The short answer.
    function decides(rows, chosen) {
      const plain = (text) => el("td", { role: "cell", colspan: chosen.length, class: "wa-beside__one" }, el("p", {}, text));
      const body = rows.flatMap((row) => {
        if (row.only) return [alone(row.only, chosen)];
        if (!row.rows) return [tr(row, chosen, `${row.part}-${row.id}`)];
        const head = row.rows.length ? `${row.rows.length} of ${row.of} signals differ` : `All ${row.of} signals are the same.`;
        return [
          el("tr", { role: "row", "data-row": row.part, class: "wa-beside__signals" }, el("th", { scope: "row", role: "rowheader" }, el("p", {}, "Signals")), plain(head)),
          ...row.rows.map((each) => tr(each, chosen, `${row.part}-${each.id}`))];
      });
      return el("section", { class: "wa-beside__decides", "aria-labelledby": "wa-decides" },
        el("h2", { id: "wa-decides", tabindex: "-1" }, "What decides between them"),
        table(chosen, "wa-decides", body));
    }

    // A section that folds; `parts` are those inside it.
    function section({ id, title, note, inside, rows, ...counts }, chosen, { only, open, parts = [] }) {
      const shown = rows.filter(({ kept }) => kept || !only);
      const hidden = rows.length - shown.length;
      return el("details", { class: `wa-beside__part${inside ? " wa-beside__part--inside" : ""}`, "data-part": id, open: open.includes(id) },
        el("summary", {}, el(inside ? "h3" : "h2", { id: `wa-part-${id}`, tabindex: "-1" }, title), " ", el("span", { class: "wa-beside__count" }, counted(counts))),
        note && shown.length ? el("p", { class: "wa-quiet wa-beside__what" }, note) : null,
        shown.length ? table(chosen, `wa-part-${id}`, shown.map((row) => tr(row, chosen)), rows.some(({ under }) => under.length) ? " wa-beside--law" : "") : null,
        hidden ? el("p", { class: "wa-quiet" }, `${hidden} ${hidden === 1 ? "row does" : "rows do"} not differ and ${hidden === 1 ? "is" : "are"} not shown.`) : null,
        parts);
    }
    return { section, decides, badge, letter, place };
  }

  Object.assign(window.WACompare, { drawing, sign, listed });
})();
