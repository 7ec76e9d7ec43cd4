// The catalogue as a page: hides rows that the filters in the address leave out, and compares up to four models.
(() => {
  "use strict";

  const { el, choice, number } = window.WATools;
  const { fragment, take, leaveOut, follow } = window.WASteps;
  const data = window.WA_MODELS;
  const cards = window.WA_SIZE;
  const host = document.getElementById("wa-models");
  const aside = document.getElementById("wa-compare");
  if (!host || !data || !cards) return;
  const MOST = 4;
  const CONTEXT = 32768;
  const KEYS = ["q", "job", "can", "licence", "size", "context", "language", "gpu", "count", "compare"];
  const byId = new Map(data.models.map((model) => [model.id, model]));
  let state = read();

  const CAN = [["tools", "calls tools"], ["structured", "structured output"], ["reasoning", "reasons first"], ["pictures", "takes pictures"], ["audio", "takes audio"]];
  const LICENCES = [["osi", "Apache 2.0 or MIT"], ["allowed", "commercial use allowed"], ["usable", "commercial use, also under conditions"]];
  const COUNTS = cards.tps.map((count) => [count, String(count)]);
  const LEGAL = {
    job: data.jobs, can: CAN, licence: LICENCES, size: data.sizes,
    context: data.contexts.map((length) => [length]), language: data.languages, gpu: cards.cards.map((card) => [card.id]), count: COUNTS,
  };

  // What the address does not say, or says wrongly, is “any”.
  function read() {
    const parts = new URLSearchParams(fragment().slice(1));
    return Object.fromEntries(KEYS.map((key) => [key, (parts.get(key) || "").slice(0, 300)]));
  }
  const legal = (key) => !LEGAL[key] || LEGAL[key].some(([value]) => String(value) === state[key]);
  function settle() {
    for (const key of KEYS) if (state[key] && !legal(key)) state[key] = "";
    const chosen = state.compare.split(",").filter((id, n, all) => byId.has(id) && all.indexOf(id) === n);
    state.compare = chosen.slice(0, MOST).join(",");
    if (state.gpu && !state.count) state.count = "1";
  }
  const compared = () => (state.compare ? state.compare.split(",") : []);
  const address = (change) => `#${new URLSearchParams(Object.entries({ ...state, ...change }).filter(([, value]) => value).map(([key, value]) => [key, String(value)]))}`;
  function go(change, field = null) {
    take(address(change), field);
    state = read();
    draw();
  }

  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const licensed = { osi: (model) => model.osi, allowed: (model) => model.licence === "allowed", usable: (model) => model.licence !== "excluded" };

  // Whether the model starts on so many of the chosen card, and in which of its listed formats; null if none does.
  function fitting(model) {
    const sized = window.WASize.find(cards.models, model.id);
    if (!sized || sized.why) return null;
    const context = Math.min(CONTEXT, sized.context || CONTEXT);
    const limit = Number(state.count);
    const want = { model: model.id, gpu: state.gpu, cache: "auto", context, average: context, utilization: cards.utilization };
    const fits = (format) => cards.tps.some((tp) => {
      const found = tp <= limit ? window.WASize.plan(cards, { ...want, tp, format: format.id }) : null;
      return found && found.fits;
    });
    return sized.formats.filter((format) => format.listed).find(fits) || null;
  }

  const TESTS = {
    q: (model, text) => folded(text).split(/\s+/).every((word) => folded(model.words).includes(word)),
    job: (model, job) => model.jobs.includes(job),
    can: (model, what) => model.can.includes(what),
    licence: (model, which) => licensed[which](model),
    size: (model, size) => model.size === size,
    context: (model, least) => model.context !== null && model.context >= Number(least),
    language: (model, code) => model.wide || model.languages.includes(code),
    gpu: (model) => fitting(model) !== null,
  };
  const passes = (model, except) => Object.entries(TESTS).every(([key, test]) => key === except || !state[key] || test(model, state[key]));

  // Each choice says how many models it would leave, the other filters being as they are.
  function counted(key, options) {
    const open = data.models.filter((model) => passes(model, key));
    return [["", `any (${open.length})`], ...options.map(([value, label]) => [value, `${label} (${open.filter((model) => TESTS[key](model, String(value))).length})`])];
  }
  const typed = (id, label, key) => {
    const input = el("input", { id, type: "search", autocomplete: "off", oninput: () => go({ [key]: input.value }, key) });
    return el("div", { class: "wa-field" }, el("label", { for: id }, label), input);
  };
  const pick = (id, label, key) => choice(id, label, [], "", (value) => go({ [key]: value }));
  const said = el("p", { class: "wa-pick__said", role: "status" });
  const doing = el("p", { class: "wa-pick__do" });
  host.append(
    el("form", { class: "wa-form wa-pick", "aria-label": "Filter models", onsubmit: (event) => event.preventDefault() },
      typed("wa-q", "Text", "q"), pick("wa-job", "Job", "job"), pick("wa-can", "Can", "can"), pick("wa-licence", "Licence", "licence"),
      pick("wa-size", "Size", "size"), pick("wa-context", "Context, at least", "context"), pick("wa-language", "Language", "language"),
      pick("wa-gpu", "Fits on", "gpu"), pick("wa-count", "How many of it, at most", "count")),
    said, doing);

  function fill() {
    const options = (key, list) => document.getElementById(`wa-${key}`).replaceChildren(
      ...list.map(([value, text]) => el("option", { value, selected: String(value) === state[key] }, text)));
    options("job", counted("job", data.jobs));
    options("can", counted("can", CAN));
    options("licence", counted("licence", LICENCES));
    options("size", counted("size", data.sizes));
    options("context", counted("context", data.contexts.map((length) => [length, `${number(length)} tokens`])));
    options("gpu", [["", "any accelerator"], ...cards.cards.map((card) => [card.id, `${card.title} (${card.gib} GiB)`])]);
    options("count", COUNTS);
    document.getElementById("wa-count").disabled = !state.gpu;
    options("language", counted("language", data.languages));
    const input = document.getElementById("wa-q");
    if (input.value !== state.q) input.value = state.q;
  }

  // A box to choose a row for comparison stands first in every row.
  const boxes = new Map();
  const rows = new Map();
  function prepare() {
    const table = document.querySelector(".wa-models");
    table.tHead.rows[0].prepend(el("th", { scope: "col", class: "wa-choose" }, "Compare"));
    for (const row of table.tBodies[0].rows) {
      const model = byId.get(row.dataset.model);
      const box = el("input", { type: "checkbox", "aria-label": `Compare ${model.title}`, onchange: () => {
        const rest = compared().filter((id) => id !== model.id);
        go({ compare: (box.checked ? [...rest, model.id] : rest).join(",") });
      } });
      row.prepend(el("td", { class: "wa-choose" }, box));
      rows.set(model.id, row);
      boxes.set(model.id, box);
    }
  }

  function comparison() {
    const models = compared().map((id) => byId.get(id));
    if (!models.length) return [];
    const labels = models[0].facts.map(([label]) => label);
    const differing = labels.filter((_, n) => new Set(models.map((model) => model.facts[n][1])).size > 1);
    const body = labels.map((label, n) => {
      const differs = differing.includes(label);
      return el("tr", { "data-differs": differs }, el("th", { scope: "row" }, label, differs ? el("span", { class: "wa-differs" }, "differs") : null),
        models.map((model) => el("td", { "data-label": model.title }, model.facts[n][1])));
    });
    const links = models.map((model) => {
      const sized = window.WASize.find(cards.models, model.id);
      const href = `${host.dataset.root}size/${location.protocol === "file:" ? "index.html" : ""}#model=${model.id}`;
      return el("td", { "data-label": model.title }, sized && !sized.why ? el("a", { href, "aria-label": `Size ${model.title}` }, "size it") : "not sized");
    });
    return [
      el("h2", { id: "wa-compared", tabindex: "-1" }, "Side by side"),
      el("p", { class: "wa-quiet" }, models.length === 1 ? "Choose up to three more in the table." : `${differing.length} of ${labels.length} facts differ; they are marked.`),
      el("div", { class: "wa-scroll", tabindex: "0", role: "region", "aria-label": "Models side by side" },
        el("table", { class: "wa-table wa-compare" },
          el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Fact"), models.map((model) => el("th", { scope: "col" },
            el("a", { href: `${host.dataset.root}models/${model.id}/${location.protocol === "file:" ? "index.html" : ""}` }, model.title))))),
          el("tbody", {}, body, el("tr", {}, el("th", { scope: "row" }, "Memory"), links)))),
    ];
  }

  function draw() {
    settle();
    fill();
    const left = data.models.filter((model) => passes(model));
    const chosen = compared();
    for (const model of data.models) {
      rows.get(model.id).hidden = !left.includes(model);
      const box = boxes.get(model.id);
      box.checked = chosen.includes(model.id);
      box.disabled = !box.checked && chosen.length >= MOST;
    }
    const filtered = Object.keys(TESTS).some((key) => state[key]);
    const on = state.gpu ? ` “Fits” means: a listed number format starts on at most ${state.count} of it and holds one request of ${number(CONTEXT)} tokens, or of the model’s own context; ${left.length ? "" : "none of those left does; "}models that cannot be sized are left out.` : "";
    const stated = state.language ? " A language counts where the maker names it or tested it; models that state a number of languages without a list are kept." : "";
    said.textContent = `${left.length} of ${data.models.length} models.${stated}${on}`;
    doing.replaceChildren(...[
      filtered ? el("button", { type: "button", class: "wa-link", onclick: () => { go({ ...Object.fromEntries(KEYS.map((key) => [key, ""])), compare: state.compare }); document.getElementById("wa-q").focus(); } }, "Clear the filters") : null,
      chosen.length ? el("button", { type: "button", class: "wa-link", onclick: () => { aside.scrollIntoView(); document.getElementById("wa-compared").focus(); } }, `Go to the comparison (${chosen.length} of at most ${MOST})`) : null,
      chosen.length ? el("button", { type: "button", class: "wa-link", onclick: () => { go({ compare: "" }); document.getElementById("wa-q").focus(); } }, "Compare none") : null,
    ].filter(Boolean));
    aside.replaceChildren(...comparison());
  }

  function start() {
    state = read();
    settle();
    leaveOut(host, address({}));
    draw();
  }
  follow(start);
  prepare();
  start();
  host.hidden = false;
  host.dataset.ready = "";
})();
