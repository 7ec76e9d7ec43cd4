// The calculator as a page: draws the state of the address, and turns what a visitor does into a new address.
(() => {
  "use strict";

  const { el, table, choice, number, takeAway } = window.WATools;
  const { fragment, take, settle, leaveOut, follow } = window.WASteps;
  const { answer, answering, finish, given, words, chart, fields } = window.WACost;
  const data = window.WA_COST;
  const host = document.getElementById("wa-cost");
  if (!host || !data) return;
  const { plain, amount, volume, range } = words;
  const MOST = 8;
  const { wrong, known, id, takes, tell, waiting } = fields(data);
  const characters = data.characters.keys.map((item) => item.name);
  let state = read();

  // What the address says of a field and cannot be taken is told there, as if it had been typed.
  function read() {
    const found = given.read(fragment(), data);
    for (const [name, text] of found.ignored) if (known(name)) takes(name, text);
    if (found.ignored.length) settle(given.write(found));
    const unknown = found.ignored.filter(([name]) => !known(name) || (characters.includes(name) && !wrong.has(name)));
    leaveOut(host, given.write(found), unknown.length ? [`there is no such field, or tokens are given too: ${unknown.map((pair) => pair.join("=")).join("; ")}`] : []);
    return found;
  }

  function go(change) {
    let next = { ...state, ...change };
    for (const name of Object.keys(change)) wrong.delete(name);
    if ("workload" in change) {
      const own = ["units", "tokens_in", "tokens_out", "peak", "scored", "audio", ...characters];
      next.unit = "";
      next.figures = Object.fromEntries(Object.entries(next.figures).filter(([name]) => !own.includes(name)));
      own.forEach((name) => wrong.delete(name));
    }
    if (["workload", "currency", "per_usd"].some((name) => name in change)) next = given.change(state, next, data);
    take(given.write(next));
    state = read();
    draw();
  }

  // Tokens of a month are the volume where tokens are what is counted; else they divide over the units.
  function spread(name, text) {
    const { figures: f, unit } = given.compose(state, data);
    const all = { month_in: f.units * f.tokens_in, month_out: f.units * f.tokens_out, [name]: given.triple(text, { name, least: 0, most: null })[1] };
    const whole = all.month_in + all.month_out;
    const units = unit === words.TOKENS ? whole / 1e6 : f.units;
    if (!units) return {};
    const each = { tokens_in: trim(all.month_in / units), tokens_out: trim(all.month_out / units) };
    return unit === words.TOKENS ? { units: trim(units), ...each } : each;
  }

  // What cannot be taken leaves the state, and so the answer, as it was.
  function set(name, text) {
    if (!takes(name, text)) {
      draw();
      return;
    }
    if (name === "unit" || name === "per_usd") {
      go({ [name]: text });
      return;
    }
    if (name in monthly) {
      if (text !== "") go({ figures: { ...without(characters), ...spread(name, text) } });
      return;
    }
    // Tokens and characters of the same side are two ways to say it: the last one counts.
    const other = given.CHARACTERS[name] || Object.keys(given.CHARACTERS).find((side) => given.CHARACTERS[side] === name);
    const figures = without([other]);
    if (text === "") delete figures[name];
    else figures[name] = text;
    go({ figures });
  }

  const without = (names) => Object.fromEntries(Object.entries(state.figures).filter(([name]) => !names.includes(name)));

  const options = (list, none) => [["", none], ...list.map((item) => [item.id, item.title])];
  const field = (name, label, attributes = {}) => {
    const input = el("input", { id: id(name), autocomplete: "off", ...attributes, onchange: () => set(name, input.value.trim()) });
    return el("div", { class: "wa-field" }, el("label", { for: id(name) }, label), input);
  };
  const key = (name) => data.keys.find((item) => item.name === name);
  const main = ["units", "tokens_in", "tokens_out"];
  const monthly = { month_in: "Input tokens a month", month_out: "Output tokens a month" };
  const form = el("form", { class: "wa-form", "aria-label": "What to compare", onsubmit: (event) => event.preventDefault() },
    choice("wa-cost-workload", "Workload", options(data.workloads, "My own volume"), state.workload, (workload) => go({ workload })),
    choice("wa-cost-api", "Model behind an API", options(data.offers, "My own prices"), state.api, (api) => go({ api })),
    choice("wa-cost-model", "Model to host", options(data.models, "My own speed"), state.model, (model) => go({ model })),
    choice("wa-cost-gpu", "Accelerator", options(data.gpus, "My own prices"), state.gpu, (gpu) => go({ gpu })),
    field("unit", "What the volume counts"),
    main.map((name) => field(name, key(name).label, { inputmode: "decimal" })),
    Object.entries(monthly).map(([name, label]) => field(name, label, { inputmode: "decimal" })));
  const letters = el("details", { class: "wa-more" }, el("summary", {}, "Count in characters"),
    el("p", { class: "wa-quiet" }, `For text of which you know the characters: they become the tokens above, ${data.characters.token} characters a token as in English text, unless you say otherwise. Other scripts take fewer characters a token.`),
    el("div", { class: "wa-form" }, data.characters.keys.map((item) => field(item.name, item.label, { inputmode: "decimal" }))));
  const money = el("div", { class: "wa-form wa-cost__group", role: "group", "aria-label": "Currency" },
    choice("wa-cost-currency", "Currency", ["USD", "EUR", "GBP", "CHF"].map((item) => [item, item]), state.currency || "USD", (currency) => go({ currency })),
    field("per_usd", "What one US dollar costs in it", { inputmode: "decimal" }));
  const rest = el("div", {});
  const figures = el("details", { class: "wa-more wa-cost__figures" }, el("summary", {}, "Every figure and the currency, to change"),
    el("p", { class: "wa-quiet" }, "Write a number such as 1200, 2.5B or 40%, or a range low..high or low..base..high. An empty field takes the atlas’s value again."), money, rest);
  // The answer comes first: the month in large letters, then from which volume that changes.
  const said = el("p", { class: "wa-cost__said", role: "status" });
  const output = el("div", {});
  host.append(said, form, letters, figures, output);

  const inputs = new Map();
  for (const [group, title] of Object.entries(data.groups)) {
    const box = el("div", { class: "wa-form wa-cost__group", role: "group", "aria-label": title });
    for (const item of data.keys.filter((found) => found.group === group && !main.includes(found.name))) {
      const made = field(item.name, `${item.label}, ${item.unit}`);
      const from = el("span", { class: "wa-quiet wa-cost__from" });
      made.append(from);
      box.append(made);
      inputs.set(item.name, [made.querySelector("input"), from]);
    }
    rest.append(el("p", { class: "wa-h" }, title), box);
  }

  const trim = (value) => String(Number(value.toPrecision(6)));
  const asText = (value) => (value[0] === value[2] ? trim(value[1]) : value.map(trim).join(".."));

  function from(origin, name) {
    if (!origin) return data.neutral[name] ? "a start value, until you give one" : "not counted";
    if (origin.from === "characters") return "your characters, in tokens";
    if (origin.from === "own") return "yours";
    if (origin.from === "suggested") return "suggested on the page of the workload";
    if (origin.from === "workload") return "volume of the workload";
    if (origin.from === "mix") return "a mix of three to one, until you give one";
    if (origin.from === "no batch") return `the price list has no batch price of ${origin.title}, so none is counted`;
    if (origin.from === "offer") return `list price of ${origin.title}`;
    if (origin.from === "speed") return origin.title;
    if (origin.from === "memory") return "the fewest that hold the model, by Size a model";
    return `${origin.title}, ${origin.as_of}. ${origin.basis}`;
  }

  const value = (found, name) => state.figures[name] || asText(found.values[name] || [found.figures[name], found.figures[name], found.figures[name]]);

  function fill(found) {
    for (const name of ["workload", "api", "model", "gpu"]) document.getElementById(`wa-cost-${name}`).value = state[name] || "";
    document.getElementById("wa-cost-currency").value = state.currency || "USD";
    document.getElementById("wa-cost-per_usd").value = state.per_usd || "";
    document.getElementById("wa-cost-unit").value = found.unit;
    for (const name of main) document.getElementById(id(name)).value = value(found, name);
    document.querySelector(`label[for="${id("units")}"]`).textContent = `Volume, ${words.many(found.unit)} a month`;
    for (const name of characters) document.getElementById(id(name)).value = state.figures[name] || (name === "characters_token" ? String(data.characters.token) : "");
    if (characters.some((name) => state.figures[name])) letters.open = true;
    const { units, tokens_in: into, tokens_out: out } = found.figures;
    document.getElementById(id("month_in")).value = trim(units * into);
    document.getElementById(id("month_out")).value = trim(units * out);
    for (const [name, [input, told]] of inputs) {
      input.value = value(found, name);
      told.textContent = from(found.origin[name], name);
    }
  }

  const section = (title, ...body) => el("section", {}, el("h2", { class: "wa-tool__h" }, title), body);
  const LINES = { rent: "Rent", purchase: "Purchase, over its life", maintenance: "Maintenance", energy: "Electricity", hosting: "Hosting", people: "People", platform: "Other fixed cost", units: "Other cost of units", one_off: "One-off cost, spread", left_to_api: "Left to the API" };

  function months(result, unit, currency) {
    const heads = ["Line", "API", ...result.fleets.map((f) => capital(words.KINDS[f.kind]))];
    const names = Object.keys(LINES).filter((name) => result.fleets.some((f) => f.month.lines[name]));
    const rows = names.map((name) => [LINES[name], "", ...result.fleets.map((f) => (f.month.lines[name] ? amount(f.month.lines[name], currency, 3) : "–"))]);
    const spread = result.fleets[0].spread.api;
    rows.push(["In all", amount(result.api, currency, 3), ...result.fleets.map((f) => amount(f.month.total, currency, 3))]);
    const units = result.figures.units;
    if (units) rows.push([`One ${unit === words.TOKENS ? "million tokens" : unit === "units" ? "unit" : unit}`, amount(result.api / units, currency), ...result.fleets.map((f) => amount(f.month.total / units, currency))]);
    rows.push(["Likely range", `${amount(spread[0], currency)} to ${amount(spread[2], currency)}`, ...result.fleets.map((f) => `${amount(f.spread.fleet[0], currency)} to ${amount(f.spread.fleet[2], currency)}`)]);
    rows.push(["Replicas, accelerators", "", ...result.fleets.map((f) => `${number(f.month.replicas)}, ${number(f.month.gpus)}`)]);
    rows.push(["Their time in use", "", ...result.fleets.map((f) => (f.month.utilisation === null ? "not known" : `${plain(f.month.utilisation * 100)} %`))]);
    rows.push(["What is put in is back after", "", ...result.fleets.map((f) => (!f.payback || !(f.payback.upfront || f.figures.setup) ? "nothing is put in" : f.payback.months === null ? "not within ten years" : words.counted(plain(f.payback.months), "month")))]);
    const meant = "Likely range: what is not known exactly is drawn a thousand times from its own range; the cheapest and the dearest tenth of the results are left out. Put in at the start are machines when they are bought, a one-off cost, and months in which both are paid.";
    return [table("A month of each option", heads, rows, { right: heads.map((_, n) => n).slice(1), stack: true }), el("p", { class: "wa-quiet" }, meant)];
  }

  function inAll(result, currency) {
    const heads = ["After", "API", ...result.fleets.map((f) => capital(words.KINDS[f.kind]))];
    const rows = result.fleets[0].years.totals.map(([after, api], n) => [words.counted(String(after), "month"), amount(api, currency, 3), ...result.fleets.map((f) => amount(f.years.totals[n][2], currency, 3))]);
    const { growth, api_decline: decline, setup } = result.figures;
    const told = [growth && `growth of ${plain(growth * 100)} % a year`, decline && `API prices falling by ${plain(decline * 100)} % a year`, setup && `both paid for the first ${words.counted(plain(setup), "month")}`].filter(Boolean);
    return [el("p", { class: "wa-quiet" }, `Months added up, a purchase by the month: ${told.join(", ") || "the volume and prices of today throughout"}.`), table("In all, over the years", heads, rows, { right: heads.map((_, n) => n).slice(1), stack: true })];
  }

  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  function crossed(result, unit) {
    return result.fleets.map((f) => {
      const told = words.crossed(f.crossings.found, unit, f.kind);
      const items = told.slice(0, 12).map((text) => el("li", {}, text));
      const more = told.length - items.length;
      const step = f.oneStep === null ? "never" : volume(f.oneStep, unit);
      return [el("h3", { class: "wa-h" }, capital(words.KINDS[f.kind])),
        items.length ? el("ul", {}, items, more > 0 ? el("li", {}, `and ${more} more`) : null) : el("p", {}, `None: ${f.crossings.atZero === "api" ? "the API" : words.ownSide(f.kind)} is cheaper at every volume.`),
        f.capacity === Infinity ? el("p", { class: "wa-quiet" }, "No speed is given, so one replica is taken to carry any volume.") : el("p", { class: "wa-quiet" }, `One replica carries ${volume(f.capacity, unit)} a month. If the smallest fleet carried any volume, as most published examples count, the break-even would be ${step}.`)];
    });
  }

  // Two tables of a kind have a heading each; one is named by its section.
  const named = (result, f, made) => (result.fleets.length > 1 ? [el("h3", { class: "wa-h" }, capital(words.KINDS[f.kind])), made] : made);

  function curves(result, unit, currency, what) {
    return result.fleets.map((f) => {
      const rows = f.curve.map((point) => [volume(point.volume, unit), amount(point.api, currency), amount(point.fleet, currency), number(point.replicas)]);
      const told = rows.filter(([at], n) => !n || at !== rows[n - 1][0]);
      return named(result, f, table(`Cost of a ${what}: API and ${words.KINDS[f.kind]}`, ["Volume a month", "API", capital(words.KINDS[f.kind]), "Replicas"], told, { right: [1, 2, 3] }));
    });
  }

  function tornado(f, currency) {
    const swings = f.tornado.slice(0, MOST);
    if (!swings.length) return el("p", {}, "No figure has a range.");
    const ends = swings.flatMap((s) => s.difference);
    const low = Math.min(...ends, 0);
    const high = Math.max(...ends, 0);
    const at = (value) => ((value - low) / (high - low || 1)) * 100;
    const bar = (s) => {
      const [a, b] = [...s.difference].sort((x, y) => x - y);
      return el("span", { class: "wa-tornado", "aria-hidden": "true" }, el("span", { class: "wa-tornado__zero", style: `inset-inline-start:${at(0)}%` }), el("span", { class: "wa-tornado__bar", style: `inset-inline-start:${at(a)}%;inline-size:${Math.max(0.5, at(b) - at(a))}%` }));
    };
    return table(`Fleet minus API in a month: ${words.KINDS[f.kind]}`, ["Figure", "Low to high end", "Difference at its low end", "At its high end", "Swing"],
      swings.map((s) => [key(s.name).label, words.span(key(s.name), s.low, s.high, currency), amount(s.difference[0], currency), amount(s.difference[1], currency), bar(s)]), { right: [1, 2, 3], stack: true });
  }

  const command = () => {
    const parts = ["atlas cost"];
    for (const name of ["workload", "api", "gpu", "model", "currency"]) if (state[name]) parts.push(`--${name} ${state[name]}`);
    if (state.per_usd) parts.push(`--per-usd ${state.per_usd}`);
    if (state.unit) parts.push(`--unit "${state.unit.replace(/["\\$`]/g, "")}"`);
    const counted = Object.keys(given.CHARACTERS).some((name) => name in state.figures);
    for (const [name, text] of Object.entries(counted ? state.figures : without(["characters_token"]))) parts.push(`--${name.replace(/_/g, "-")} ${text.replace(/ /g, "")}`);
    return parts.join(" ");
  };

  function csv(result, unit, currency) {
    const heads = [`${unit} a month`, ...["API", ...result.fleets.map((f) => f.kind)].map((side) => `${side}, ${currency}`)];
    const every = [...new Set(result.fleets.flatMap((f) => f.curve.map((p) => p.volume)))].sort((a, b) => a - b);
    const { lineAt, fleetAt } = window.WACost;
    const rows = every.map((v) => [trim(v), ...[lineAt(result.bill, v), ...result.fleets.map((f) => fleetAt(f.stairs, v))].map((cost) => cost.toFixed(2))]);
    // What begins like a formula is text to a spreadsheet behind an apostrophe.
    return window.WATools.csv([heads, ...rows].map((row) => row.map((cell) => (/^[=+@-]\D/.test(cell) ? `'${cell}` : cell))));
  }

  function brief(result, found, sentences) {
    const { unit, currency, notes } = found;
    const lines = ["# Cost: an API or hosting it yourself", `As of ${data.as_of}, with list prices of ${data.package}.`, "", ...sentences, ...notes.map((note) => `Note: ${note}`), "", "| Option | A month | Likely range (eight of ten draws) |", "| --- | --- | --- |"];
    lines.push(`| API | ${amount(result.api, currency, 3)} | ${range(result.fleets[0].spread.api, currency)} |`);
    for (const f of result.fleets) lines.push(`| ${capital(words.KINDS[f.kind])} | ${amount(f.month.total, currency, 3)} | ${range(f.spread.fleet, currency)} |`);
    for (const f of result.fleets) {
      const told = words.crossed(f.crossings.found, unit, f.kind);
      lines.push("", `Crossings, ${words.KINDS[f.kind]}: ${told.slice(0, 5).join("; ") || "none"}${told.length > 5 ? `; and ${told.length - 5} more` : ""}.`);
    }
    lines.push("", `| In all after | API |${result.fleets.map((f) => ` ${capital(words.KINDS[f.kind])} |`).join("")}`, `| --- | --- |${" --- |".repeat(result.fleets.length)}`);
    result.fleets[0].years.totals.forEach(([after, api], n) => lines.push(`| ${words.counted(String(after), "month")} | ${amount(api, currency, 3)} |${result.fleets.map((f) => ` ${amount(f.years.totals[n][2], currency, 3)} |`).join("")}`));
    for (const f of result.fleets) lines.push("", `What matters most, ${words.KINDS[f.kind]}:`, ...f.tornado.slice(0, 5).map((s) => `- ${key(s.name).label}: ${words.span(key(s.name), s.low, s.high, currency)} moves the difference by ${amount(s.width, currency)} a month`));
    const counted = data.keys.filter(({ name }) => name in found.values && found.origin[name]);
    lines.push("", "Counted with:", ...counted.map(({ name, label, unit: of }) => `- ${label}: ${asText(found.values[name])}, ${of}; ${from(found.origin[name], name)}`));
    lines.push("", `Computed by: \`${command()}\``);
    return `${lines.join("\n")}\n`;
  }

  function download(text) {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "cost.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // In steps, so that the first drawing of a page leaves the browser time for its reader; a change is drawn at once.
  function* drawing() {
    const found = given.compose(state, data);
    const { unit, currency } = found;
    fill(found);
    yield;
    if (found.fault) {
      tell();
      said.replaceChildren(el("strong", {}, found.fault));
      output.replaceChildren();
      shown();
      return;
    }
    const result = yield* answering(found.figures, found.ranges);
    const sentences = result.fleets.map((f) => words.sentence(result, f, unit, currency));
    const [head, then] = words.parts(result, result.fleets[0], unit, currency);
    tell();
    const counted = (name) => (name in found.figures ? ` (${value(found, name)} counts meanwhile)` : "");
    const waits = waiting(counted);
    said.replaceChildren(...[waits && el("span", { class: "wa-cost__waits" }, `${waits} `), el("strong", {}, head), then].filter(Boolean));
    const notes = [...found.notes];
    const both = result.hasApi && result.fleets.some(words.hasCost);
    const line = command();
    const made = [
      ...sentences.slice(1).map((text) => el("p", { class: "wa-cost__also" }, text)),
      ...notes.map((text) => el("p", { class: "wa-caution" }, text)),
      section("A month of each option", months(result, unit, currency)),
      both ? section("In all, over the years", inAll(result, currency)) : null,
    ];
    yield;
    const picture = both && chart(result, unit, currency, `Money a month by volume. ${sentences[0]}`, output.clientWidth || host.parentElement.clientWidth);
    made.push(picture ? section("By volume", picture) : null);
    yield;
    const what = result.figures.tokens_in + result.figures.tokens_out ? "million tokens" : unit;
    if (both) made.push(section("Every crossing", crossed(result, unit)), section(`Cost per ${what}, by volume`, curves(result, unit, currency, what)));
    yield;
    made.push(
      both && section("What matters most", el("p", { class: "wa-quiet" }, "Each figure by itself, at both ends of its range: what the fleet costs in a month more than the API, or less where negative."), result.fleets.map((f) => named(result, f, tornado(f, currency)))),
      section("Take it away", takeAway(() => brief(result, found, sentences), () => location.origin.replace("null", "file://") + location.pathname + given.write(state), () => el("button", { type: "button", class: "wa-button wa-button--quiet", onclick: () => download(csv(result, unit, currency)) }, "Download as CSV")),
        el("pre", { class: "wa-command", tabindex: "0", "aria-label": "Command" }, el("code", {}, line))),
    );
    output.replaceChildren(...made.filter(Boolean));
    shown();
  }

  // A place on the page was sought before the answer stood above it.
  function shown() {
    const sought = host.hidden && /^#[\w-]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    host.hidden = false;
    host.dataset.ready = "";
    if (sought) sought.scrollIntoView();
  }

  let current = null;
  function draw() {
    current = drawing();
    finish(current);
  }
  function begin() {
    const own = drawing();
    current = own;
    const step = () => {
      if (current === own && !own.next().done) setTimeout(step);
    };
    setTimeout(step);
  }

  follow(() => {
    wrong.clear();
    state = read();
    draw();
  });
  begin();
  window.WACost.csv = () => {
    const found = given.compose(state, data);
    return csv(answer(found.figures, found.ranges), found.unit, found.currency);
  };
})();
