// Which workloads pass, and how many each value would leave. A set of workloads is a row of bits, so that a step over
// thousands of them is a few intersections. Knows no page.
(() => {
  "use strict";

  // As Python folds the words of the workloads.
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  // How many are in both.
  function common(one, two) {
    let sum = 0;
    for (let n = 0; n < one.length; n += 1) {
      let bits = one[n] & two[n];
      bits -= (bits >>> 1) & 0x55555555;
      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
      sum += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return sum;
  }

  function index(data) {
    const { facets, workloads } = data;
    const length = Math.ceil(workloads.length / 32);
    const empty = () => new Uint32Array(length);
    const put = (set, n) => { set[n >>> 5] |= 1 << (n & 31); };
    const has = (set, n) => (set[n >>> 5] >>> (n & 31)) & 1;
    const and = (one, two) => one.map((bits, n) => bits & two[n]);
    const or = (one, two) => one.map((bits, n) => bits | two[n]);

    const every = empty();
    const held = facets.map((facet) => facet.values.map(empty));
    workloads.forEach((workload, n) => {
      put(every, n);
      workload.keys.forEach((places, f) => places.forEach((value) => put(held[f][value], n)));
    });
    const place = facets.map((facet) => new Map(facet.values.map(([id], n) => [id, n])));

    // Every word must occur in what is said of a workload. A word that only goes on from one already looked for is
    // looked for among those that had its beginning, so that typing narrows instead of reading everything again.
    const known = new Map();
    function having(word) {
      if (known.has(word)) return known.get(word);
      let among = every;
      for (let end = word.length - 1; end; end -= 1) {
        if (!known.has(word.slice(0, end))) continue;
        among = known.get(word.slice(0, end));
        break;
      }
      const set = empty();
      for (let n = 0; n < workloads.length; n += 1) if (has(among, n) && workloads[n].words.includes(word)) put(set, n);
      if (known.size > 500) known.clear();
      known.set(word, set);
      return set;
    }
    const saying = (text) => folded(text).split(/\s+/).filter(Boolean).map(having).reduce(and, every);

    // What must hold at once: one set for the text, and one for each facet in which something is chosen.
    function demands(state) {
      const found = [];
      if (state.q.trim()) found.push({ key: "q", set: saying(state.q) });
      facets.forEach((facet, f) => {
        const chosen = state[facet.id];
        if (chosen.length) found.push({ key: facet.id, set: chosen.map((id) => held[f][place[f].get(id)]).reduce(or, empty()) });
      });
      return found;
    }
    const meet = (found, ...without) => found.reduce((set, { key, set: own }) => (without.includes(key) ? set : and(set, own)), every);

    function find(state) {
      const found = demands(state);
      const set = meet(found);
      const counts = facets.map((facet, f) => {
        const others = state[facet.id].length ? meet(found, facet.id) : set;
        return held[f].map((own) => common(own, others));
      });
      return { set, total: common(set, every), counts, asked: found.map(({ key }) => key) };
    }

    // Where nothing is left: which one demand to drop, or else which two, and what that leaves.
    function drops(state) {
      const found = demands(state);
      const tried = (keys) => ({ keys, total: common(meet(found, ...keys), every) });
      const one = found.map(({ key }) => tried([key])).filter(({ total }) => total);
      if (one.length) return one;
      return found.flatMap(({ key }, n) => found.slice(n + 1).map(({ key: other }) => tried([key, other]))).filter(({ total }) => total);
    }

    const order = (sort, set) => data.sorts.find(([id]) => id === sort)[2].filter((n) => has(set, n));
    return { find, drops, order };
  }

  window.WAWorkloads = { index };
})();
