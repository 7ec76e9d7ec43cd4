// Plans from terms that the build computed (`macros/size.py`): the same additions, in the same order, as
// `macros/sizing/plan.py`, so that every figure is equal to Python’s to the last bit.
(() => {
  "use strict";

  const GIB = 2 ** 30;

  // Python’s `a // b` for a, b > 0: the remainder is exact in floating point, so the quotient is.
  const floorDivide = (a, b) => (a > 0 ? Math.round((a - (a % b)) / b) : 0);

  const find = (list, id) => list.find((item) => item.id === id);

  // Blocks that one request of so many tokens takes: over all block tables, its blocks and the extra ones.
  const taken = (tables, tokens) =>
    tables.reduce((sum, [number, block, cap, extra]) => sum + number * (Math.ceil(Math.min(tokens, cap) / block) + extra), 0);

  // `want`: model, gpu, tp, format, cache, context, average, utilization. Null where the model cannot be divided so.
  function plan(data, want) {
    const model = find(data.models, want.model);
    const card = find(data.cards, want.gpu);
    if (model.why || !model.tps.includes(want.tp)) return null;
    const at = data.tps.indexOf(want.tp);
    const format = find(model.formats, want.format);
    const layout = model.layouts[want.cache === "auto" ? format.auto : want.cache][want.tp];
    const [usual, batchRequests] = data.batches[card.batch];
    const batchTokens = Math.max(usual, model.least);
    const tables = layout ? layout.tables[card.batch] : [];
    const pool = card.gib * want.utilization;
    const byCount = format.weights[card.kernels] || format.weights[0];
    const weights = byCount[at];
    const activations = model.activations[want.tp][card.batch];
    const libraries = card.libraries[at];
    const graphs = model.graphs[card.batch];
    const left = pool - weights - (activations + libraries + graphs);
    const blocks = layout ? floorDivide(left * GIB, layout.block) : 0;
    const full = taken(tables, want.context);
    const concurrency = layout ? blocks / full : 0;
    const fits = left > 0 && (concurrency >= 1 || !layout);
    const average = taken(tables, want.average);
    const requests = layout ? blocks / average : fits ? Infinity : 0;
    const rate = card.rates[format.id];
    return {
      model, card, format, byCount, layout, tables, want, pool, weights, activations, libraries, graphs, left, blocks,
      full, average, concurrency, fits, requests, batchTokens, batchRequests,
      tokens: layout ? Math.trunc(concurrency * want.context) : 0,
      needed: layout ? (layout.block * full) / GIB : 0,
      decode: card.bandwidth && format.read ? (card.bandwidth * 1e9 * want.tp) / format.read : null,
      prefill: rate && format.passed ? (rate[1] * 1e12 * want.tp) / (2 * format.passed) : null,
      rate,
    };
  }

  // The smallest number of cards of one machine that start the model and, if asked, hold so many average requests.
  function smallest(data, want, concurrency = 0) {
    const most = find(data.cards, want.gpu).machine;
    for (const tp of data.tps.filter((count) => count <= most)) {
      const found = plan(data, { ...want, tp });
      if (found && found.fits && found.requests >= concurrency) return found;
    }
    return null;
  }

  // The longest context of which one request fits; 0 if none does.
  function longest(data, want, most) {
    let low = 0;
    let high = most;
    while (low < high) {
      const middle = Math.floor((low + high + 1) / 2);
      if (plan(data, { ...want, context: middle }).fits) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  window.WASize = { ...(window.WASize || {}), plan, smallest, longest, find };
})();
