// The calculator as a page: draws the state of the address, and turns what a visitor does into a new address.
(() => {
  "use strict";

  const { el, table, choice, number, copier } = window.WATools;
  const { fragment, take, settle, follow } = window.WASteps;
  const { plan, smallest, longest, find, address, working, fields } = window.WASize;
  const { plural } = working;
  const data = window.WA_SIZE;
  const host = document.getElementById("wa-size");
  if (!host || !data) return;
  const { wrong, id, takes, tell, waiting } = fields(data);
  let state = read();
  let before = state;
  let note = "";

  // What the address says of a field and cannot be taken is told there, as if it had been typed; it does not stay there.
  function read() {
    const found = address.read(fragment(), data);
    for (const [key, text] of found.ignored) if (address.KEYS.includes(key)) takes(key, text, found);
    if (found.ignored.length) settle(address.write(found));
    return found;
  }

  // A choice of a model brings its own formats, and a limit for requests.
  function go(change) {
    const next = { ...state, ...change };
    for (const key of Object.keys(change)) wrong.delete(key);
    note = "";
    if (change.model) {
      const { context, title } = find(data.models, change.model);
      next.format = null;
      ["format", "context", "average"].forEach((key) => wrong.delete(key));
      if (context && context < next.context) {
        note = `${title} takes at most ${number(context)} tokens: that is the longest request now.`;
        next.context = context;
        next.average = Math.min(next.average, context);
      }
    }
    take(address.write(next));
    state = read();
    draw();
  }

  // Typing is answered at once. What cannot be taken leaves the state, and so the answer, as it was; what is typed on
  // the way to a figure leaves no trace in the others, so each letter starts from what was there `before`.
  function set(key, text) {
    note = "";
    if (takes(key, text, before)) {
      const next = { ...before, [key]: text };
      if (key === "context") next.average = Math.min(next.average, Number(text));
      take(address.write(next), key);
      state = read();
    }
    draw();
  }

  const field = (name, label, key, attributes) => {
    const input = el("input", { id: name, inputmode: "numeric", autocomplete: "off", ...attributes,
      onfocus: () => { before = state; }, oninput: () => set(key, input.value.trim()), onblur: () => { if (!wrong.has(key)) input.value = state[key]; } });
    return el("div", { class: "wa-field" }, el("label", { for: name }, label), input);
  };
  const form = el("form", { class: "wa-form", "aria-label": "What to size", onsubmit: (event) => event.preventDefault() },
    choice("wa-model", "Model", data.models.map((model) => [model.id, model.title]), state.model, (model) => go({ model })),
    choice("wa-gpu", "Accelerator", data.cards.map((card) => [card.id, `${card.title} (${card.gib} GiB)`]), state.gpu, (gpu) => go({ gpu })),
    choice("wa-tp", "GPUs, working as one", [], "", (tp) => go({ tp })),
    choice("wa-format", "Weights", [], "", (format) => go({ format })),
    choice("wa-cache", "Cache", [["auto", "16 bit (auto)"], ["fp8", "8 bit (fp8)"]], state.cache, (cache) => go({ cache })),
    field("wa-context", "Longest request, tokens", "context"),
    field("wa-average", "Average request, tokens", "average"),
    field("wa-requests", "Requests at once", "requests"),
    field("wa-utilization", "Share of memory for the engine", "utilization", { inputmode: "decimal" }));
  const said = el("p", { class: "wa-size__said", role: "status" });
  const output = el("div", {});
  host.append(form, said, output);

  // What is being typed stays as it is, unless another state came from the address.
  function fill(all) {
    const model = find(data.models, state.model);
    const options = (id, list, value) => document.getElementById(id).replaceChildren(
      ...list.map(([key, text]) => el("option", { value: key, selected: String(key) === String(value) }, text)));
    options("wa-tp", [["auto", "as few as will do"], ...data.tps.map((tp) => [tp, String(tp)])], state.tp);
    options("wa-format", (model.formats || []).map((format) => [format.id,
      `${format.label}${format.listed ? "" : ", computed: no such files listed"}`]), state.format);
    for (const key of ["model", "gpu", "cache", "context", "average", "requests", "utilization"]) {
      const control = document.getElementById(id(key));
      if (control.matches("select") || all || control !== document.activeElement) control.value = state[key];
      control.dataset.counts = state[key];
    }
    tell();
  }

  // The GPUs to plan with: as asked, or the fewest that hold the load, or that start at all, or the most.
  function settled() {
    if (state.tp !== "auto") return state;
    const found = smallest(data, state, state.requests) || smallest(data, state);
    const model = find(data.models, state.model);
    return { ...state, tp: found ? found.want.tp : model.tps[model.tps.length - 1] };
  }

  // What the visitor asked, answered in words.
  function verdict(found) {
    const { want } = found;
    const where = `${number(want.tp)} × ${found.card.title}`;
    if (found.left <= 0) return ["no", `Does not fit on ${where}.`, `Weights of ${number(found.weights, 1)} GiB and ${number(found.activations + found.libraries + found.graphs, 1)} GiB for activations and buffers exceed the ${number(found.pool, 1)} GiB that the engine may use on a GPU by ${number(-found.left, 1)} GiB.`];
    if (!found.fits) return ["no", `Does not fit on ${where}.`, `One request of ${number(want.context)} tokens needs ${number(found.needed, 1)} GiB of cache on each GPU; ${number(found.left, 1)} GiB are left.`];
    if (!found.layout) return ["yes", `Fits on ${where}.`, "It has no cache; how many texts go at once is a matter of speed."];
    const held = Math.floor(found.requests);
    const limit = found.requests > found.batchRequests ? ` The engine runs at most ${number(found.batchRequests)} at once unless told otherwise.` : "";
    const full = `${number(found.concurrency, 1)} requests of the full ${number(want.context)} tokens`;
    if (found.requests >= state.requests) return ["yes", `Fits on ${where}, and holds your ${plural(state.requests, "request")}.`, `Room for ${full}, or ${number(held)} of ${number(want.average)}.${limit}`];
    return ["part", `Fits on ${where}, but holds ${number(held)} of your ${plural(state.requests, "request")}.`, `Room for ${full}, or ${number(held)} of ${number(want.average)}. ${held ? `${number(Math.ceil(state.requests / held))} copies would hold all.` : ""}`];
  }

  function ways(found) {
    if (found.fits && found.requests >= state.requests) return null;
    const { want } = found;
    const link = (change, text) => el("li", {}, el("a", { href: address.write({ ...state, ...want, ...change }) }, text));
    const items = [];
    if (!found.fits && found.left > 0) {
      const most = longest(data, want, want.context);
      const context = most >= 4096 ? most - (most % 1024) : most;
      if (context) items.push(link({ context, average: Math.min(state.average, context) }, `a longest request of ${number(context)} tokens`));
    }
    if (want.cache !== "fp8") {
      const better = plan(data, { ...want, cache: "fp8" });
      if (better.fits && better.requests >= state.requests) items.push(link({ cache: "fp8" }, "an 8-bit cache"));
    }
    const more = smallest(data, want, state.requests);
    if (more && more.want.tp > want.tp) items.push(link({ tp: more.want.tp }, `${more.want.tp} of these GPUs`));
    for (const format of found.model.formats) {
      const better = plan(data, { ...want, format: format.id });
      if (format.id !== want.format && better.fits && better.requests >= state.requests) items.push(link({ format: format.id }, `weights in ${format.label}${format.listed ? "" : " (computed)"}`));
    }
    return items.length ? [el("p", {}, el("strong", {}, "What would do: ")), el("ul", {}, items)] : el("p", {}, "Neither an 8-bit cache, smaller weights nor more of these GPUs in one machine would do.");
  }

  function others(want) {
    const rows = data.cards.map((card) => {
      const start = smallest(data, { ...want, gpu: card.id });
      const load = smallest(data, { ...want, gpu: card.id }, state.requests);
      const link = (found) => (found ? el("a", { href: address.write({ ...state, gpu: card.id, tp: found.want.tp }), "aria-label": `${found.want.tp}: size ${found.want.tp} × ${card.title}` }, String(found.want.tp)) : "–");
      return [card.title, number(card.gib, 1), link(start), link(load)];
    });
    return table("The same on every accelerator", ["Accelerator", "GiB", "Fewest that start it", `Fewest that hold ${plural(state.requests, "request")}`], rows, { right: [1, 2, 3] });
  }

  const section = (title, ...body) => el("section", {}, el("h2", { class: "wa-tool__h" }, title), body);

  function body() {
    const model = find(data.models, state.model);
    if (model.why) {
      said.textContent = `${model.title} cannot be sized here.`;
      return [el("div", { class: "wa-plate" }, el("p", { class: "wa-plate__why" }, `Reason: ${model.why}.`))];
    }
    const want = settled();
    const found = plan(data, want);
    if (!found) {
      const near = model.tps.reduce((best, tp) => (Math.abs(tp - want.tp) < Math.abs(best - want.tp) ? tp : best));
      said.textContent = `${model.title} cannot be divided among ${want.tp} GPUs.`;
      return [el("div", { class: "wa-plate" }, el("p", { class: "wa-plate__why" }, `${want.tp} does not divide its ${model.heads} attention heads. Nearest that does: `, el("a", { href: address.write({ ...state, tp: near }) }, plural(near, "GPU")), "."))];
    }
    const [mark, headline, why] = verdict(found);
    said.textContent = headline;
    const line = working.command(want);
    const code = el("code", {}, line);
    const notes = [...found.format.notes, ...found.card.notes];
    return [
      el("div", { class: `wa-plate wa-size__plate wa-size__plate--${mark}`, "data-fits": mark }, el("p", { class: "wa-plate__why" }, why), ways(found)),
      section("Memory of one GPU", working.bar(found), working.memory(found)),
      section("Requests at once", working.requests(found)),
      found.layout ? section("Cache by kind of layer", working.layers(found)) : null,
      section("Parallelism", working.parallelism(found)),
      section("Bounds on speed", el("p", { class: "wa-quiet" }, "No engine passes these without guessing tokens ahead; real ones stay below. They do not estimate a speed."), working.speed(found)),
      section("The same on every accelerator", others(want)),
      section("The same on the command line", el("pre", { class: "wa-command", tabindex: "0", "aria-label": "Command" }, code), el("p", {}, copier("Copy", () => line, () => code))),
      notes.length ? section("About these figures", el("ul", {}, notes.map((note) => el("li", {}, `${note[0].toUpperCase()}${note.slice(1)}.`)))) : null,
    ];
  }

  function draw(all = false) {
    fill(all);
    const made = body();
    const waits = waiting();
    if (waits) said.prepend(el("span", { class: "wa-size__waits" }, `${waits} `));
    const unknown = state.ignored.filter(([key]) => !address.KEYS.includes(key));
    output.replaceChildren(...[
      unknown.length ? el("p", { class: "wa-caution" }, `Left out of the address, because there is no such field: ${unknown.map((pair) => pair.join("=").slice(0, 60)).join("; ")}.`) : null,
      note ? el("p", { class: "wa-caution" }, note) : null,
      ...made].filter(Boolean));
  }

  follow(() => {
    wrong.clear();
    note = "";
    state = read();
    before = state;
    draw(true);
  });
  draw();
  host.hidden = false;
  host.dataset.ready = "";
})();
