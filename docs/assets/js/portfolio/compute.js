// The answer for a portfolio from the tables that Python made: adds shares, rounds up, picks what is least.
// The same sums as macros/portfolio/; a test compares both. Nothing about memory or law is decided here.
(() => {
  "use strict";

  // Everything that follows from what is asked, as `atlas portfolio --json` prints it.
  function answer(data, asked) {
    const team = asked.team || data.team;
    const nth = data.teams.findIndex(([id]) => id === team);
    const chosen = new Map(asked.workloads.map((item) => [item.id, item]));
    const items = data.workloads.filter(({ id }) => chosen.has(id));
    const stands = new Map(items.map((item) => [item.id, standing(item, nth)]));
    const every = items.map((item) => loads(item, chosen.get(item.id)));
    const pooled = pools(data, asked, stands, every, false);
    const apart = pools(data, asked, stands, every, true);
    const obligations = union(data, items, stands);
    return {
      format: data.format,
      as_of: data.as_of,
      title: asked.title,
      team,
      tier: asked.tier,
      peaks: asked.peaks,
      must_stay: asked.must_stay,
      card: asked.card,
      measured: Object.fromEntries(Object.entries(asked.measured).sort(([a], [b]) => (a < b ? -1 : 1))),
      workloads: items.map((item, n) => ({ ...workload(item, chosen.get(item.id), stands.get(item.id)), steps: every[n].map((load) => step(data, load, asked.tier)) })),
      verdicts: Object.fromEntries(data.verdicts.map(([id]) => [id, items.filter((item) => stands.get(item.id).verdict === id).map((item) => item.id)])),
      pools: pooled.map((pool) => ({ ...told(data, pool), isolation: isolation(pool), could_join: shared(pool) ? couldShare(pool, pooled) : [] })),
      apart: apart.map((pool) => told(data, pool)),
      totals: { pooled: totals(data, pooled), apart: totals(data, apart) },
      counts: Object.fromEntries(data.states.map((state) => [state, obligations.filter((item) => item.state === state).length])),
      obligations,
      order: turns(items, stands, pooled, data),
    };
  }

  function standing(item, team) {
    const [verdict, inside, outside, stage, place, rank, day, certain] = item.teams[team];
    return { verdict, inside, outside, stage, place, rank, day, certain };
  }

  const amountOf = (item, chosen) => chosen.per_month || item.months[1];

  // Requests at once by step: as stated, or those of the record in proportion to the volume, rounded up.
  function loads(item, chosen) {
    return item.steps.map((own) => {
      const stated = chosen.at_once[own.id];
      const peak = stated || Math.max(1, Math.ceil((own.at_once * amountOf(item, chosen)) / item.months[1]));
      return { item, step: own, peak, mean: peak / item.factor, stated: stated !== undefined };
    });
  }

  function pools(data, asked, stands, every, apart) {
    const groups = new Map();
    for (const found of every) {
      const { item } = found[0];
      const { place } = stands.get(item.id);
      const own = apart || (item.must_stay && asked.must_stay === "own") ? item.id : null;
      if (!place) continue;
      for (const load of found) {
        const pick = load.step.picks[asked.tier];
        if (!pick) continue;
        const key = JSON.stringify([pick[0], place, own]);
        if (!groups.has(key)) groups.set(key, { key, model: pick[0], place, own, loads: [] });
        groups.get(key).loads.push(load);
      }
    }
    return [...groups.values()].map((pool) => {
      const hosting = host(data, asked, pool);
      const measured = data.models[pool.model].id in asked.measured;
      return { ...pool, hosting, counted: hosting !== null && pool.loads.every(({ step: own }) => measured || own.uncounted === null) };
    });
  }

  function host(data, asked, pool) {
    const measured = asked.measured[data.models[pool.model].id];
    const bySet = pool.loads.map(({ step: own }) => new Map(own.holds[pool.model].map(([set, holds, late]) => [set, { holds, late }])));
    let best = null;
    data.sets.forEach(([card, count, gib, batch], set) => {
      if ((asked.card && card !== asked.card) || bySet.some((own) => !own.has(set))) return;
      const held = bySet.map((own) => own.get(set));
      const copies = copiesOf(data, asked, pool.loads, held.map(({ holds }) => (holds === null && measured ? measured : holds)), batch);
      const late = held.some((own) => own.late === 1);
      const order = [late ? 1 : 0, Math.ceil((copies * gib) / data.step_gib), copies * count, set];
      if (best === null || before(order, best.order)) best = { order, set, copies, late };
    });
    return best && { set: best.set, copies: best.copies, late: best.late, at_once: most(data, asked, pool.loads) };
  }

  function before(a, b) {
    const n = a.findIndex((value, place) => value !== b[place]);
    return n >= 0 && a[n] < b[n];
  }

  // Copies for the worst moment: shares of all steps, and requests within the engine’s limit.
  function copiesOf(data, asked, found, holds, batch) {
    return moments(asked, found).reduce((copies, amounts) => {
      let share = 0;
      let counted = 0;
      amounts.forEach((amount, n) => {
        if (holds[n] === null) return;
        share += amount / holds[n];
        counted += amount;
      });
      return Math.max(copies, Math.ceil(share - data.slack), Math.ceil(counted / batch - data.slack));
    }, 1);
  }

  // Requests at once by step: with all peaks together, or with one workload at its peak and the rest at mean.
  function moments(asked, found) {
    if (asked.peaks === "together") return [found.map(({ peak }) => peak)];
    return [...new Set(found.map(({ item }) => item.id))].map((one) => found.map((load) => (load.item.id === one ? load.peak : load.mean)));
  }

  const most = (data, asked, found) => moments(asked, found).reduce((all, amounts) => Math.max(all, Math.ceil(amounts.reduce((sum, amount) => sum + amount, 0) - data.slack)), 0);

  const workloadsOf = (pool) => [...new Set(pool.loads.map(({ item }) => item.id))];
  const shared = (pool) => workloadsOf(pool).length > 1;
  const isolation = (pool) => (!shared(pool) ? null : pool.loads.some(({ item }) => item.must_stay) ? "must-stay" : "tenants");

  const couldShare = (pool, every) => every
    .filter((other) => other.place === pool.place && other.model !== pool.model && other.own === pool.own)
    .flatMap((other) => other.loads.filter(({ step: own }) => own.suffices.includes(pool.model)).map(({ item, step: own }) => [item.id, own.id]));

  function told(data, pool) {
    const at = pool.hosting ? data.sets[pool.hosting.set] : null;
    return {
      model: data.models[pool.model].id,
      place: pool.place,
      own: pool.own,
      steps: pool.loads.map(({ item, step: own }) => [item.id, own.id]),
      counted: pool.counted,
      accelerator: at ? at[0] : null,
      per_copy: at ? at[1] : 0,
      copies: at ? pool.hosting.copies : 0,
      at_once: at ? pool.hosting.at_once : 0,
      late: at ? pool.hosting.late : false,
    };
  }

  function totals(data, found) {
    const cards = {};
    let gib = 0;
    for (const { hosting } of found) {
      if (!hosting) continue;
      const [card, count, own] = data.sets[hosting.set];
      cards[card] = (cards[card] || 0) + hosting.copies * count;
      gib += hosting.copies * own;
    }
    return {
      endpoints: found.length,
      accelerators: Object.fromEntries(Object.keys(cards).sort().map((id) => [id, cards[id]])),
      count: Object.values(cards).reduce((sum, number) => sum + number, 0),
      gib: Math.floor(gib * 10 + 0.5) / 10,
      at_least: found.filter(({ counted, hosting }) => !counted && hosting).length,
      without_set: found.filter(({ hosting }) => !hosting).length,
    };
  }

  function workload(item, chosen, stand) {
    const amount = amountOf(item, chosen);
    const [requests, taken, given] = item.per_unit;
    return {
      id: item.id, verdict: stand.verdict, inside: stand.inside, outside: stand.outside, stage: stand.stage, must_stay: item.must_stay,
      next_day: stand.day, next_day_certain: stand.certain, per_month: amount,
      requests: Math.floor(amount * requests + 0.5), tokens_in: amount * taken, tokens_out: amount * given,
    };
  }

  function step(data, load, tier) {
    const pick = load.step.picks[tier];
    return { id: load.step.id, at_once: load.peak, stated: load.stated, model: pick ? data.models[pick[0]].id : null, nearest: pick ? pick[1] === 1 : false };
  }

  // Each obligation once: by state, days to come by day, then the one that most workloads meet.
  function union(data, items, stands) {
    const met = new Map();
    for (const item of items) {
      for (const [place, state, open] of item.notes[stands.get(item.id).verdict]) {
        if (!met.has(place)) met.set(place, { place, state, by: [], certain: [] });
        met.get(place).by.push(item.id);
        if (!open) met.get(place).certain.push(item.id);
      }
    }
    const day = ({ place, state }) => (data.states[state] === "applies-from" ? data.obligations[place][3] || "" : "");
    const text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return [...met.values()]
      .sort((a, b) => a.state - b.state || text(day(a), day(b)) || b.by.length - a.by.length || a.place - b.place)
      .map(({ place, state, by, certain }) => ({ id: data.obligations[place][0], state: data.states[state], applies_from: data.obligations[place][3], workloads: by, certain }));
  }

  // In turn: the least rank, then the fewest endpoints that do not run yet, then the name. See macros/portfolio/order.py.
  function turns(items, stands, pooled, data) {
    const needed = new Map(items.map(({ id }) => [id, pooled.filter((pool) => pool.loads.some(({ item }) => item.id === id))]));
    let left = items.map(({ id }) => id).filter((id) => needed.get(id).length);
    const built = new Set();
    const order = [];
    const fresh = (id) => needed.get(id).filter(({ key }) => !built.has(key));
    while (left.length) {
      const first = left.reduce((best, id) => {
        const gap = stands.get(id).rank - stands.get(best).rank;
        return gap < 0 || (gap === 0 && fresh(id).length < fresh(best).length) ? id : best;
      });
      const running = needed.get(first).filter(({ key }) => built.has(key));
      order.push({ workload: first, new: fresh(first).map(({ model }) => data.models[model].id), running: running.map(({ model }) => data.models[model].id) });
      for (const { key } of needed.get(first)) built.add(key);
      left = left.filter((id) => id !== first);
    }
    return order;
  }

  window.WAPortfolio = { ...(window.WAPortfolio || {}), answer };
})();
