// The state of the page and the fragment of its address, both ways, and what of an address could not be followed.
(() => {
  "use strict";

  function address(data) {
    const known = new Set(data.workloads.map(({ id }) => id));

    // `unknown`, `renamed` and `beyond` are said once: the address is then written again without them.
    function read(fragment) {
      const parts = new URLSearchParams(fragment.replace(/^#/, ""));
      const state = { ids: [], only: parts.get("only") === "differs", unknown: [], renamed: [], beyond: [] };
      for (const named of new Set((parts.get("workloads") || "").split(",").map((part) => part.trim()).filter(Boolean))) {
        const id = Object.hasOwn(data.former, named) ? data.former[named] : named;
        if (id !== named) state.renamed.push([named, id]);
        if (!known.has(id)) state.unknown.push(named.slice(0, 80));
        else if (state.ids.includes(id) || state.beyond.includes(id)) continue;
        else (state.ids.length < data.most ? state.ids : state.beyond).push(id);
      }
      return state;
    }

    function write({ ids, only }) {
      const parts = [ids.length ? `workloads=${ids.join(",")}` : "", only ? "only=differs" : ""].filter(Boolean);
      return parts.length ? `#${parts.join("&")}` : "";
    }
    return { read, write };
  }

  window.WACompare = { address };
})();
