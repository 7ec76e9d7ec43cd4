// The page of a portfolio: choices that stay while one types, and results that are drawn anew with every change.
(() => {
  "use strict";

  const { el, table, choice, number, takeAway } = window.WATools;
  const { fragment, note, flush, leaveOut, follow } = window.WASteps;
  const { answer, address, results, brief, paper } = window.WAPortfolio;
  const data = window.WA_PORTFOLIO;
  const host = document.getElementById("wa-portfolio");
  if (!host || !data) return;
  const { root } = host.dataset;
  const say = brief.words(data);
  const { whole, most } = address;
  const FEW = 6;
  let state = address.empty(data);
  let found = null;

  const link = () => location.origin.replace("null", "file://") + location.pathname + address.write(state, data);
  let waiting = 0;
  // `field` is named where a change is typed.
  function go(change, field = null) {
    state = { ...state, ...change };
    note(address.write(state, data), field);
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(flush, 150);
  }
  const set = (id, change, field) => go({ workloads: state.workloads.map((item) => (item.id === id ? { ...item, ...change } : item)) }, field);
  const without = (object, key) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

  // A field for a whole number: empty takes `otherwise`, anything else that is none says so.
  function amount({ id, label, value, limit, otherwise, change, note = null }) {
    const wrong = el("span", { id: `${id}-wrong`, class: "wa-pf__wrong", hidden: true }, `Not a whole number from 1 to ${number(limit)}; ${otherwise} counts.`);
    const input = el("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", value: value === null ? "" : String(value), "aria-describedby": `${id}-wrong`,
      oninput: () => {
        const text = input.value.replace(/[\s,]/g, "");
        const given = whole(text, limit);
        wrong.hidden = text === "" || given !== null;
        if (wrong.hidden) input.removeAttribute("aria-invalid");
        else input.setAttribute("aria-invalid", "true");
        change(given, id);
      } });
    return el("div", { class: "wa-field" }, el("label", { for: id }, label), input, wrong, note);
  }

  // What is chosen.
  const boxes = new Map();
  const group = ([id, title]) => el("fieldset", { class: "wa-pf__group" }, el("legend", {}, title),
    data.workloads.filter(({ pattern }) => pattern === id).map((item) => {
      const box = el("input", { type: "checkbox", value: item.id, onchange: () => pick(item.id, box.checked) });
      boxes.set(item.id, box);
      return el("label", { class: "wa-pf__box" }, box, el("span", {}, item.title));
    }));
  function pick(id, on) {
    const rest = state.workloads.filter((item) => item.id !== id);
    go({ workloads: on ? [...rest, { id, per_month: null, at_once: {} }] : rest });
  }
  const button = (name, click) => el("button", { type: "button", class: "wa-link", onclick: click }, name);
  const chosen = el("span", { class: "wa-facet__chosen" });
  const chooser = el("details", { class: "wa-more wa-pf__choose", open: true },
    el("summary", {}, "Choose workloads ", chosen),
    el("p", { class: "wa-pick__do" },
      button(`Choose all ${data.workloads.length}`, () => go({ workloads: data.workloads.map(({ id }) => state.workloads.find((item) => item.id === id) || { id, per_month: null, at_once: {} }) })),
      button("Choose none", () => go({ workloads: [], measured: {} })),
      el("a", { href: `${root}workloads/` }, "Filter them first")),
    el("div", { class: "wa-pf__groups" }, data.patterns.map(group)));

  // What holds for all of them.
  const settings = el("div", { class: "wa-form" });
  function drawSettings() {
    const name = el("input", { id: "wa-pf-title", type: "text", maxlength: "120", autocomplete: "off", oninput: () => go({ title: name.value }, "title") });
    name.value = state.title;
    settings.replaceChildren(
      choice("wa-pf-team", "Team", data.teams.map(([id, title]) => [id, title]), state.team || data.team, (id) => go({ team: id === data.team ? null : id })),
      choice("wa-pf-tier", "Models", data.tiers, state.tier, (tier) => go({ tier })),
      choice("wa-pf-peaks", "Peaks", data.peaks, state.peaks, (peaks) => go({ peaks })),
      choice("wa-pf-stay", "Workloads whose data must stay", data.must_stay, state.must_stay, (stay) => go({ must_stay: stay })),
      choice("wa-pf-card", "Accelerator", [["", "Any, least memory first"], ...data.cards], state.card || "", (card) => go({ card: card || null })),
      el("div", { class: "wa-field" }, el("label", { for: "wa-pf-title" }, "Name of the portfolio"), name));
  }

  // How much: one block a workload, kept while it is chosen.
  const volumes = el("div", { class: "wa-pf__volumes" });
  const blocks = new Map();
  function block(id) {
    const item = say.workload(id);
    const own = () => state.workloads.find((other) => other.id === id);
    const [low, typical, high] = item.months;
    const counts = new Map();
    const fields = item.steps.map((step) => amount({
      id: `wa-pf-${id}-${step.id}`, label: `${step.title}: requests at once`, value: own().at_once[step.id] ?? null, limit: most.at_once, otherwise: "what follows from the volume",
      change: (value, field) => set(id, { at_once: value ? { ...own().at_once, [step.id]: value } : without(own().at_once, step.id) }, field),
      note: counts.set(step.id, el("span", { class: "wa-quiet" })).get(step.id),
    }));
    const follows = el("p", { class: "wa-quiet" });
    const node = el("div", { class: "wa-pf__volume", role: "group", "aria-label": `How much: ${item.title}` },
      el("p", { class: "wa-pf__name" }, item.title),
      amount({ id: `wa-pf-${id}`, label: `In a month, counted as: ${item.unit}`, value: own().per_month, limit: most.per_month, otherwise: "the typical month",
        change: (value, field) => set(id, { per_month: value }, field),
        note: el("span", { class: "wa-quiet" }, `Left empty: ${number(typical)}, the typical month of its record, which tells a range of ${number(low)} to ${number(high)}.`) }),
      follows,
      el("details", { class: "wa-more" }, el("summary", {}, "Requests at once, and where the figures come from"),
        el("div", { class: "wa-pf__steps" }, fields),
        el("p", { class: "wa-quiet" }, item.basis),
        el("p", { class: "wa-quiet" }, `Rhythm: ${item.rhythm} The peak is ${number(item.factor, item.factor % 1 ? 1 : 0)} times the mean.`)));
    return { node, update(told) {
      const tokens = told.tokens_in + told.tokens_out ? `, ${number(told.tokens_in)} tokens in and ${number(told.tokens_out)} out` : "";
      follows.textContent = `${number(told.requests)} requests to models a month${tokens}; at once, ${told.steps.map((step) => `${brief.lower(say.step(id, step.id).title)} ${number(step.at_once)}${step.stated ? " (stated)" : ""}`).join("; ")}.`;
      for (const step of told.steps) counts.get(step.id).textContent = step.stated ? "As stated." : `${number(step.at_once)} from the volume.`;
    } };
  }
  function drawVolumes() {
    const wanted = found.workloads.map(({ id }) => id);
    for (const id of [...blocks.keys()]) {
      if (wanted.includes(id)) continue;
      blocks.get(id).node.remove();
      blocks.delete(id);
    }
    wanted.forEach((id, n) => {
      if (!blocks.has(id)) blocks.set(id, block(id));
      const { node, update } = blocks.get(id);
      if (volumes.children[n] !== node) volumes.insertBefore(node, volumes.children[n] || null);
      update(found.workloads[n]);
    });
  }

  // Models whose requests at once memory does not tell: the visitor is asked.
  const measured = el("div", { class: "wa-form" });
  const asked = el("div", { role: "group", "aria-labelledby": "wa-pf-asked", hidden: true },
    el("p", { id: "wa-pf-asked", class: "wa-pf__name" }, "What the records do not say"),
    el("p", { class: "wa-quiet" }, "These models work in one pass, or on pages and audio: how many requests one copy serves depends on its speed, which memory does not tell. State what you measured; without it one copy counts, as a minimum."),
    measured);
  const fields = new Map();
  function drawMeasured() {
    const open = found.pools.filter((pool) => pool.accelerator && pool.steps.some(([id, step]) => say.step(id, step).uncounted)).map(({ model }) => model);
    const wanted = [...new Set(open)];
    for (const [id, node] of fields) {
      if (wanted.includes(id)) continue;
      node.remove();
      fields.delete(id);
    }
    wanted.forEach((id, n) => {
      if (!fields.has(id)) {
        fields.set(id, amount({ id: `wa-pf-m-${id}`, label: `${say.model(id).title}: requests at once that one copy serves`, value: state.measured[id] ?? null, limit: most.at_once, otherwise: "one copy",
          change: (value, field) => go({ measured: value ? { ...state.measured, [id]: value } : without(state.measured, id) }, field) }));
      }
      if (measured.children[n] !== fields.get(id)) measured.insertBefore(fields.get(id), measured.children[n] || null);
    });
    asked.hidden = wanted.length === 0;
  }

  const notices = el("div", { class: "wa-pf__notices" });
  const status = el("p", { class: "wa-pick__said", role: "status" });
  const changed = el("span", { class: "wa-facet__chosen" });
  const how = el("details", { class: "wa-more wa-pf__how", hidden: true }, el("summary", {}, "How much ", changed), volumes, asked);
  const result = el("div", { class: "wa-pf__result" });
  let sheet = null;
  const files = el("div", { class: "wa-pf__file" });
  const whole29 = document.getElementById("wa-portfolio-all");

  const take = () => [el("h2", {}, "Take it away"), takeAway(() => brief.markdown(data, found, link()), link, () =>
    el("button", { type: "button", class: "wa-button wa-button--quiet", "data-take": "yaml", onclick: save }, "Save as YAML"))];
  // The parser and the reader of files are loaded when a file is first read or written.
  let loading = null;
  const load = (name) => new Promise((done, failed) => {
    document.head.append(el("script", { src: `${root}assets/js/${name}.js`, onload: done, onerror: failed }));
  });
  const reader = () => {
    loading = loading || load("vendor/js-yaml-4.1.1.min").then(() => load("portfolio/file"));
    return loading;
  };
  async function save() {
    await reader();
    const schema = location.protocol.startsWith("http") ? new URL(`${root}schema/portfolio.schema.json`, location.href).href : "";
    const href = URL.createObjectURL(new Blob([window.WAPortfolio.file.write(state, data, schema)], { type: "application/yaml" }));
    el("a", { href, download: "portfolio.yml" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  }

  const problems = el("div", { class: "wa-pf__problems", tabindex: "-1", role: "group", "aria-label": "Result of the import" });
  async function open(name, source) {
    try {
      await reader();
    } catch {
      loading = null;
      problems.replaceChildren(el("p", { class: "wa-caution" }, "The reader of files could not be loaded. Load the page again and try once more."));
      return;
    }
    const read = window.WAPortfolio.file.read(source, data);
    if (read.state) {
      renew(read.state, read.remarks);
      go({});
      problems.replaceChildren(el("p", {}, `${name} is read: ${brief.many(read.state.workloads.length, "workload")}. ${read.remarks.join(". ")}`));
    } else {
      problems.replaceChildren(
        el("p", {}, el("strong", {}, `${name} was not taken: ${brief.many(read.problems.length, "problem")}. `), "What is shown above is as before."),
        table("Problems of the file", ["Line", "Code", "What is wrong", "What to write instead"], read.problems.map((item) => [String(item.line), el("a", { href: `${root}errors/#${item.code.toLowerCase()}` }, item.code), item.what, item.instead])));
    }
    problems.focus();
  }
  const pasted = el("textarea", { id: "wa-pf-paste", rows: "6", spellcheck: "false", class: "wa-copy" });
  const chosenFile = el("input", { id: "wa-pf-file", type: "file", accept: ".yml,.yaml,application/yaml", onchange: async () => {
    const [file] = chosenFile.files;
    if (!file) return;
    await open(file.name, await file.text());
    chosenFile.value = "";
  } });
  files.append(el("details", { class: "wa-more" }, el("summary", {}, "Open a portfolio from YAML"),
    el("p", { class: "wa-quiet" }, "The file stays in this browser. Its keys are explained in ", el("a", { href: `${root}schema/portfolio.schema.json` }, "the schema"), "; atlas portfolio FILE gives the same answer on the command line."),
    el("div", { class: "wa-field" }, el("label", { for: "wa-pf-file" }, "A file"), chosenFile),
    el("div", { class: "wa-field" }, el("label", { for: "wa-pf-paste" }, "Or its text"), pasted),
    el("p", {}, el("button", { type: "button", class: "wa-button wa-button--quiet", onclick: () => open("The text", pasted.value) }, "Read the text"))), problems);

  // A whole new state: fields are made anew, as what they show is no longer what is asked.
  function renew(next, told = []) {
    state = next;
    for (const kept of [blocks, fields]) kept.clear();
    volumes.replaceChildren();
    measured.replaceChildren();
    drawSettings();
    notices.replaceChildren(...told.map((text) => el("p", { class: "wa-caution" }, `${text}.`)));
    chooser.open = state.workloads.length === 0;
    how.open = state.workloads.length <= FEW;
  }

  function draw() {
    found = answer(data, state);
    const some = found.workloads.length > 0;
    for (const [id, box] of boxes) box.checked = state.workloads.some((item) => item.id === id);
    chosen.textContent = some ? `${found.workloads.length} of ${data.workloads.length} chosen` : "";
    const sentence = some ? brief.said(data, say, found) : "Nothing is chosen yet. Choose at least one workload, or open a file; below are all of them for the reference team.";
    if (status.textContent !== sentence) status.textContent = sentence;
    how.hidden = !some;
    const stated = state.workloads.filter((item) => item.per_month || Object.keys(item.at_once).length).length;
    changed.textContent = stated ? `stated for ${stated} of ${found.workloads.length}, else the typical month` : "the typical month of each record; change it here";
    drawVolumes();
    drawMeasured();
    const opened = new Set([...result.querySelectorAll("details[open][data-key]")].map((node) => node.dataset.key));
    result.replaceChildren(...(some ? [results(data, found, root), take()].flat(2) : []));
    for (const node of result.querySelectorAll("details[data-key]")) if (opened.has(node.dataset.key)) node.open = true;
    // A child of the tool itself: print shows nothing else of it.
    if (sheet) sheet.remove();
    sheet = some ? paper(brief.compose(data, found, link())) : null;
    if (sheet) host.append(sheet);
    document.body.classList.toggle("wa-has-brief", some);
    if (whole29) whole29.hidden = some;
  }

  function fromAddress() {
    const read = address.read(fragment(), data);
    renew(read.state, read.renamed);
    leaveOut(host, address.write(read.state, data), read.ignored.length ? [`the atlas does not know it: ${read.ignored.join(", ")}`] : []);
    draw();
  }
  // What is unfolded stays so.
  follow(() => {
    clearTimeout(waiting);
    const unfolded = [chooser.open, how.open];
    fromAddress();
    [chooser.open, how.open] = unfolded;
  });

  host.append(notices, chooser, settings, status, how, result, files);
  fromAddress();
  host.hidden = false;
  host.dataset.ready = "";
})();
