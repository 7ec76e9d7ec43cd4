// The state of the page and the fragment of its address, both ways, and what of an address could not be followed.
(() => {
  "use strict";

  const ALL = "all";

  // `sections` are those that can be folded, by id; the first is open unless the address says which are.
  function address(data) {
    const known = new Set(data.workloads.map(({ id }) => id));
    const sections = data.sections.map(({ id }) => id);
    const first = [sections[0]];
    const inside = new Map(data.sections.map((section) => [section.id, section.inside]));

    function opened(text, part) {
      const own = text === null ? first : text === ALL ? sections : text.split(",");
      const named = [...own, part].filter((id) => inside.has(id));
      // A part that is named is seen only if what it stands in is open too.
      return sections.filter((id) => named.includes(id) || named.some((part) => inside.get(part) === id));
    }
    function written(open) {
      if (open.length === sections.length) return ALL;
      return open.join(",") === first.join(",") ? null : open.join(",");
    }

    // The state, and what of the address could not be followed: ids that are `unknown`, and those `beyond` the most. Which
    // were `renamed` and the `part` to go to hold once: the address is then written again without them.
    function read(fragment) {
      const parts = new URLSearchParams(fragment.replace(/^#/, ""));
      const state = { ids: [], only: parts.get("only") === "differs", part: parts.get("part") || "", open: opened(parts.get("open"), parts.get("part")), renamed: [] };
      const unknown = [];
      const beyond = [];
      for (const named of new Set((parts.get("workloads") || "").split(",").map((part) => part.trim()).filter(Boolean))) {
        const id = Object.hasOwn(data.former, named) ? data.former[named] : named;
        if (id !== named) state.renamed.push([named, id]);
        if (!known.has(id)) unknown.push(named.slice(0, 80));
        else if (state.ids.includes(id) || beyond.includes(id)) continue;
        else (state.ids.length < data.most ? state.ids : beyond).push(id);
      }
      return { state, unknown, beyond };
    }

    function write({ ids, only, open }) {
      const unfolded = ids.length > 1 ? written(open) : null;
      const parts = [ids.length ? `workloads=${ids.join(",")}` : "", only ? "only=differs" : "", unfolded === null ? "" : `open=${unfolded}`].filter(Boolean);
      return parts.length ? `#${parts.join("&")}` : "";
    }
    return { read, write, sections };
  }

  window.WACompare = { address };
})();
