// What was chosen, turned into figures with ranges: `macros/cost/defaults.py` over the data of the build. The state is
// the fragment of the address, which a browser never sends: `#workload=…&api=…&gpu=…&model=…&rate=2..3.8..6`.
(() => {
  "use strict";

  const TOKENS = "million tokens";
  const CHOICES = ["workload", "api", "gpu", "model", "currency", "per_usd", "unit"];
  const TIMES = { k: 1e3, m: 1e6, b: 1e9, bn: 1e9, t: 1e12, "%": 0.01 };

  // As `macros/cost/numbers.py` reads them.
  const NUMBER = /^([+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d[\d_]*)(?:\.\d+)?|[+-]?\.\d+|\d+(?:\.\d+)?e[+-]?\d+)\s*(k|m|bn|b|t|%)?$/i;

  // Thousands or decimals: 40.000 is one to some and the other to others.
  const TWO_WAYS = /^[1-9]\d{0,2}(\.000)+$/;
  // Of a key that counts things, which is `whole`, 1.200 too.
  const THREE = /^[1-9]\d{0,2}\.\d{3}$/;
  // Characters of a unit, as the command takes them, and the tokens that they become.
  const CHARACTERS = { characters_in: "tokens_in", characters_out: "tokens_out" };
  const keyOf = (data, name) => [...data.keys, ...data.characters.keys].find((item) => item.name === name);

  function number(text) {
    const match = NUMBER.exec(text.trim().replace(/^[$€£]+/, "").trim());
    if (match && !match[2] && TWO_WAYS.test(match[1])) return NaN;
    return match ? Number(match[1].replace(/[,_ ]/g, "")) * (TIMES[(match[2] || "").toLowerCase()] || 1) : NaN;
  }

  // Low, base and high of `2.5`, `2..4` or `2..3.8..6`.
  function ends(text) {
    const parts = text.split("..").map(number);
    if (parts.length === 1) return [parts[0], parts[0], parts[0]];
    return parts.length === 2 ? [parts[0], (parts[0] + parts[1]) / 2, parts[1]] : parts;
  }

  const short = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

  // What is wrong with a text for a key, and what to write instead; empty where it can be taken.
  function fault(text, key) {
    for (const part of text.split("..")) {
      const exact = key.whole && THREE.test(part.trim()) && !TWO_WAYS.test(part.trim()) && part.trim();
      if (exact) return `“${exact}” can be read in two ways; write ${exact.replace(".", "")}, or ${exact}0 if that is meant.`;
      if (Number.isFinite(number(part))) continue;
      const two = TWO_WAYS.test(part.trim()) && part.trim();
      if (two) return `“${two}” can be read in two ways; write ${two.replaceAll(".", "")}, or ${two.split(".")[0]} if that is meant.`;
      const comma = /^(\d+),(\d+)(\D*)$/.exec(part.trim());
      return `“${part.trim()}” is no number; ${comma ? `for decimals write ${comma[1]}.${comma[2]}${comma[3]}` : "write one such as 1200, 2.5B, 10k or 40%"}.`;
    }
    const three = ends(text);
    const most = key.most === null ? Infinity : key.most;
    if (three.length !== 3 || three[0] > three[1] || three[1] > three[2]) return `“${text}” is no range; write low..high or low..base..high, such as 2.5..3.8..6.9.`;
    const far = three.find((value) => value < key.least || value > most);
    if (far === undefined) return "";
    const least = key.least > 0 && key.least < 1e-6 ? "more than 0" : `at least ${short(key.least)}`;
    return `${short(far)} is out of range; write ${least}${most === Infinity ? "" : ` and at most ${window.WATools.number(most)}`} (${key.unit}).`;
  }

  // Low, base and high; null where the text makes no sense for the key.
  const triple = (text, key) => (fault(text, key) ? null : ends(text));
  const unitOf = (text) => /^[^<>{}]{1,40}$/.test(text);

  const has = (list, id) => list.some((item) => item.id === id);

  function read(fragment, data) {
    // Without “=” it is a place on the page.
    const parts = new URLSearchParams(fragment.includes("=") ? fragment.replace(/^#/, "") : "");
    const state = { ...data.first, figures: {}, ignored: [] };
    const lists = { workload: data.workloads, api: data.offers, gpu: data.gpus, model: data.models };
    const own = (key) => key in lists || ["currency", "per_usd", "unit"].includes(key) || Boolean(keyOf(data, key));
    if ([...parts.keys()].some(own)) Object.assign(state, { workload: "", api: "", gpu: "", model: "" });
    for (const [key, text] of parts) {
      const figure = keyOf(data, key);
      if (figure && !parts.has(CHARACTERS[key]) && triple(text, figure)) state.figures[key] = text;
      else if (key in lists && (text === "" || has(lists[key], text))) state[key] = text;
      else if (key === "currency" && /^[A-Z]{3}$/.test(text)) state.currency = text;
      else if (key === "per_usd" && number(text) > 0) state.per_usd = text;
      else if (key === "unit" && unitOf(text)) state.unit = text;
      else state.ignored.push([key, text]);
    }
    const workload = data.workloads.find((item) => item.id === state.workload);
    return workload && parts.has("workload") ? complete(state, workload, data, [...parts.keys()]) : state;
  }

  // Beside a workload, a side that the address does not name is the one that the page of the workload takes.
  function complete(state, workload, data, said) {
    const named = (side) => said.some((key) => data.sides[side].includes(key));
    const found = named("api") ? state : { ...state, api: data.first.api };
    if (named("own")) return found;
    const speed = named("own_speed") ? data.sides.speed : [];
    const chosen = Object.entries(suggestion(state, workload, data)).filter(([key]) => !speed.includes(key));
    const among = (known) => Object.fromEntries(chosen.filter(([key]) => CHOICES.includes(key) === known));
    return { ...found, ...among(true), figures: { ...among(false), ...found.figures } };
  }

  // What the page of a workload suggests to host, in the currency of the state; nothing where its rate is not known.
  function suggestion({ currency, per_usd: rate }, { suggested }, data) {
    const times = !currency || currency === "USD" ? 1 : number(String(rate || ""));
    if (!(times > 0)) return {};
    if (times === 1) return suggested;
    const turned = (text) => text.split("..").map((end) => String(Number((Number(end) * times).toPrecision(4)))).join("..");
    return Object.fromEntries(Object.entries(suggested).map(([key, text]) => [key, keyOf(data, key)?.money ? turned(text) : text]));
  }

  // Whether all that is suggested, and something is, stands in the state as it was suggested.
  function hosts(state, chosen) {
    const every = Object.entries(chosen);
    return every.length > 0 && every.every(([key, text]) => (CHOICES.includes(key) ? state[key] : state.figures[key]) === text);
  }

  // Another workload or currency: what was suggested before and not changed since gives way to what is suggested now.
  function change(before, next, data) {
    const of = (state) => data.workloads.find((item) => item.id === state.workload);
    const [left, taken] = [of(before), of(next)];
    const old = left ? suggestion(before, left, data) : {};
    if (!hosts(before, old)) return next;
    const figures = Object.fromEntries(Object.entries(next.figures).filter(([key]) => !(key in old)));
    const rest = { ...next, figures };
    for (const key of CHOICES) if (key in old) rest[key] = "";
    const said = [...CHOICES.filter((key) => rest[key]), ...Object.keys(figures), "api"];
    return taken ? complete(rest, taken, data, said) : rest;
  }

  function write(state) {
    const parts = new URLSearchParams();
    // Beside a workload what was taken away is said to be nothing, or it would be filled in again.
    const kept = (key) => state[key] || (state.workload && (key === "api" || key === "model"));
    for (const key of CHOICES) if (kept(key)) parts.set(key, state[key] || "");
    for (const [key, text] of Object.entries(state.figures)) parts.set(key, text);
    return `#${parts}`;
  }

  // Figures, ranges, unit and where each value comes from: `own`, `workload`, or the record.
  function compose(state, data) {
    const { names } = data;
    const values = {};
    const origin = {};
    const notes = [];
    const said = new Set();
    let requests = 1;
    let unit = state.unit || TOKENS;
    // Who counts tokens of a unit, or prices one, has units of his own; one of a million tokens is a million tokens.
    const ownUnit = () => {
      if (counted.length) return "units";
      if (values.price_unit || !(values.tokens_in || values.tokens_out)) return values.price_unit ? "units" : TOKENS;
      const sides = ["tokens_in", "tokens_out"].map((name) => values[name] || [0, 0, 0]);
      const million = sides.every(([low, , high]) => low === high) && sides[0][1] + sides[1][1] === 1e6;
      return million ? TOKENS : "units";
    };
    const currency = state.currency || "USD";
    const perUsd = number(String(state.per_usd || "")) || null;
    const workload = data.workloads.find((item) => item.id === state.workload);
    const perToken = state.figures.characters_token ? ends(state.figures.characters_token)[1] : data.characters.token;
    const counted = Object.keys(CHARACTERS).filter((name) => name in state.figures);
    const say = (name, value, from) => {
      values[name] = value;
      origin[name] = from;
      said.add(name);
    };
    if (workload) {
      unit = state.unit || workload.unit;
      requests = workload.requests;
      for (const name of ["units", "tokens_in", "tokens_out", "peak", "scored", "audio"]) {
        if (name === "scored" && ("tokens_in" in state.figures || counted.includes("characters_in"))) continue;
        if (counted.some((side) => CHARACTERS[side] === name)) continue;
        say(name, [workload[name], workload[name], workload[name]], { from: "workload" });
      }
    }
    const chosen = workload ? suggestion(state, workload, data) : {};
    const asSuggested = hosts(state, chosen);
    if (asSuggested && workload.hosted) notes.push(`Hosted as the page of the workload suggests: ${workload.hosted}.`);
    for (const [name, text] of Object.entries(state.figures)) {
      if (name === "characters_token") continue;
      if (counted.includes(name)) {
        say(CHARACTERS[name], ends(text).map((value) => value * (1 / perToken)), { from: "characters" });
        continue;
      }
      const from = asSuggested && name in chosen ? "suggested" : "own";
      say(name, triple(text, data.keys.find((item) => item.name === name)), { from });
    }
    if (!workload && !state.unit) unit = ownUnit();
    if (!said.has("tokens_in") && !said.has("tokens_out") && unit === TOKENS && !said.has("price_unit")) {
      const out = said.has("price_out") && !said.has("price_in") ? 1e6 : 250000;
      values.tokens_in = [1e6 - out, 1e6 - out, 1e6 - out];
      values.tokens_out = [out, out, out];
      origin.tokens_in = origin.tokens_out = { from: "mix" };
    }
    const base = (name) => (values[name] ? values[name][1] : data.neutral[name]);
    // What cannot both be meant; the command refuses it too.
    let fault = "";
    if (said.has("reserved_rate") && !said.has("reserved_share")) {
      if (said.has("rate")) fault = "A rent and a reserved rent are given: say below which share is reserved.";
      else values.reserved_share = [1, 1, 1];
    }
    const money = (of) => (of === null || of === currency ? 1 : of === "USD" ? perUsd : null);
    let short = false;
    const put = (price) => {
      if (said.has(price.figure)) return;
      const times = money(price.currency);
      if (times === null) {
        short = true;
        return;
      }
      values[price.figure] = price.value.map((value) => value * times);
      origin[price.figure] = { from: "record", ...price };
    };
    const of = (gpu) => {
      const rows = data.prices.filter((price) => price.gpu === gpu);
      const own = rows.filter((price) => price.currency === currency).map((price) => price.figure);
      return rows.filter((price) => price.currency === null || price.currency === currency || (price.currency === "USD" && !own.includes(price.figure)));
    };
    if (said.has("gpus") && !said.has("machine_gpus")) values.machine_gpus = values.gpus;
    if (said.has("price_in")) for (const name of ["price_cached", "price_write", ...(base("scored") ? ["price_scored"] : [])]) if (!said.has(name)) values[name] = values.price_in;
    const chatted = () => (unit === TOKENS ? 0 : base("tokens_in") * (1 - base("scored")));
    const offer = data.offers.find((item) => item.id === state.api);
    if (offer) {
      const request = chatted() / requests;
      const tier = [...offer.tiers].reverse().find((item) => request > item[0] || item[0] === 0);
      const times = money("USD");
      if (times === null) short = true;
      if (offer.long && !request) notes.push(offer.long);
      if (offer.note) notes.push(offer.note);
      const dear = tier[names.offer.length + 1];
      names.offer.forEach((name, index) => {
        if (said.has(name) || times === null || (name === "batch_cached" && said.has("batch_off"))) return;
        const money = name.startsWith("price_");
        const value = tier[index + 1] * (money ? times : 1);
        values[name] = [value, value, money ? value * dear : value];
        origin[name] = { from: name === "batch_off" && !offer.batch_known ? "no batch" : "offer", title: offer.title };
      });
    }
    // What a chat model does not read has a price where an API has one of tokens.
    for (const listed of data.beside) {
      if (!base(listed.share) || said.has(listed.figure) || !(base("price_in") > 0 || base("price_out") > 0)) continue;
      const times = money("USD");
      if (times === null) short = true;
      else {
        values[listed.figure] = listed.value.map((value) => value * times);
        origin[listed.figure] = { from: "record", ...listed };
      }
    }
    const every = data.speeds[`${state.model}|${state.gpu}`] || [];
    const speed = said.has("gpus") ? every.slice(1).find((item) => item.gpus === base("gpus")) : every[0];
    const pair = state.model && state.gpu;
    const ownSpeed = [...names.speeds, "capacity"].some((name) => said.has(name));
    // Accelerators of a replica: those of the published run, else the fewest that hold the model.
    const cards = (count) => {
      values.gpus = [count, count, count];
      if (!said.has("machine_gpus")) values.machine_gpus = values.gpus;
    };
    let held = true;
    let estimated = false;
    if (pair && !ownSpeed && speed) {
      if (!said.has("gpus")) cards(speed.gpus);
      for (const name of ["speed_in", "speed_out"]) {
        if (speed[name] > 0) {
          values[name] = [speed[name], speed[name], speed[name]];
          origin[name] = { from: "speed", title: speed.basis };
        }
      }
      notes.push(...speed.notes);
    } else if (pair) {
      const count = said.has("gpus") || said.has("machine_gpus") ? undefined : data.replicas[`${state.model}|${state.gpu}`];
      held = count !== 0;
      if (!held) notes.push("One machine of these accelerators does not hold the model, so its cost is left out: choose another, or give the accelerators of a replica.");
      else if (count) {
        cards(count);
        origin.gpus = { from: "memory" };
      }
      const pace = count && !ownSpeed && data.estimates.pairs[`${state.model}|${state.gpu}`];
      if (pace) {
        estimated = true;
        notes.push(data.estimates.note);
        const length = unit === TOKENS ? 0 : (base("tokens_in") + base("tokens_out")) / requests;
        const step = data.estimates.lengths.findIndex((most, n) => n < pace[1].length && (length || data.estimates.usual) <= most);
        const speeds = { speed_in: pace[0], speed_out: step < 0 ? pace[1][pace[1].length - 1] : pace[1][step] };
        for (const [name, value] of Object.entries(speeds)) {
          if (value > 0) {
            values[name] = [value, value, value];
            origin[name] = { from: "speed", title: data.estimates.basis };
          }
        }
      } else if (held && !ownSpeed) notes.push("No published speed is known for this model on this accelerator: give input and output speed. Until then one replica is taken to carry any volume.");
    }
    const taken = data.models.find((item) => item.id === state.model);
    const longest = Math.round((chatted() + base("tokens_out")) / requests);
    if (taken && unit !== TOKENS && taken.context && longest > taken.context) {
      const whole = window.WATools.number;
      notes.push(`One request has ${whole(longest)} tokens, more than the ${whole(taken.context)} that ${taken.title} takes: choose another model, or cut the request.`);
    }
    if (state.model && !state.gpu) notes.push("A speed of this model is known for an accelerator only: choose one.");
    if (state.gpu && held) {
      for (const price of of(state.gpu)) if (names.named.includes(price.figure)) put(price);
      if (values.price && !said.has("price") && !said.has("bought_gpus")) values.bought_gpus = [data.server_gpus, data.server_gpus, data.server_gpus];
    }
    const wanted = [...names.api];
    const hosted = said.has("fte") || said.has("salary") || names.hosting.some((name) => base(name) > 0);
    if (hosted) wanted.push(...names.fleet, ...(values.price ? names.own : []), ...(values.endpoint_rate ? ["endpoint_fte"] : []));
    if (said.has("one_off") || values.price) wanted.push("api_decline");
    for (const price of of(null)) {
      const { figure } = price;
      if (!wanted.includes(figure)) continue;
      if (figure === "of_published" && ["capacity", ...names.speeds].some((name) => said.has(name))) continue;
      if (["usable", "peak"].includes(figure) && said.has("capacity")) continue;
      if (figure === "gpus_fte" && (said.has("fte_machine") || (said.has("fte") && !base("fte")))) continue;
      if (figure === "kept" && said.has("cached") && !said.has("kept")) {
        values.kept = values.cached;
        continue;
      }
      put(price);
    }
    if (estimated && values.of_published && !said.has("of_published") && data.estimates.of_published) values.of_published = data.estimates.of_published;
    if (base("cached") + base("written") > 1 + 1e-12) fault = "Input read from the cache and input written to it are shares of the same input: together they are at most 100 %. Give both.";
    if (short) fault = `Prices in US dollars cannot be used: say what a dollar costs in ${currency}, below “Every figure”.`;
    const there = Object.values(origin).filter((found) => found.currency && found.currency === currency && currency !== "USD");
    if (there.length) notes.push(`Because the currency is ${currency}, these are taken from there and not converted: ${there.map((found) => found.title).join("; ")}. Give your own where you are elsewhere.`);
    if (said.has("capacity") && names.speeds.some((name) => said.has(name))) notes.push("What a replica carries is given; its speed counts for electricity and time in use.");
    const figures = { ...data.neutral };
    for (const [name, value] of Object.entries(values)) figures[name] = value[1];
    // In the order of the figures: draws are taken in it.
    const ranges = Object.keys(data.neutral).filter((name) => values[name] && values[name][0] < values[name][2]).map((name) => [name, values[name][0], values[name][2]]);
    return { figures, ranges, values, origin, notes, unit, currency, fault };
  }

  window.WACost = { ...(window.WACost || {}), given: { read, write, change, compose, triple, fault, unit: unitOf, keyOf, CHARACTERS } };
})();
