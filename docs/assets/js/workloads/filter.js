// Which workloads pass, and how many each value would leave. A set of workloads is a row of bits, so that a step over
// thousands of them is a few intersections. Knows no page.
(() => {
  "use strict";

  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  function ones(set) {
    let sum = 0;
    for (let n = 0; n < set.length; n += 1) {
      let bits = set[n];
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

    // Every word must occur in what is said of a workload; the last text is kept, since counts ask for it again.
    let words = null;
    let last = ["", every];
    function saying(text) {
      const wanted = folded(text).split(/\s+/).filter(Boolean);
      const key = wanted.join(" ");
      if (key === last[0]) return last[1];
      words ||= workloads.map((workload) => folded(workload.words));
      const set = empty();
      words.forEach((own, n) => { if (wanted.every((word) => own.includes(word))) put(set, n); });
      last = [key, set];
      return set;
    }

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
        return held[f].map((own) => ones(and(own, others)));
      });
      return { set, total: ones(set), counts, asked: found.map(({ key }) => key) };
    }

    // Where nothing is left: which one demand to drop, or else which two, and what that leaves.
    function drops(state) {
      const found = demands(state);
      const tried = (keys) => ({ keys, total: ones(meet(found, ...keys)) });
      const one = found.map(({ key }) => tried([key])).filter(({ total }) => total);
      if (one.length) return one;
      return found.flatMap(({ key }, n) => found.slice(n + 1).map(({ key: other }) => tried([key, other]))).filter(({ total }) => total);
    }

    const order = (sort, set) => data.sorts.find(([id]) => id === sort)[2].filter((n) => has(set, n));
    return { find, drops, order };
  }

  window.WAWorkloads = { index };
})();
