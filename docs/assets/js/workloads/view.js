// The page of all workloads: filters, counts, order, table or cards, and the selection to take away.
(() => {
  "use strict";

  const { el, choice, number } = window.WATools;
  const { fragment, note, flush, leaveOut, follow } = window.WASteps;
  const { index, address, facets, sentence, texts, lists, chosen, csv, json, save } = window.WAWorkloads;
  const data = window.WA_WORKLOADS;
  const host = document.getElementById("wa-workloads");
  if (!host || !data) return;
  const STEP = 30;
  const table = host.querySelector(".wa-workloads");
  const body = table.tBodies[0];
  const label = (key) => (key === "q" ? "Words" : data.facets.find(({ id }) => id === key).label);
  const text = (key, value) => (key === "q" ? `“${value}”` : data.facets.find(({ id }) => id === key).values.find(([id]) => id === value)[1]);
  const { root } = host.dataset;
  const words = texts(root);
  const atlas = index(data, words.ask);
  const way = address(data);
  const narrow = window.matchMedia("(max-width: 68.6875em)");
  const phone = window.matchMedia("(max-width: 47.9375em)");
  let { state } = way.read(fragment());
  let limit = STEP;
  let left = [];

  // What nobody sees yet, and the address, follow when nothing more is changed for a moment, each in a task of its own.
  // Writing the address makes the browser look at every link again, and it refuses to write it too often.
  const MOMENT = 150; // milliseconds
  let jobs = [];
  let waiting = 0;
  const later = (job) => { jobs.push(job); };
  function work() {
    jobs.shift()();
    if (jobs.length) waiting = setTimeout(work);
    else delete host.dataset.drawing;
  }
  function begin() {
    clearTimeout(waiting);
    jobs = [];
  }
  function end() {
    if (!jobs.length) return;
    host.dataset.drawing = "";
    waiting = setTimeout(work, MOMENT);
  }
  // `field` is named where a change is typed.
  function go(change, field = null) {
    state = { ...state, ...change };
    note(way.write(state), field);
    if (!("pick" in change || "view" in change)) limit = STEP;
    draw("pick" in change);
  }
  const cleared = (keys) => Object.fromEntries(keys.map((key) => [key, key === "q" ? "" : []]));
  const drop = (keys) => { go(cleared(keys)); said.focus(); };

  // What is chosen, and where nothing is, all that is left; in the order shown.
  const picked = () => data.sorts.find(([id]) => id === state.sort)[2].filter((n) => state.pick.includes(data.workloads[n].row[0]));
  const selection = () => (state.pick.length ? picked() : left);
  function pick(id, box) {
    if (box.checked) bar.ticked(box);
    go({ pick: box.checked ? [...state.pick, id] : state.pick.filter((other) => other !== id) });
  }

  const field = el("input", { id: "wa-q", type: "search", autocomplete: "off", maxlength: "300", onfocus: words.load, oninput: () => go({ q: field.value }, "q") });
  const side = facets(data, root, later, (key, chosen) => go({ [key]: chosen }));
  const filters = el("details", { class: "wa-more wa-explore__filters", open: !narrow.matches },
    el("summary", {}, el("span", { class: "wa-facet__name" }, "Filters"), el("span", { class: "wa-facet__chosen" })), side.nodes);
  const filtered = filters.querySelector(".wa-facet__chosen");
  narrow.addEventListener("change", () => { filters.open = !narrow.matches; });
  phone.addEventListener("change", () => draw());

  const said = el("p", { class: "wa-pick__said", role: "status", tabindex: "-1" });
  // Past the filters, for those who go by keys.
  const skip = el("button", { type: "button", class: "wa-explore__skip", onclick: () => {
    const list = left.length ? (drawnAsCards() ? cards : table.parentElement) : said;
    list.scrollIntoView({ block: "center" });
    list.focus({ preventScroll: list !== said });
  } }, "");
  const chips = el("p", { class: "wa-explore__chips" });
  const toggle = (view, name) => el("button", { type: "button", class: "wa-search__facet", "data-view": view, onclick: () => go({ view }) }, name);
  const views = [toggle("table", "Table"), toggle("cards", "Cards")];
  const button = (name, click) => el("button", { type: "button", class: "wa-link", onclick: click }, name);
  const asCsv = button("", () => save("workloads-selection.csv", "text/csv", csv(data, left)));
  const asJson = button("", () => save("workloads-selection.json", "application/json", json(data, left)));
  const page = location.protocol === "file:" ? "index.html" : "";
  // The names of thousands make a long address: it follows when nothing more is changed, or when it is wanted.
  const lead = () => { together.href = `../portfolio/${page}#w=${left.map((n) => data.workloads[n].row[0]).join(",")}`; };
  const together = el("a", { onpointerdown: () => lead(), onclick: () => lead() }, "");
  const bar = chosen(data, page, { places: picked, drop: () => go({ pick: [] }) });
  let barred = "";
  const empty = el("div", { class: "wa-explore__empty", hidden: true });
  const cards = el("ul", { class: "wa-cards wa-cards--wide wa-explore__cards", tabindex: "-1", hidden: true });
  const more = button("", () => {
    const from = limit;
    limit += 2 * STEP;
    draw(true);
    (drawnAsCards() ? cards.children[from] : body.rows[from])?.querySelector("a").focus();
  });

  const drawn = lists(data, host, cards, { picked: (id) => state.pick.includes(id), pick, later });
  const drawnAsCards = () => (state.view || (phone.matches ? "cards" : "table")) === "cards";
  function list(whole) {
    const shown = left.slice(0, limit);
    const asCards = drawnAsCards();
    table.parentElement.hidden = asCards || !left.length;
    cards.hidden = !asCards || !left.length;
    drawn[asCards ? "rows" : "cards"]([], true);
    drawn[asCards ? "cards" : "rows"](shown, whole);
    more.textContent = `Show ${number(Math.min(2 * STEP, left.length - shown.length))} more`;
    more.hidden = left.length <= shown.length;
    for (const view of views) view.setAttribute("aria-pressed", String((view.dataset.view === "cards") === asCards));
    return shown.length;
  }

  const wide = (amount) => `${number(amount)} workload${amount === 1 ? "" : "s"}`;
  const link = (n) => el("a", { href: root + data.workloads[n].row.at(-1) + page }, data.workloads[n].row[1]);
  const listed = (nodes) => nodes.flatMap((node, n) => [n === 0 ? "" : n === nodes.length - 1 ? " and " : ", ", node]);
  // Where nothing is left: what comes nearest to the text, why no workload has a value, and what to drop.
  function nothing() {
    empty.hidden = left.length > 0;
    if (left.length) {
      if (empty.childElementCount) empty.replaceChildren();
      return;
    }
    const near = words.ask(state.q)?.near || [];
    const why = data.facets.flatMap(({ id, none }) => state[id].filter((value) => none[value]).map((value) => el("p", {}, el("strong", {}, text(id, value)), ": ", sentence(none[value], root))));
    const found = atlas.drops(state);
    empty.replaceChildren(...[
      near.length ? el("p", {}, `No workload is found by “${state.q.trim()}”. Nearest: `, listed(near.map(link)), ".") : null,
      ...why,
      el("p", {}, found.length ? "No workload has all of this. What helps:" : "No workload has all of this."),
      el("ul", {}, found.map(({ keys, total }) => el("li", {}, button(`Drop ${keys.map(named).join(" and ")}`, () => drop(keys)), ` leaves ${wide(total)}`))),
      found.length ? null : el("p", {}, button("Clear the filters", () => drop(active()))),
    ].filter(Boolean));
  }
  const named = (key) => `${label(key)}: ${(key === "q" ? [state.q.trim()] : state[key]).map((value) => text(key, value)).join(" or ")}`;
  const active = () => ["q", ...data.facets.map(({ id }) => id)].filter((key) => (key === "q" ? state.q.trim() : state[key].length));

  function chipped() {
    const keys = active();
    const chip = (key, value) => el("button", {
      type: "button", class: "wa-chip wa-explore__chip", "aria-label": `Drop ${label(key)}: ${text(key, value)}`,
      onclick: () => { go({ [key]: key === "q" ? "" : state[key].filter((other) => other !== value) }); said.focus(); },
    }, `${label(key)}: ${text(key, value)}`);
    chips.replaceChildren(...keys.flatMap((key) => (key === "q" ? [chip("q", state.q.trim())] : state[key].map((value) => chip(key, value)))).flatMap((node) => [node, " "]),
      ...(keys.length ? [button("Clear the filters", () => drop(keys))] : []));
    filtered.textContent = keys.length ? `${keys.length} in use` : "";
  }

  const say = (line) => { if (said.textContent !== line) said.textContent = line; };
  function tell(shown) {
    const parts = [`${number(left.length)} of ${wide(data.workloads.length)}`];
    if (shown < left.length) parts.push(`the first ${shown} shown`);
    if (state.pick.length) {
      const seen = left.filter((n) => state.pick.includes(data.workloads[n].row[0])).length;
      parts.push(`${state.pick.length} chosen${seen < state.pick.length ? `, ${state.pick.length - seen} of them not among these` : ""}`);
    }
    const read = words.ask(state.q)?.corrected || [];
    if (read.length) parts.push(`read as ${read.map(([, word]) => `“${word}”`).join(", ")}`);
    if (state.q.trim() && words.failed()) parts.push("words cannot be looked for, as their file could not be loaded");
    say(`${parts.join("; ")}.`);
    skip.textContent = `To the ${wide(left.length)}`;
    const what = left.length === data.workloads.length ? "all" : `these ${number(left.length)}`;
    asCsv.textContent = `Save ${what} as CSV`;
    asJson.textContent = `Save ${what} as JSON`;
    together.textContent = `See ${what} together`;
    asCsv.hidden = asJson.hidden = together.hidden = !left.length;
    // Filters change nothing of what is chosen.
    const now = [state.sort, ...state.pick].join(" ");
    if (now !== barred) bar.update(state.pick.length);
    barred = now;
  }

  // Text waits for the engine of the search, once. `whole` draws all at once, `first` says that nothing was drawn yet.
  function draw(whole = false, first = false) {
    begin();
    if (field.value.trim() !== state.q.trim()) field.value = state.q;
    if (state.q.trim() && words.waits()) {
      host.dataset.drawing = "";
      say("Loading what is known of each workload …");
      return words.load().then(() => draw(whole, first));
    }
    const found = atlas.find(state);
    left = atlas.order(state, found.set);
    side.update(state, found.counts, first);
    ordered.value = state.sort;
    ordered.options[0].text = state.q.trim() ? "Best match" : data.sorts[0][1];
    chipped();
    nothing();
    tell(list(whole));
    later(lead);
    later(flush);
    end();
    return null;
  }

  const sort = choice("wa-sort", "Order", data.sorts.map(([id, name]) => [id, name]), state.sort, (value) => go({ sort: value }));
  const ordered = sort.querySelector("select");
  const form = el("form", { "aria-label": "Filter workloads", onsubmit: (event) => event.preventDefault() },
    el("div", { class: "wa-field" }, el("label", { for: "wa-q" }, "Find by name, synonym or words of the task"), field), skip, filters);
  host.querySelector(".wa-explore__side").append(form);
  host.querySelector(".wa-explore__head").append(
    el("div", { class: "wa-explore__told" }, said, chips),
    el("div", { class: "wa-explore__do" }, sort, el("div", { class: "wa-explore__views", role: "group", "aria-label": "Show as" }, views), el("p", { class: "wa-pick__do" }, asCsv, asJson, together)));
  table.parentElement.after(cards, empty, el("p", { class: "wa-explore__more" }, more), bar.bar);

  function read() {
    const found = way.read(fragment());
    state = found.state;
    leaveOut(host, way.write(state), found.left.flatMap((each, n) => [n ? "; " : "", `${each.what}: ${each.key}=${each.value}`, ...nearer(each)]));
  }
  // What comes nearest, to be taken with one press.
  function nearer({ key, of, near }) {
    if (!of || (!near && of === key)) return [];
    const facet = data.facets.find(({ id }) => id === of);
    if (!near) return [` (nearest: ${facet.label})`];
    const [id, name = id] = near;
    const value = facet || of === "pick" ? [...new Set([...state[of], id])] : id;
    return [" (nearest: ", button(of === key ? name : `${facet.label}: ${name}`, () => { go({ [of]: value }); said.focus(); }), ")"];
  }
  follow(() => {
    read();
    limit = STEP;
    draw();
  });
  Object.assign(window.WAWorkloads, { csv: () => csv(data, selection()), json: () => json(data, selection()) });
  read();
  Promise.resolve(draw(false, true)).then(() => {
    lead();
    host.dataset.ready = "";
  });
})();
