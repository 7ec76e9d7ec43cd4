// The page that puts workloads side by side: what is chosen, what differs, and the ways to take it away.
(() => {
  "use strict";

  const { el, takeAway } = window.WATools;
  const { address, compare, csv, markdown, save, drawing } = window.WACompare;
  const data = window.WA_COMPARE;
  const host = document.getElementById("wa-compare");
  const every = document.getElementById("wa-compare-all");
  if (!host || !data) return;
  const way = address(data);
  const { section, badge } = drawing(host.dataset.root);
  const byId = new Map(data.workloads.map((workload) => [workload.id, workload]));
  const title = (id) => byId.get(id).title;
  const WORDS = ["no", "one", "two", "three", "four", "five", "six"];
  const most = WORDS[data.most] || data.most;
  const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join(""));
  let state = way.read(location.hash);
  let found = compare(data, state.ids);

  const link = () => location.origin.replace("null", "file://") + location.pathname + location.search + way.write(state);
  // Another choice is a step that the back button undoes; the switch is not.
  function go(change) {
    state = { ...state, unknown: [], renamed: [], beyond: [], ...change };
    history["ids" in change ? "pushState" : "replaceState"](null, "", location.pathname + location.search + way.write(state));
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
  const jumps = el("nav", { class: "wa-beside__jumps", "aria-label": "Sections" });
  const KEY = "≠ differs: they do not all say the same; ≠ in a list: not all of them have it. = same: told once for all.";
  const legend = el("p", { class: "wa-quiet wa-beside__legend" }, KEY);
  const take = takeAway(() => markdown(data, found, state.only, link()), link,
    (done) => el("button", { type: "button", class: "wa-button wa-button--quiet", onclick: () => {
      save("workloads-compared.csv", "text/csv", csv(data, found, state.only));
      done.textContent = "Saved as workloads-compared.csv.";
    } }, "Save as CSV"), "Comparison");
  const tools = el("div", { class: "wa-beside__tools" }, el("div", { class: "wa-beside__do" }, onlySwitch, take), jumps, legend);
  const tables = el("div", {});
  const printed = el("p", { class: "wa-beside__printed" });
  host.append(form, offers, said, tools, printed, tables);

  function pick() {
    chosen.replaceChildren(...state.ids.map((id, n) => el("li", { "data-workload": id }, el("span", {}, title(id)), " ", badge(byId.get(id).verdict), " ",
      n ? button("Move forward", () => forward(id), { "aria-label": `Move ${title(id)} forward` }) : null, " ",
      button("Remove", () => drop(id), { "aria-label": `Remove ${title(id)}` }))));
    chosen.hidden = !state.ids.length;
    const patterns = [...new Set(data.workloads.map(({ pattern }) => pattern))].sort();
    const left = (pattern) => data.workloads.filter((workload) => workload.pattern === pattern && !state.ids.includes(workload.id));
    select.replaceChildren(el("option", { value: "" }, state.ids.length < data.most ? "Choose …" : "Remove one to add another"), ...patterns.map((pattern) =>
      el("optgroup", { label: pattern }, left(pattern).map(({ id }) => el("option", { value: id }, title(id))))));
    select.disabled = put.disabled = state.ids.length >= data.most;
  }

  // What of the address could not be followed comes first, then what is shown.
  function tell() {
    const parts = state.renamed.map(([former, id]) => `“${former}” is now called ${title(id)}.`);
    if (state.unknown.length) parts.push(`The atlas has no workload ${listed(state.unknown.map((id) => `“${id}”`))}; left out.`);
    if (state.beyond.length) parts.push(`At most ${most} fit side by side; ${listed(state.beyond.map(title))} left out.`);
    const rows = found.sections.flatMap((part) => part.rows);
    if (!state.ids.length) parts.push(`Choose two to ${most} workloads, here or in the tables below.`);
    else if (state.ids.length === 1) parts.push(`${title(state.ids[0])} is chosen. Add another to see them side by side.`);
    else parts.push(`${WORDS[state.ids.length][0].toUpperCase()}${WORDS[state.ids.length].slice(1)} workloads: ${rows.filter(({ differs }) => differs).length} of ${rows.length} rows differ.`);
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

  function jump() {
    const parts = found.sections.filter(({ inside }) => !inside);
    jumps.replaceChildren(el("ul", {}, parts.map(({ id, title: name, of, differing }) => el("li", {}, button(name, () => {
      const head = document.getElementById(`wa-part-${id}`);
      head.scrollIntoView();
      head.focus({ preventScroll: true });
    }), el("span", { class: "wa-quiet" }, ` ${differing} of ${of}`)))));
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
    tools.hidden = tables.hidden = printed.hidden = !several;
    printed.textContent = `${listed(state.ids.map(title))}, as of ${data.as_of}.${state.only ? " Only what differs." : ""} ${location.protocol === "file:" ? "" : link()} ${KEY}`;
    if (several) jump();
    tables.replaceChildren(...(several ? found.sections.map((part) => section(part, found.chosen, state.only)) : []));
  }

  function read() {
    state = way.read(location.hash);
    const written = way.write(state);
    if (written !== location.hash) history.replaceState(null, "", location.pathname + location.search + written);
    draw();
  }
  // A link to a place on this page is no state.
  window.addEventListener("hashchange", () => {
    if (!location.hash || location.hash.includes("=")) read();
  });
  if (location.hash.includes("=")) read();
  else draw();
  window.WACompare.state = () => state;
  host.hidden = false;
  host.dataset.ready = "";
})();
