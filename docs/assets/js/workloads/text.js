// Finds workloads by text as the search of the site does: its engine reads what its index says of each workload.
// Engine and words are loaded when text is first asked for. Knows no page.
(() => {
  "use strict";

  const FILES = [["MiniSearch", "vendor/minisearch-7.2.0.js"], ["WAReading", "search/reading.js"], ["WASearch", "search/engine.js"], ["WA_WORDS", "workloads/words.js"]];
  const NEAREST = 3;

  function texts(root) {
    const known = new Map();
    let atlas = null;
    let loading = null;
    let failed = false;

    const fetched = ([name, file]) => (window[name] ? null : new Promise((done, refused) => {
      const script = document.createElement("script");
      script.src = `${root}assets/js/${file}`;
      script.async = false; // one builds on the other
      script.addEventListener("load", done);
      script.addEventListener("error", () => refused(new Error(file)));
      document.head.append(script);
    }));
    async function read() {
      await Promise.all(FILES.map(fetched));
      const made = WASearch.engine(MiniSearch, WA_WORDS);
      await made.add(WA_WORDS.entries);
      atlas = made;
    }
    // Resolves when text can be asked for, or when it is known that it cannot.
    const load = () => (loading ||= read().catch(() => { failed = true; }));

    const nearest = (query) => [...new Set([...atlas.search(query).hits.map(({ entry }) => entry.id), ...atlas.near(query).map(({ id }) => id)])].slice(0, NEAREST);

    // The places of the workloads that answer every word, best first; if there are none, those that come nearest; and
    // words that were read as others.
    function ask(text) {
      const query = text.trim();
      if (!query || !atlas) return null;
      if (!known.has(query)) {
        if (known.size > 300) known.clear();
        const { hits, corrected } = atlas.search(query, null, true);
        const places = hits.map(({ entry }) => entry.id);
        known.set(query, places.length ? { places, near: [], corrected } : { places, near: nearest(query), corrected: [] });
      }
      return known.get(query);
    }
    return { load, ask, waits: () => !atlas && !failed, failed: () => failed };
  }

  Object.assign(window.WAWorkloads, { texts });
})();
