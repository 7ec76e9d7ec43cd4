// The state of the page and the fragment of its address, both ways. What an address does not say, or says wrongly, is open.
(() => {
  "use strict";

  const VIEWS = ["table", "cards"];
  const LONGEST = 300;

  function address(data) {
    const ids = new Set(data.workloads.map(({ row }) => row[0]));
    const listed = (text, legal) => [...new Set((text || "").split(","))].filter(legal);

    function read(fragment) {
      const parts = new URLSearchParams(fragment.replace(/^#/, ""));
      const state = { q: (parts.get("q") || "").slice(0, LONGEST) };
      for (const { id, values } of data.facets) state[id] = listed(parts.get(id), (value) => values.some(([known]) => known === value));
      state.sort = data.sorts.some(([id]) => id === parts.get("sort")) ? parts.get("sort") : data.sorts[0][0];
      state.view = VIEWS.includes(parts.get("view")) ? parts.get("view") : "";
      state.pick = listed(parts.get("pick"), (id) => ids.has(id));
      return state;
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
