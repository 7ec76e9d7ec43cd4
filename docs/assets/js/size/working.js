// The working of a plan as elements: each function turns figures that `plan` found into one section.
(() => {
  "use strict";

  const { el, table, number } = window.WATools;
  const gib = (value) => number(value, 3);
  const plural = (count, word) => `${number(count)} ${word}${count === 1 ? "" : "s"}`;

  const KINDS = {
    full: "full attention", sliding: "sliding window", chunked: "chunked attention",
    latent: "latent attention", state: "linear or state-space", cross: "cross-attention",
  };

  // Where the memory of one GPU goes; letters tie the bar to its legend, so that colour is not needed.
  function parts(found) {
    const rest = found.card.gib - found.pool;
    return [
      ["weights", "Weights", found.weights], ["activations", "Activations", found.activations],
      ["libraries", "Libraries and communication", found.libraries], ["graphs", "CUDA graphs", found.graphs],
      ["cache", "Left for the cache", Math.max(0, found.left)], ["outside", "Not given to the engine", rest],
    ];
  }

  function bar(found) {
    const all = parts(found);
    const total = all.reduce((sum, [, , size]) => sum + size, 0);
    const over = found.left < 0;
    const told = all.map(([, name, size]) => `${name} ${number(size, 1)} GiB`).join(", ");
    return el("figure", { class: "wa-memory" },
      el("div", { class: "wa-memory__bar", role: "img", "aria-label": `Memory of one GPU of ${found.card.gib} GiB: ${told}.${over ? ` ${number(-found.left, 1)} GiB too much.` : ""}` },
        all.map(([id, , size], n) => el("span", { class: `wa-memory__part wa-memory__part--${id}`, style: `width:${(100 * size) / total}%` }, size / total > 0.03 ? "ABCDEF"[n] : null)),
        over ? el("span", { class: "wa-memory__end", style: `left:${(100 * found.card.gib) / total}%` }) : null),
      el("figcaption", {}, over ? el("p", { class: "wa-caution" }, `The line marks the card’s ${found.card.gib} GiB; what is needed goes beyond what the engine may use by ${number(-found.left, 1)} GiB.`) : null,
        el("ul", { class: "wa-memory__legend" }, all.map(([id, name, size], n) => el("li", {}, el("span", { class: `wa-memory__key wa-memory__part--${id}`, "aria-hidden": "true" }, "ABCDEF"[n]), ` ${name} `, el("span", { class: "wa-num" }, `${number(size, 1)} GiB`))))));
  }

  function memory(found) {
    const { want, format, card } = found;
    const at = want.tp === 1 ? "" : ` in all, shared by ${want.tp} GPUs; what does not divide is on each`;
    const rows = [
      ["The engine may use", `${card.gib} GiB × ${want.utilization}`, gib(found.pool)],
      ["− Weights", `${gib(found.byCount[0])} GiB${at}; ${format.from}`, gib(found.weights)],
      ["− Activations", `one step of ${number(found.batchTokens)} tokens and ${number(found.batchRequests)} requests, the engine’s limits on this card`, gib(found.activations)],
      ["− Libraries", want.tp === 1 ? "one GPU" : `${want.tp} GPUs that talk to each other`, gib(found.libraries)],
      ["− CUDA graphs", "as the engine estimates them before it takes the cache", gib(found.graphs)],
    ];
    return table("Memory of one GPU", ["One GPU", "How", "GiB"], rows, { right: [2], foot: [["= Left for the cache", "", gib(found.left)]] });
  }

  const sum = (tables, tokens) => tables.map(([count, block, cap, extra]) =>
    `${count} × ${cap ? `(⌈${number(Math.min(tokens, cap))} ÷ ${number(block)}⌉${extra ? ` + ${extra}` : ""})` : extra}`).join(" + ");

  function requests(found) {
    const { want, layout } = found;
    if (!layout) return el("p", {}, "This model keeps nothing between tokens: it reads a text at once and has no cache. Memory for the text itself is in the activations.");
    const blocks = Math.max(0, found.blocks);
    const rows = [
      ["Bytes of a block", "over the layers that share a block table", number(layout.block)],
      ["Blocks", `⌊${gib(found.left)} GiB × 2³⁰ ÷ ${number(layout.block)}⌋`, number(blocks)],
      [`Blocks of a request of ${number(want.context)} tokens`, sum(found.tables, want.context), number(found.full)],
      ["Full-length requests at once", `${number(blocks)} ÷ ${number(found.full)}`, number(found.concurrency, 2)],
      ["Tokens of cache", `${number(found.concurrency, 2)} × ${number(want.context)}, as the engine prints it`, number(found.tokens)],
      [`Blocks of a request of ${number(want.average)} tokens`, sum(found.tables, want.average), number(found.average)],
      ["Requests at the average length at once", `${number(blocks)} ÷ ${number(found.average)}`, number(found.requests, 2)],
    ];
    return table("Requests at once", ["Cache", "How", "Result"], rows, { right: [2] });
  }

  // What a layer keeps, by kind; the figures are bytes on one GPU.
  function layers(found) {
    const { model, layout, want } = found;
    if (!layout) return null;
    const how = (group) => {
      if (group.kind === "state") return "a constant state for each request, whatever its length";
      if (group.kind === "latent") return `${group.latent} values for each token, on every GPU alike`;
      const heads = Math.max(1, Math.floor(group.kv / want.tp));
      return `keys and values: ${heads} of ${plural(group.kv, "head")} on this GPU, ${group.size} wide${group.window ? `, of the last ${number(group.window)} tokens` : ""}`;
    };
    const rows = model.groups.map((group, n) => {
      const size = layout.layer[n] * group.layers;
      return [`${plural(group.layers, "layer")}, ${KINDS[group.kind]}`, how(group), `${number(size)} a ${group.kind === "state" ? "request" : "token"}`];
    });
    return table("Cache by kind of layer", ["Layers", "What each keeps", "Bytes on one GPU"], rows, {
      right: [2], foot: [["Grows with every token", "full and latent attention", `${number(layout.token)} a token`]],
    });
  }

  function parallelism(found) {
    const { model, want } = found;
    const items = [`Query heads: ${model.heads} ÷ ${want.tp} = ${model.heads / want.tp} on each GPU; they divide.`];
    for (const kv of new Set(model.groups.map((group) => group.kv).filter(Boolean))) {
      if (want.tp > kv) items.push(`KV heads: ${kv} on ${want.tp} GPUs. Each GPU holds one, and ${want.tp / kv} GPUs hold the same one: beyond ${plural(kv, "GPU")} the cache of a token shrinks no further.`);
      else if (kv % want.tp) items.push(`KV heads: ${kv} do not divide by ${want.tp}; the engine may refuse to start.`);
      else items.push(`KV heads: ${kv} ÷ ${want.tp} = ${kv / want.tp} on each GPU; none is held twice.`);
    }
    if (model.groups.some((group) => group.latent) && want.tp > 1) items.push("The latent cache is held whole by every GPU: more GPUs divide the weights, not the cache.");
    if (model.groups.some((group) => group.kind === "state")) items.push("Constant states are divided among the GPUs.");
    if (want.tp > found.card.machine) items.push(`${want.tp} of these GPUs are more than one machine, which holds ${found.card.machine}; sharing each layer across machines needs a network made for it. Usual are ${found.card.machine} inside a machine and pipeline stages between.`);
    return el("ul", {}, items.map((text) => el("li", {}, text)));
  }

  function speed(found) {
    const { card, want, format, rate } = found;
    const line = (name, value, formula) => el("div", {}, el("dt", {}, name), el("dd", {}, value === null ? none : [el("strong", {}, `at most ${number(value)} tokens a second`), el("br"), el("span", { class: "wa-quiet" }, formula)]));
    const none = format.read ? "not stated for this card" : "this model generates no tokens";
    return el("dl", { class: "wa-facts" },
      line("Decode, one request", found.decode, `${number(card.bandwidth)} GB/s × ${plural(want.tp, "GPU")} ÷ ${number(format.read / 1e9, 1)} GB of weights that each token reads`),
      line("Prefill", found.prefill, rate ? `${number(rate[1])} TFLOPS (${rate[0]}, dense) × ${plural(want.tp, "GPU")} ÷ (2 × ${number(format.passed / 1e9, 1)} billion parameters that a prompt token passes)` : ""));
  }

  const command = (want) => `atlas plan --model ${want.model} --gpu ${want.gpu} --tp ${want.tp} --precision ${want.format} ` +
    `--kv-dtype ${want.cache} --context ${want.context} --utilization ${want.utilization}`;

  window.WASize = { ...window.WASize, working: { bar, memory, requests, layers, parallelism, speed, command, plural } };
})();
