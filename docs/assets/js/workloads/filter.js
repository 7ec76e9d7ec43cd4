// Which workloads pass, and how many each value would leave. A set of workloads is a row of bits, so that a step over
// thousands of them is a few intersections. Knows no page.
(() => {
  "use strict";

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

  // `ask` tells for a text the places of the workloads that answer it, best first, or null if it is no demand.
  function index(data, ask) {
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

    function having(found) {
      const set = empty();
      found.places.forEach((n) => put(set, n));
      return set;
    }

    // What must hold at once: one set for the text, and one for each facet in which something is chosen.
    function demands(state) {
      const found = [];
      const said = ask(state.q);
      if (said) found.push({ key: "q", set: having(said) });
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

    // In the order that is chosen; in the first, which nobody chose, by how well the text is answered.
    function order(state, set) {
      const said = ask(state.q);
      const by = said && state.sort === data.sorts[0][0] ? said.places : data.sorts.find(([id]) => id === state.sort)[2];
      return by.filter((n) => has(set, n));
    }
    return { find, drops, order };
  }

  window.WAWorkloads = { index };
})();
