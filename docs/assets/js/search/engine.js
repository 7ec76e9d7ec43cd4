// The engine of the search: MiniSearch finds and weighs, the rules here order. Their reasons: docs/decisions.md.
// Knows no page and draws nothing, so that the relevance report runs the same code.
(() => {
  "use strict";

  const { words, stem, forms, key, pieces, holds } = globalThis.WAText;
  const { reader } = globalThis.WAReading;

  const FIELDS = ["title", "words", "law", "summary", "text"];
  const NAMES = new Set(["title", "words", "law"]);
  // Where a word stands says how much a page is about it.
  const BOOST = { title: 6, words: 5, law: 4, summary: 2, text: 1 };

  // A beginning is looked for in what names a page and says what it is; in its text only whole words are.
  const SHORT = ["title", "words", "law", "summary"];

  // An obligation whose provision is the article that a query names.
  const PROVISION = 1.5;
  const FIGURE = /^\d+[a-z]?$/;

  const FIRST = 7.05;
  // Where the uses stand that the atlas has no workload for.
  const ABSENT = "coverage/#";
  const SEEN = 3;
  const SIDES = new Set(["model", "accelerator", "engine"]);

  const NOTHING = [{ title: 0, name: 0, summary: 0 }];

  // A word below this share of the rarest one of a query decides nothing there.
  const COMMON = 0.34;

  function engine(MiniSearch, data) {
    const [SOURCE, WORKLOAD] = ["source", "workload"].map((kind) => data.kinds.findIndex(([id]) => id === kind));
    const entries = [];
    const byPath = new Map();
    const exact = new Map(); // name in one word -> entry called so -> whether by its title (8) or otherwise (7)
    const vocabulary = new Map(); // word -> how many entries are named by it; 0 where it stands in texts only
    const frequency = new Map(); // form of a word -> how many entries have it, sources aside
    const subjects = new Set(); // words of the names of workloads
    const naming = new Map(); // first word of a name -> every [entry, words] called so
    let [counted, last] = [0, {}]; // entries that are no sources; what is being read
    const joined = new Set(); // names of several words, written as one
    const isName = (written) => exact.has(written);
    const { read, told, learned, isStop, compares } = reader(data, { vocabulary, frequency, subjects, joined, isName, counted: () => counted });
    const reading = new Map(); // form -> the last entry that it was counted for
    const index = new MiniSearch({
      fields: FIELDS,
      idField: "id",
      storeFields: [],
      extractField: (entry, field) => {
        last = entry;
        return field === "id" ? entry.id : entry.fields[field];
      },
      tokenize: (text) => words(text),
      processTerm: (word) => {
        const found = forms(word);
        if (!vocabulary.has(found[0])) vocabulary.set(found[0], 0);
        if (last.kind !== SOURCE) for (const form of found) {
          if (reading.get(form) === last.id) continue;
          reading.set(form, last.id);
          frequency.set(form, (frequency.get(form) || 0) + 1);
        }
        return found;
      },
    });

    // A name without words that say nothing, unless only one word would remain: “on-call” is not “call”.
    function bare(name) {
      const left = name.split(" ").filter((word) => !isStop(word));
      return left.length > 1 ? left.join(" ") : name;
    }

    function prepare(row) {
      const [path, kind, weight, title, names, law, summary, text] = row;
      const first = law.length ? [law[0], ...law.slice(1).map((name) => `${name} ${law[0]}`)] : [];
      const entry = {
        id: entries.length, path, kind, weight, title, names, law, summary, text,
        titleKey: key(title),
        nameKeys: [...names, ...first].map(key),
        provision: law.length ? `${key(law[0])} ` : "",
      };
      // Names of several words are also read as one, since people write them so: gptoss, codecompletion.
      const together = [entry.titleKey, ...entry.nameKeys].filter((name) => name.includes(" ")).map((name) => name.replaceAll(" ", "")).filter((name) => name.length <= 24);
      together.forEach((name) => joined.add(name));
      entry.fields = { title, words: [...names, ...together].join("; "), law: law.join("; "), summary, text };
      const called = [entry.titleKey, ...entry.nameKeys];
      called.forEach((name, n) => {
        for (const form of new Set([name, bare(name)])) {
          const closed = form.replaceAll(" ", "");
          if (!exact.has(closed)) exact.set(closed, new Map());
          // The first of its other names is the usual one.
          if (!exact.get(closed).has(entry.id)) exact.get(closed).set(entry.id, [8, FIRST][n] || 7);
        }
      });
      for (const word of new Set(called.flatMap((name) => name.split(" ")))) vocabulary.set(word, (vocabulary.get(word) || 0) + 1);
      if (kind !== SOURCE) counted += 1;
      for (const name of kind === SOURCE ? [] : called) {
        const told = name.split(" ").filter((word) => !isStop(word));
        if (!told.length) continue;
        if (!naming.has(told[0])) naming.set(told[0], []);
        naming.get(told[0]).push([entry.id, told]);
      }
      if (kind === WORKLOAD && !path.replace(/[^/]+\/$/, "").replace("workloads/", "")) called.forEach((name) => name.split(" ").forEach((word) => subjects.add(word)));
      byPath.set(path, entry);
      // A page below that of a workload: its checklist, its law. What it is called beyond the workload asks for it.
      const above = byPath.get(path.replace(/[^/]+\/$/, ""));
      if (above && above !== entry && data.kinds[above.kind][0] === "workload") {
        entry.above = above;
        entry.part = new Set(entry.titleKey.split(" ").filter((word) => !above.titleKey.split(" ").includes(word) && !isStop(word)));
      }
      entries.push(entry);
      learned();
      return entry;
    }

    // In steps, so that a page stays responsive while thousands of entries are read.
    async function add(rows, first = () => {}, step = 40) {
      for (let n = 0; n < rows.length; n += step) {
        if (n) await new Promise((done) => setTimeout(done));
        index.addAll(rows.slice(n, n + step).map(prepare));
        if (n === 0) first();
      }
    }

    // How well the terms in one entry answer each word: by the best place it stands in, and whether in full.
    // What a term of the index is worth for each word is worked out once a query.
    function standing(asked) {
      const worth = new Map();
      const weigh = (term) => {
        let found = worth.get(term);
        if (!found) {
          found = asked.map(({ terms }) => terms.reduce((most, [other, value, prefix]) => (
            value > most && (prefix ? term.startsWith(other) : term === other) ? value : most), 0));
          worth.set(term, found);
        }
        return found;
      };
      return (match) => {
        const best = asked.map(() => ({ name: 0, title: 0, summary: 0, any: 0 }));
        for (const term of Object.keys(match)) {
          const values = weigh(term);
          for (let n = 0; n < values.length; n += 1) {
            const value = values[n];
            const place = best[n];
            if (!value || (value <= place.title)) continue;
            if (value > place.any) place.any = value;
            for (const field of match[term]) {
              if (field === "title" && value > place.title) place.title = value;
              if (NAMES.has(field) && value > place.name) place.name = value;
              if (field !== "text" && value > place.summary) place.summary = value;
            }
          }
        }
        return best;
      };
    }

    // The steps, best first: is named so; has a name so; a name begins so; every word in the title; in the names;
    // in names and summary; some of them, or only in the text.
    function standsAt(entry, phrase, places, strong, called, asked = []) {
      const exactly = called.get(entry.id);
      if (exactly) return exactly < 8 && entry.kind === WORKLOAD ? 7.2 : exactly;
      const begins = (name) => name.startsWith(phrase);
      if (begins(entry.titleKey)) return 6;
      if (entry.nameKeys.some(begins)) return entry.kind === WORKLOAD ? 5.75 : 5.5;
      const best = asked.some(({ aside }) => aside) ? places.filter((_, n) => !asked[n].aside) : places;
      const all = (place, which = best) => which.every((word) => word[place] > 0);
      if (all("title")) return entry.kind === WORKLOAD ? (best.length === 1 ? 7.1 : 6.25) : 5;
      if (all("name")) return entry.kind === WORKLOAD ? 5.75 : 4.5;
      if (all("summary")) return 3;
      if (!strong.length) return 0;
      // Words that are everywhere aside: where one word decides, it makes a step; several only add to the score.
      const chosen = strong.map((n) => places[n]);
      if (all("title", chosen)) return chosen.length > 1 ? 3.9 : 4.2;
      if (all("name", chosen)) return chosen.length > 1 ? 3.8 : 4;
      return all("summary", chosen) ? 2.5 : 0;
    }

    // What is called as a query was written or read, with all words or without those that say nothing.
    function calledSo(...phrases) {
      const found = new Map();
      for (const phrase of new Set(phrases)) {
        for (const [id, level] of exact.get(phrase.replaceAll(" ", "")) || []) found.set(id, Math.max(level, found.get(id) || 0));
      }
      return found;
    }

    // A place on a page comes after a page that answers as well; what the atlas says comes before the sources it rests on.
    // A part of a workload comes last unless it is asked for, so that other workloads are seen.
    function step(entry, phrase, best, asked, strong, called) {
      const level = standsAt(entry, phrase, best, strong, called, asked);
      if (entry.kind === SOURCE) return level === 8 ? 5 : 0;
      if (entry.above && level < 7) {
        const part = asked.some(({ read_as }, n) => entry.part.has(read_as) && asked.some((_, other) => other !== n && best[other].title));
        if (!part) return -1;
      }
      return level && entry.path.includes("#") ? Math.min(level, 7) - 0.25 : level;
    }

    // Which name of an entry stands in a query, and how much of it that is: “annex iii” in “annex iii hiring”.
    function named(asked) {
      const total = asked.reduce((sum, { says }) => sum + says, 0);
      const worth = new Map(asked.map(({ read_as, says }) => [read_as, says]));
      for (const { word, says } of asked) worth.set(word, says);
      const found = new Map();
      for (const word of worth.keys()) {
        for (const [id, name] of naming.get(word) || []) {
          if (!name.every((other) => worth.has(other))) continue;
          const share = Math.min(1, name.reduce((sum, other) => sum + worth.get(other), 0) / total);
          if (share > (found.get(id)?.share || 0)) found.set(id, { share, name: name.join(" ") });
        }
      }
      return found;
    }

    // `every` keeps only what answers every word, which is quicker to find than to leave out.
    function order(query, every = false) {
      const asked = read(query);
      if (!asked.length) return { asked, hits: [] };
      const phrase = asked.map(({ read_as }) => read_as).join(" ");
      if (phrase.length < 3) return { asked, hits: brief(phrase) };
      const tree = {
        combineWith: every ? "AND" : "OR",
        queries: asked.map(({ terms }) => ({
          combineWith: "OR",
          queries: terms.map(([term, weight, prefix]) => ({
            queries: [term], prefix, boostTerm: () => weight,
            ...(prefix ? { fields: SHORT } : {}),
          })),
        })),
      };
      const found = index.search(tree, { fields: FIELDS, boost: BOOST, tokenize: (text) => [text], processTerm: (term) => term });
      const stands = standing(asked);
      const most = Math.max(...asked.map(({ says }) => says));
      const total = asked.reduce((sum, { says }) => sum + says, 0);
      const strong = asked.map((_, n) => n).filter((n) => asked[n].says >= most * COMMON);
      const within = named(asked);
      const provision = asked.map(({ read_as, word }, n) => (FIGURE.test(word) && asked[n - 1]?.read_as === "article" ? `article ${word} ` : "")).find(Boolean);
      const written = words(query).map(stem).join(" ");
      const called = calledSo(phrase, told(query).join(" "), written,
        asked.filter(({ aside }) => !aside).map(({ read_as }) => read_as).join(" "),
        asked.filter(({ aside, little }) => !aside && !little).map(({ read_as }) => read_as).join(" "),
        asked.filter(({ aside, little }) => !aside && !little).map(({ word }) => word).join(" "));
      const hits = found.map((result) => {
        const entry = entries[result.id];
        const best = stands(result.match);
        const whole = best.every(({ any }) => any > 0);
        asked.forEach(({ place }, n) => {
          if (place && entry.path.startsWith(place) && !entry.above) best[n] = { title: 1, name: 1, summary: 1, any: best[n].any };
        });
        const asWritten = entry.titleKey === written && entry.kind !== SOURCE && !entry.path.includes("#"); // a page’s title, word for word
        const level = asWritten ? 9 : step(entry, phrase, best, asked, strong.length < asked.length ? strong : [], called);
        const share = best.reduce((sum, { any, name, summary }, n) => sum + asked[n].says * Math.max(any * 0.5, summary * 0.75, name), 0) / total;
        // Some of the words: as good as what they cover. Within a step the weight of the page's kind and the score.
        const score = result.score * Math.sqrt(entry.weight) * share * share * (1 + 3 * (within.get(entry.id)?.share || 0)) * (entry.kind === SOURCE ? 0.15 : 1)
          * (provision && entry.provision.startsWith(provision) ? PROVISION : 1);
        // Below names a step only adds to the score: all words in a summary say less than the decisive one in a name.
        if (level > 0 && level < 4) return { entry, level: 0, score: score * (1 + 0.7 * level), match: result.match, whole };
        return { entry, level, score, match: result.match, whole };
      });
      if (words(query).some((word) => compares(stem(word)))) compared(hits, within);
      // Of what is named alike, a workload comes before its neighbour that the atlas does not cover.
      const beside = ({ entry, level }) => Number(level > 5 && entry.path.startsWith(ABSENT));
      hits.sort((a, b) => b.level - a.level || beside(a) - beside(b) || b.score - a.score || a.entry.id - b.entry.id);
      return { asked, hits: withCost(asked, withWorkload(asked, hits, within)) };
    }

    // “vLLM vs Ollama”: two things of one kind that a query names come before pages that speak of both.
    function compared(hits, within) {
      const sides = hits.filter(({ entry }) => SIDES.has(data.kinds[entry.kind][0]) && within.has(entry.id));
      const other = (hit) => ({ entry }) => entry.kind === hit.entry.kind && within.get(entry.id).name !== within.get(hit.entry.id).name;
      for (const hit of sides) if (hit.level < 4.3 && sides.some(other(hit))) hit.level = 4.3;
    }

    // Who asks what something costs sees the page of costs among the first.
    function withCost(asked, hits) {
      const at = asked.some(({ read_as }) => read_as === "cost") ? hits.findIndex(({ entry }) => entry.path === "cost/") : -1;
      if (at >= SEEN) hits.splice(SEEN - 1, 0, ...hits.splice(at, 1));
      return hits;
    }

    // A workload that one of several words names is seen among the first: “annex iii hiring” is also about a use.
    function withWorkload(asked, hits, within) {
      const works = (hit) => hit.entry.kind === WORKLOAD && !hit.entry.above;
      if (asked.length < 2 || hits.length < SEEN || hits.slice(0, SEEN).some(works)) return hits;
      const at = hits.findIndex((hit) => works(hit) && within.get(hit.entry.id)?.share > 0.15);
      if (at < 0 || hits[SEEN - 1].level >= 4.5) return hits;
      hits.splice(SEEN - 1, 0, ...hits.splice(at, 1));
      return hits;
    }

    // One or two letters say little: what is called so, or by a word that begins so, by weight.
    function brief(start) {
      const hits = [];
      const called = calledSo(start);
      for (const entry of entries) {
        let level = standsAt(entry, start, NOTHING, [], called);
        if (!level && entry.titleKey.includes(` ${start}`)) level = 5;
        if (entry.path.startsWith(ABSENT)) level = Math.min(level, 5);
        if (!level || entry.kind === SOURCE) continue;
        hits.push({ entry, level, score: entry.weight, match: { [start]: [] }, whole: true });
      }
      return hits.sort((a, b) => b.level - a.level || b.score - a.score || a.entry.id - b.entry.id);
    }

    // What a query finds: hits of one kind or of all, how many of each kind, and how its words were read.
    function search(query, kind = null, every = false) {
      const { asked, hits } = order(query, every);
      const counts = data.kinds.map(() => 0);
      for (const hit of hits) counts[hit.entry.kind] += 1;
      const terms = new Set(hits.slice(0, 60).flatMap((hit) => Object.keys(hit.match)));
      return {
        hits: kind === null ? hits : hits.filter((hit) => hit.entry.kind === kind),
        total: hits.length,
        counts,
        terms,
        whole: hits.filter((hit) => hit.whole).length,
        corrected: asked.filter(({ corrected }) => corrected).map(({ word, corrected }) => [word, corrected]),
      };
    }

    // For a query that finds nothing: what is named by a word that begins like one of its words, by weight.
    function near(query) {
      const starts = words(query).filter((word) => word.length > 3).map((word) => ` ${word.slice(0, 4)}`);
      const named = (entry) => [entry.titleKey, ...entry.nameKeys].some((name) => starts.some((start) => ` ${name}`.includes(start)));
      return entries.filter((entry) => entry.kind !== SOURCE && named(entry)).sort((a, b) => b.weight - a.weight || a.id - b.id);
    }

    return { add, search, near };
  }

  globalThis.WASearch = { engine, pieces, holds, words, stem };
})();
