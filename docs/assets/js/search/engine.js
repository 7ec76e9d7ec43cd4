// The engine of the search: MiniSearch finds and weighs, the rules here order. Their reasons: docs/decisions.md.
// Knows no page and draws nothing, so that the relevance report runs the same code.
(() => {
  "use strict";

  const MARKS = /\p{M}/gu;
  const TOKEN = /[\p{L}\p{N}&]+(?:\.\d[\p{L}\p{N}]*)*/gu;
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(/ß/g, "ss").replace(/[’']s\b/g, "");

  // Letters and the figure behind them are two words (Qwen3.8, llama3), unless the letters are a short code (H100, L40S).
  const words = (text) => (fold(text).match(TOKEN) || []).flatMap((token) => {
    const split = /^([a-z]{3,})(\d.*)$/.exec(token);
    return split ? [split[1], split[2]] : [token];
  });

  // Plurals and American spellings are read as one word with the others.
  function stem(word) {
    if (word.length < 4 || /\d/.test(word)) return word;
    let found = word;
    if (/[^aeiou]ies$/.test(found)) found = found.slice(0, -3) + "y";
    else if (/(ss|x|ch|sh)es$/.test(found)) found = found.slice(0, -2);
    else if (/[^suia]s$/.test(found)) found = found.slice(0, -1);
    return found.replace(/(i|y)z(e|ed|er|ing|ation)$/, "$1s$2").replace(/center$/, "centre").replace(/ization/, "isation");
  }

  // The root that forms of a word share: screening and screen, translation and translate. Its own term, marked "~".
  const ENDING = /(isation|ations?|ators?|ating|ated|ates?|ions?|ings?|ement|ers?|ors?|ed|e)$/;
  function root(word) {
    if (word.length < 5 || /[\d&]/.test(word)) return null;
    const found = word.replace(ENDING, "");
    return "~" + (found.length >= 4 ? found : word);
  }

  // Edits with neighbours swapped as one; more than `most` is told as most + 1.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, n) => n);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  const FIELDS = ["title", "words", "law", "summary", "text"];
  const NAMES = new Set(["title", "words", "law"]);
  // Where a word stands says how much a page is about it.
  const BOOST = { title: 6, words: 5, law: 4, summary: 2, text: 1 };

  const key = (text) => words(text).map(stem).join(" ");

  function engine(MiniSearch, data) {
    const stop = new Set(data.stop.map((word) => stem(fold(word))));
    const equal = new Map(Object.entries(data.equal).map(([word, other]) => [stem(fold(word)), stem(fold(other))]));
    const SOURCE = data.kinds.findIndex(([id]) => id === "source");
    const entries = [];
    const vocabulary = new Map(); // word -> how many entries are named by it; 0 where it stands in texts only
    const index = new MiniSearch({
      fields: FIELDS,
      idField: "id",
      storeFields: [],
      extractField: (entry, field) => (field === "id" ? entry.id : entry.fields[field]),
      tokenize: (text) => words(text),
      processTerm: (word) => {
        const plain = stem(word);
        const base = root(plain);
        return base ? [plain, base] : plain;
      },
    });

    function prepare(row) {
      const [path, kind, weight, title, names, law, summary, text] = row;
      const first = law.length ? [law[0], ...law.slice(1).map((name) => `${name} ${law[0]}`)] : [];
      const entry = {
        id: entries.length, path, kind, weight, title, names, law, summary, text,
        titleKey: key(title),
        nameKeys: [...names, ...first].map(key),
        fields: { title, words: names.join("; "), law: law.join("; "), summary, text },
      };
      entry.named = new Set([entry.titleKey, ...entry.nameKeys].flatMap((name) => name.split(" ")));
      for (const word of entry.named) vocabulary.set(word, (vocabulary.get(word) || 0) + 1);
      for (const word of words(`${summary} ${text}`)) if (!vocabulary.has(stem(word))) vocabulary.set(stem(word), 0);
      entries.push(entry);
      return entry;
    }

    // In steps, so that a page stays responsive while thousands of entries are read.
    async function add(rows, step = 150) {
      for (let n = 0; n < rows.length; n += step) {
        if (n) await new Promise((done) => setTimeout(done));
        index.addAll(rows.slice(n, n + step).map(prepare));
      }
    }

    const completes = (word) => {
      for (const known of vocabulary.keys()) if (known.startsWith(word)) return true;
      return false;
    };

    // The nearest known words of an unknown one; a word that names something comes before one that stands in a text.
    function corrections(word, unfinished) {
      const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
      const found = [];
      if (!most || /\d/.test(word)) return found;
      for (const [known, named] of vocabulary) {
        if (known.length < 3 || /\d/.test(known)) continue;
        let edits = distance(word, known, most);
        if (unfinished && edits > 1 && word.length >= 5 && known.length > word.length) {
          edits = Math.min(edits, distance(word, known.slice(0, word.length), 1) + 0.5);
        }
        if (edits <= most) found.push([edits + (known[0] === word[0] ? 0 : 0.4) + (named ? 0 : 0.6), -named, known]);
      }
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
      return found.slice(0, 3).map(([, , known]) => known);
    }

    // Every word of a query with the terms that may stand for it: [term, weight, whether as a beginning].
    function read(query) {
      let asked = words(query).map(stem);
      const meaning = asked.filter((word) => !stop.has(word));
      if (meaning.length) asked = meaning;
      const open = !/\s$/.test(query);
      return asked.map((word, n) => {
        const last = open && n === asked.length - 1;
        const terms = [[word, 1, false]];
        const base = root(word);
        if (base) terms.push([base, 0.6, false]);
        if (equal.has(word)) terms.push([equal.get(word), 0.95, false]);
        const known = vocabulary.has(word);
        if (word.length > 1 && !/^\d+$/.test(word)) terms.push([word, last ? 0.6 : 0.4, true]);
        let read_as = equal.get(word) || word;
        let corrected = null;
        if (!known && !equal.has(word) && !completes(word)) {
          const plain = word.replace(/([aou])e/g, "$1"); // ae, oe, ue for ä, ö, ü
          const near = plain !== word && (vocabulary.has(plain) || completes(plain)) ? [plain] : corrections(word, last);
          near.forEach((other, rank) => {
            terms.push([other, rank ? 0.5 : 0.8, false]);
            if (!rank) terms.push([other, 0.5, true]);
          });
          if (near.length) { [read_as] = near; corrected = near[0]; }
        }
        return { word, terms, read_as, corrected };
      });
    }

    // How well the terms in one entry answer each word: the best field, and whether in full.
    function standing(asked, match) {
      const best = asked.map(() => ({ name: 0, title: 0, summary: 0, any: 0 }));
      for (const [term, fields] of Object.entries(match)) {
        asked.forEach(({ terms }, n) => {
          let weight = 0;
          for (const [other, value, prefix] of terms) {
            if (value > weight && (prefix ? term.startsWith(other) : term === other)) weight = value;
          }
          if (!weight) return;
          const place = best[n];
          place.any = Math.max(place.any, weight);
          for (const field of fields) {
            if (field === "title") place.title = Math.max(place.title, weight);
            if (NAMES.has(field)) place.name = Math.max(place.name, weight);
            if (field !== "text") place.summary = Math.max(place.summary, weight);
          }
        });
      }
      return best;
    }

    // The steps, best first: is named so; has a name so; a name begins so; every word in the title; in the names;
    // in names and summary; some of them, or only in the text.
    function standsAt(entry, phrase, best) {
      const closed = phrase.replaceAll(" ", "");
      const same = (name) => name === phrase || name.replaceAll(" ", "") === closed;
      if (same(entry.titleKey)) return 8;
      if (entry.nameKeys.some(same)) return 7;
      const begins = (name) => name.startsWith(phrase);
      if (begins(entry.titleKey)) return 6;
      if (entry.nameKeys.some(begins)) return 5.5;
      const all = (place) => best.every((word) => word[place] > 0);
      if (all("title")) return 5;
      if (all("name")) return 4.5;
      if (all("summary")) return 3;
      return 0;
    }

    // A place on a page comes after a page that answers as well; what the atlas says comes before the sources it rests on.
    function step(entry, phrase, best) {
      const level = standsAt(entry, phrase, best);
      if (entry.kind === SOURCE) return level === 8 ? 5 : 0;
      return entry.path.includes("#") ? Math.min(level, 7) - 0.25 : level;
    }

    function order(query) {
      const asked = read(query);
      if (!asked.length) return { asked, hits: [] };
      const phrase = asked.map(({ read_as }) => read_as).join(" ");
      if (phrase.length === 1) return { asked, hits: letter(phrase) };
      const tree = {
        combineWith: "OR",
        queries: asked.flatMap(({ terms }) => terms.map(([term, weight, prefix]) => ({
          queries: [term], prefix, boostTerm: () => weight,
          ...(prefix && term.length < 3 ? { fields: ["title", "words"] } : {}),
        }))),
      };
      const found = index.search(tree, { fields: FIELDS, boost: BOOST, tokenize: (text) => [text], processTerm: (term) => term });
      const hits = found.map((result) => {
        const entry = entries[result.id];
        const best = standing(asked, result.match);
        const level = step(entry, phrase, best);
        const share = best.reduce((sum, { any, name }) => sum + Math.max(any * 0.7, name), 0) / asked.length;
        // Some of the words: as good as what they cover. Within a step the weight of the page's kind and the score.
        const score = result.score * Math.sqrt(entry.weight) * share * share;
        return { entry, level, score, match: result.match, whole: best.every(({ any }) => any > 0) };
      });
      hits.sort((a, b) => b.level - a.level || b.score - a.score || a.entry.id - b.entry.id);
      return { asked, hits };
    }

    // One letter says little: what is named by a word that begins with it, by weight.
    const letter = (first) => entries
      .filter((entry) => entry.kind !== SOURCE && entry.titleKey.startsWith(first))
      .map((entry) => ({ entry, level: 6, score: entry.weight, match: {}, whole: true }))
      .sort((a, b) => b.score - a.score || a.entry.id - b.entry.id);

    // What a query finds: hits of one kind or of all, how many of each kind, and how its words were read.
    function search(query, kind = null) {
      const { asked, hits } = order(query);
      const counts = data.kinds.map(() => 0);
      for (const hit of hits) counts[hit.entry.kind] += 1;
      const terms = new Set(hits.slice(0, 200).flatMap((hit) => Object.keys(hit.match)));
      return {
        hits: kind === null ? hits : hits.filter((hit) => hit.entry.kind === kind),
        total: hits.length,
        counts,
        terms,
        whole: hits.some((hit) => hit.whole),
        corrected: asked.filter(({ corrected }) => corrected).map(({ word, corrected }) => [word, corrected]),
      };
    }

    // For a query that finds nothing: what begins like its words.
    const near = (query) => order(words(query).filter((word) => word.length > 3).map((word) => word.slice(0, 4)).join(" ")).hits;

    return { add, search, near };
  }

  // A text in pieces, [text, whether it was searched for], cut to what is around the first place.
  function pieces(text, terms, length = 190) {
    const marks = [];
    for (const found of text.matchAll(/[\p{L}\p{N}&’'.]*[\p{L}\p{N}]/gu)) {
      const hit = words(found[0]).some((word) => terms.has(stem(word)) || terms.has(root(stem(word))));
      if (hit) marks.push([found.index, found.index + found[0].length]);
    }
    let start = 0;
    if (text.length > length && marks.length && marks[0][0] > length * 0.6) {
      start = text.lastIndexOf(" ", Math.max(0, marks[0][0] - 50)) + 1;
    }
    let end = Math.min(text.length, start + length);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    const parts = start ? [["… ", false]] : [];
    let at = start;
    for (const [from, to] of marks) {
      if (from < at || to > end) continue;
      parts.push([text.slice(at, from), false], [text.slice(from, to), true]);
      at = to;
    }
    parts.push([text.slice(at, end) + (end < text.length ? " …" : ""), false]);
    return parts.filter(([part]) => part);
  }

  globalThis.WASearch = { engine, pieces, words, stem };
})();
