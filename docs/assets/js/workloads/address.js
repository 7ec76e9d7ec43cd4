// The state of the page and the fragment of its address, both ways. What an address does not say is open; what it says
// and nobody knows is told, with what comes nearest.
(() => {
  "use strict";

  const { distance } = window.WAText;
  const VIEWS = ["table", "cards"];
  const LONGEST = 300;
  const SHOWN = 40;
  const FAR = 3;

  // Of some pairs of id and name the one whose id or name comes near a text; null if none does.
  function nearest(text, pairs) {
    const plain = (word) => word.toLowerCase().replace(/[\W_]+/g, "");
    const wanted = plain(text);
    let best = [FAR, null];
    for (const pair of wanted ? pairs : []) {
      for (const word of pair.map(plain)) {
        const off = word.startsWith(wanted) && wanted.length > 2 ? 1 : distance(wanted, word, FAR - 1);
        if (off < best[0] && off < word.length / 2) best = [off, pair];
      }
    }
    return best[1];
  }

  function address(data) {
    const every = data.workloads.map(({ row }) => row);
    const ids = new Set(every.map(([id]) => id));
    const known = ["q", "sort", "view", "pick", ...data.facets.map(({ id }) => id)];

    // `left` holds what could not be followed: key and value as given, what of it is not known, and the nearest that
    // is, with the key that it has.
    function read(fragment) {
      const parts = new URLSearchParams(fragment.replace(/^#/, ""));
      const left = [];
      const drop = (key, value, what, pairs) => left.push({ key, value: value.slice(0, SHOWN), what, of: key, near: nearest(value.slice(0, SHOWN), pairs) });
      const listed = (key, what, pairs, legal) => [...new Set((parts.get(key) || "").split(",").filter(Boolean))].filter((value) => {
        if (legal(value)) return true;
        drop(key, value, what, pairs);
        return false;
      });
      const one = (key, what, pairs, otherwise) => {
        const value = parts.get(key) || "";
        if (!value || pairs.some(([id]) => id === value)) return value || otherwise;
        drop(key, value, what, pairs);
        return otherwise;
      };
      const state = { q: (parts.get("q") || "").slice(0, LONGEST) };
      for (const { id, label, values } of data.facets) state[id] = listed(id, `“${label}” has no such value`, values, (value) => values.some(([own]) => own === value));
      state.sort = one("sort", "there is no such order", data.sorts.map(([id, name]) => [id, name]), data.sorts[0][0]);
      state.view = one("view", "there is no such view", VIEWS.map((id) => [id]), "");
      state.pick = listed("pick", "there is no such workload", every.map(([id, title]) => [id, title]), (id) => ids.has(id));
      const facets = data.facets.map(({ id, label }) => [id, label]);
      for (const [key, value] of parts) {
        if (known.includes(key)) continue;
        const [of] = nearest(key.slice(0, SHOWN), facets) || [];
        const values = data.facets.find(({ id }) => id === of)?.values || [];
        const near = values.find(([id]) => id === value) || nearest(value.slice(0, SHOWN), values);
        left.push({ key: key.slice(0, SHOWN), value: value.slice(0, SHOWN), what: "there is no such filter", of, near });
      }
      return { state, left };
    }

    function write(state) {
      const parts = [["q", state.q.trim()], ...data.facets.map(({ id }) => [id, state[id].join(",")]),
        ["sort", state.sort === data.sorts[0][0] ? "" : state.sort], ["view", state.view], ["pick", state.pick.join(",")]];
      const said = new URLSearchParams(parts.filter(([, value]) => value)).toString().replaceAll("%2C", ",");
      return said ? `#${said}` : "";
    }
    return { read, write };
  }

  Object.assign(window.WAWorkloads, { address });
})();
