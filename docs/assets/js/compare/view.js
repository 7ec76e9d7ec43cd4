// The page that puts workloads side by side: what is chosen, what differs, and the ways to take it away.
(() => {
  "use strict";

  const { el, takeAway } = window.WATools;
  const { fragment, take: step, settle, leaveOut, follow } = window.WASteps;
  const { address, compare, csv, markdown, save, drawing, listed } = window.WACompare;
  const data = window.WA_COMPARE;
  const host = document.getElementById("wa-compare");
  const every = document.getElementById("wa-compare-all");
  if (!host || !data) return;
  const way = address(data);
  const { section, decides, badge, letter } = drawing(host.dataset.root);
  const byId = new Map(data.workloads.map((workload) => [workload.id, workload]));
  const title = (id) => byId.get(id).title;
  const WORDS = ["no", "one", "two", "three", "four", "five", "six"];
  const most = WORDS[data.most] || data.most;
  let { state } = way.read(fragment());
  let found = compare(data, state.ids);

  const link = () => location.origin.replace("null", "file://") + location.pathname + location.search + way.write(state);
  function go(change) {
    state = { ...state, part: "", renamed: [], ...change };
    step(way.write(state));
    draw();
  }
  const add = (id) => go({ ids: [...state.ids, id] });
  const drop = (id) => { go({ ids: state.ids.filter((other) => other !== id) }); said.focus(); };
  function forward(id) {
    const ids = [...state.ids];
    const at = ids.indexOf(id);
    ids.splice(at - 1, 2, id, ids[at - 1]);
    go({ ids });
    chosen.querySelector(`[data-workload="${id}"] button`).focus();
  }

  const said = el("p", { class: "wa-pick__said", role: "status", tabindex: "-1" });
  const button = (name, click, more = {}) => el("button", { type: "button", class: "wa-link", onclick: click, ...more }, name);
  const chosen = el("ol", { class: "wa-beside__chosen" });
  const select = el("select", { id: "wa-add" });
  const put = el("button", { type: "submit", class: "wa-button wa-button--quiet" }, "Add");
  const form = el("form", { class: "wa-form wa-beside__pick", "aria-label": "Workloads to compare", onsubmit: (event) => {
    event.preventDefault();
    if (select.value && state.ids.length < data.most) add(select.value);
    select.focus();
  } }, chosen, el("div", { class: "wa-field wa-beside__add" }, el("label", { for: "wa-add" }, `Add a workload, ${most} at most`), select, put));
  const offers = el("div", { class: "wa-beside__offers" });
  const only = el("input", { type: "checkbox", role: "switch", onchange: () => go({ only: only.checked }) });
  const onlySwitch = el("label", { class: "wa-beside__only" }, only, "Only what differs");
  const openAll = button("", () => fold(tables.querySelector("[data-part]:not([open])") ? way.sections : []), { class: "wa-button wa-button--quiet" });
  const KEY = "≠ differs in substance; ≠ in a cell: it is not as most are; ≠ in a list: not all of them have it. ≈ the same but for details. Amounts differ where one is at least twice another.";
  const legend = el("p", { class: "wa-quiet wa-beside__legend" }, KEY);
  const take = takeAway(() => markdown(data, found, state.only, link()), link,
    (done) => el("button", { type: "button", class: "wa-button wa-button--quiet", onclick: () => {
      save("workloads-compared.csv", "text/csv", csv(data, found, state.only));
      done.textContent = "Saved as workloads-compared.csv.";
    } }, "Save as CSV"), "Comparison");
  const away = el("div", { class: "wa-beside__tools" }, el("div", { class: "wa-beside__do" }, take));
  const tools = el("div", { class: "wa-beside__tools" }, el("div", { class: "wa-beside__do" }, onlySwitch, openAll), legend);
  const short = el("div", {});
  const tables = el("div", {});
  // Beside stacked cells, which only have letters.
  const letters = el("ul", { class: "wa-beside__key", "aria-hidden": "true" });
  const printed = el("p", { class: "wa-beside__printed" });
  host.append(form, offers, said, away, printed, letters, short, tools, tables);

  function pick() {
    chosen.replaceChildren(...state.ids.map((id, n) => el("li", { "data-workload": id }, el("span", {}, letter(n), " ", title(id)), " ", badge(byId.get(id).verdict), " ",
      n ? button("Move forward", () => forward(id), { "aria-label": `Move ${title(id)} forward` }) : null, " ",
      button("Remove", () => drop(id), { "aria-label": `Remove ${title(id)}` }))));
    chosen.hidden = !state.ids.length;
    const left = (pattern) => data.workloads.filter((workload) => workload.pattern === pattern && !state.ids.includes(workload.id));
    select.replaceChildren(el("option", { value: "" }, state.ids.length < data.most ? "Choose …" : "Remove one to add another"), ...data.patterns.map((pattern) =>
      el("optgroup", { label: pattern }, left(pattern).map(({ id }) => el("option", { value: id }, title(id))))));
    select.disabled = put.disabled = state.ids.length >= data.most;
  }

  // What is called otherwise now comes first, then what is shown.
  function tell() {
    const parts = state.renamed.map(([former, id]) => `“${former}” is now called ${title(id)}.`);
    if (!state.ids.length) parts.push(`Choose two to ${most} workloads, here or in the tables below.`);
    else if (state.ids.length === 1) parts.push(`${title(state.ids[0])} is chosen. Add another to see them side by side.`);
    else parts.push(`${WORDS[state.ids.length][0].toUpperCase()}${WORDS[state.ids.length].slice(1)} workloads: of ${found.of} rows ${found.differing} differ${found.own ? `, ${found.own} are in words or figures of their own` : ""}.`);
    said.textContent = parts.join(" ");
  }

  function offer() {
    const last = state.ids.at(-1);
    const related = last ? byId.get(last).related.filter(([id]) => byId.has(id) && !state.ids.includes(id)) : [];
    offers.hidden = !related.length || state.ids.length >= data.most;
    if (offers.hidden) return;
    const plain = state.ids.length > 1;
    offers.classList.toggle("wa-beside__offers--short", plain);
    offers.replaceChildren(el("p", { class: "wa-quiet" }, `Related to ${title(last)}:`),
      el("ul", {}, related.map(([id, why]) => el("li", {}, button(`Add ${title(id)}`, () => { add(id); said.focus(); }), plain ? null : el("span", { class: "wa-quiet" }, ` ${why}`)))));
  }

  // What is unfolded is kept in the address, so that a way back finds it again; it is no step of its own.
  function unfolded() {
    const folded = tables.querySelector("[data-part]:not([open])");
    openAll.textContent = folded ? "Open all" : "Fold all";
    const open = way.sections.filter((id) => !folded || tables.querySelector(`[data-part="${id}"]`)?.open);
    if (open.join() === state.open.join()) return;
    state = { ...state, open };
    if (state.ids.length > 1) settle(way.write(state));
  }
  tables.addEventListener("toggle", unfolded, true);
  function fold(open) {
    for (const part of tables.querySelectorAll("[data-part]")) part.open = open.includes(part.dataset.part);
  }

  // The tables of all workloads help to choose; once two are chosen they would only be long.
  function offerAll() {
    every.hidden = state.ids.length > 1;
    for (const row of every.querySelectorAll("tr[data-workload]")) {
      const id = row.dataset.workload;
      const head = row.cells[0];
      head.querySelector("button")?.remove();
      if (!state.ids.includes(id)) head.append(button("Add", () => { add(id); said.focus(); }, { "aria-label": `Add ${title(id)}` }));
    }
  }

  function draw() {
    found = compare(data, state.ids);
    const several = state.ids.length > 1;
    only.checked = state.only;
    pick();
    tell();
    offer();
    offerAll();
    away.hidden = tools.hidden = tables.hidden = printed.hidden = letters.hidden = short.hidden = !several;
    const of = `${listed(state.ids.map(title))}, as of ${data.as_of}.${state.only ? " Only what differs." : ""}`;
    printed.replaceChildren(...[of, location.protocol === "file:" ? "" : link(), KEY].filter(Boolean).map((line) => el("span", {}, line)));
    letters.replaceChildren(...state.ids.map((id, n) => el("li", {}, letter(n), " ", title(id))));
    letters.dataset.count = state.ids.length;
    short.replaceChildren(...(several ? [decides(found.decides, found.chosen)] : []));
    const made = (part) => section(part, found.chosen, { ...state, parts: found.sections.filter(({ inside }) => inside === part.id).map(made) });
    tables.replaceChildren(...(several ? found.sections.filter(({ inside }) => !inside).map(made) : []));
    openAll.textContent = several && tables.querySelector("[data-part]:not([open])") ? "Open all" : "Fold all";
  }

  function read() {
    const found = way.read(fragment());
    state = found.state;
    const written = way.write(state);
    const { unknown, beyond } = found;
    const why = [
      unknown.length ? `the atlas has no workload ${listed(unknown.map((id) => `“${id}”`))}` : "",
      beyond.length ? `at most ${most} fit side by side: ${listed(beyond.map(title))}` : "",
    ].filter(Boolean);
    leaveOut(host, written, why.length ? [why.join("; ")] : []);
    if (written !== fragment()) settle(written);
    draw();
    const head = document.getElementById(`wa-part-${state.part}`);
    head?.scrollIntoView();
    head?.focus({ preventScroll: true });
  }
  follow(read);
  host.hidden = false;
  read();
  window.WACompare.state = () => state;
  host.dataset.ready = "";
})();
