// Small helpers for tools that build elements; text always goes in as text.
(() => {
  "use strict";

  function el(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === false || value === undefined) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  // A table in a region that scrolls by itself; a cell is text, a node, or a list of them.
  // Stacked, it stands as labels and values where there is little room.
  function table(caption, heads, rows, { right = [], foot = [], stack = false } = {}) {
    const labels = stack ? heads.map((head, n) => `--wa-${n + 1}:'${head}'`).slice(1).join(";") : null;
    const cells = (row) => row.map((cell, n) => el(n ? "td" : "th", { scope: n ? null : "row", class: right.includes(n) ? "wa-r" : null }, cell));
    return el("div", { class: "wa-scroll", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: stack ? "wa-table wa-stack" : "wa-table", style: labels },
        el("thead", {}, el("tr", {}, heads.map((head, n) => el("th", { scope: "col", class: right.includes(n) ? "wa-r" : null }, head)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, cells(row)))),
        foot.length ? el("tfoot", {}, foot.map((row) => el("tr", {}, cells(row)))) : null));
  }

  // A choice with its label; `options` are [value, text] pairs.
  function choice(id, label, options, value, change) {
    const select = el("select", { id, onchange: () => change(select.value) },
      options.map(([key, text]) => el("option", { value: key, selected: String(key) === String(value) }, text)));
    return el("div", { class: "wa-field" }, el("label", { for: id }, label), select);
  }

  // As British English writes it. The browser’s own formats take tens of milliseconds to make on a slow phone.
  function number(value, digits = 0) {
    const figure = Number(value);
    if (!Number.isFinite(figure)) return figure > 0 ? "∞" : "–";
    const [whole, rest] = (Math.abs(figure) < 1e21 ? figure.toFixed(digits) : String(BigInt(figure))).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return rest ? `${grouped}.${rest}` : grouped;
  }

  // A button that copies, and says so; where the browser refuses, the text is selected instead.
  function copier(label, text, source) {
    const said = el("span", { class: "wa-quiet", role: "status" });
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(text());
        said.textContent = "Copied.";
      } catch {
        getSelection().selectAllChildren(source());
        said.textContent = "Selected; copy it with your keyboard.";
      }
    };
    return [el("button", { type: "button", class: "wa-link", onclick: copy }, label), " ", said];
  }

  // The buttons below a result: print, copy the brief as Markdown, copy the link, and `more`, which is given the
  // place for messages. Where the browser refuses to copy, the text is shown selected
  // instead. `word` is what the Markdown is called.
  function takeAway(markdown, link, more = () => null, word = "Brief") {
    const done = el("span", { class: "wa-quiet", role: "status" });
    const copy = async (text, what) => {
      try {
        await navigator.clipboard.writeText(text);
        done.textContent = `${what} copied.`;
      } catch {
        const area = el("textarea", { class: "wa-copy", rows: "8", "aria-label": what, readonly: true });
        area.value = text;
        done.replaceChildren("The browser does not let the page copy. Select and copy: ", area);
        area.select();
      }
    };
    const quiet = "wa-button wa-button--quiet";
    return el("div", { class: "wa-take" },
      el("button", { type: "button", class: "wa-button", onclick: () => window.print() }, "Print or save as PDF"),
      el("button", { type: "button", class: quiet, "data-take": "markdown", onclick: () => copy(markdown(), word) }, "Copy as Markdown"),
      el("button", { type: "button", class: quiet, "data-take": "link", onclick: () => copy(link(), "Link") }, "Copy link"),
      more(done),
      el("p", {}, done));
  }

  // As Python's csv module writes it: quotes only where they are needed, lines ended by CR LF.
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const csv = (rows) => rows.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");

  // A file to take away, made in the browser.
  function save(name, type, text) {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  window.WATools = { el, table, choice, number, copier, takeAway, csv, save };
})();
