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

  // Forms of a word as written: what it is indexed as. Texts repeat words, so each is worked out once.
  const seen = new Map();
  function forms(word) {
    let found = seen.get(word);
    if (!found) {
      const plain = stem(word);
      const base = root(plain);
      found = base ? [plain, base] : [plain];
      seen.set(word, found);
    }
    return found;
  }

  const FIELDS = ["title", "words", "law", "summary", "text"];
  const NAMES = new Set(["title", "words", "law"]);
  // Where a word stands says how much a page is about it.
  const BOOST = { title: 6, words: 5, law: 4, summary: 2, text: 1 };

  // A beginning is looked for in what names a page and says what it is; in its text only whole words are.
  const SHORT = ["title", "words", "law", "summary"];

  // What the name of a supplier still counts where it stands for an API.
  const ASIDE = 0.4;

  const NOTHING = [{ title: 0, name: 0, summary: 0 }];

  const key = (text) => words(text).map((word) => forms(word)[0]).join(" ");

  function engine(MiniSearch, data) {
    const stop = new Set(data.stop.map((word) => stem(fold(word))));
    const equal = new Map(Object.entries(data.equal).map(([word, other]) => [stem(fold(word)), stem(fold(other))]));
    const listed = (found = []) => new Set(found.map((word) => stem(fold(word))));
    const [suppliers, weighing] = [listed(data.suppliers), listed(data.weighing)];
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
        const found = forms(word);
        if (!vocabulary.has(found[0])) vocabulary.set(found[0], 0);
        return found;
      },
    });

    function prepare(row) {
      const [path, kind, weight, title, names, law, summary, text] = row;
      const first = law.length ? [law[0], ...law.slice(1).map((name) => `${name} ${law[0]}`)] : [];
      const entry = {
        id: entries.length, path, kind, weight, title, names, law, summary, text,
        titleKey: key(title),
        nameKeys: [...names, ...first].map(key),
      };
      // Names of several words are also read as one, since people write them so: gptoss, codecompletion.
      const together = [entry.titleKey, ...entry.nameKeys].filter((name) => name.includes(" ")).map((name) => name.replaceAll(" ", "")).filter((name) => name.length <= 24);
      entry.fields = { title, words: [...names, ...together].join("; "), law: law.join("; "), summary, text };
      const called = [entry.titleKey, ...entry.nameKeys];
      entry.closed = called.map((name) => name.replaceAll(" ", ""));
      for (const word of new Set(called.flatMap((name) => name.split(" ")))) vocabulary.set(word, (vocabulary.get(word) || 0) + 1);
      entries.push(entry);
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

    const completes = (word) => {
      for (const known of vocabulary.keys()) if (known.startsWith(word)) return true;
      return false;
    };

    // Which letters a word has, as bits: two words that differ in more letters than two an edit are no near ones.
    const masks = new Map();
    function mask(word) {
      let found = masks.get(word);
      if (found === undefined) {
        found = 0;
        for (let n = 0; n < word.length; n += 1) found |= 1 << ((word.charCodeAt(n) - 97) & 31);
        masks.set(word, found);
      }
      return found;
    }
    function bits(number) {
      let [left, count] = [number, 0];
      for (; left; left &= left - 1) count += 1;
      return count;
    }

    // The nearest known words of an unknown one; a word that names something comes before one that stands in a text.
    function corrections(word, unfinished) {
      const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
      const found = [];
      if (!most || /\d/.test(word)) return found;
      for (const [known, named] of vocabulary) {
        if (known.length < Math.max(3, word.length - most) || (!unfinished && known.length > word.length + most)) continue;
        if (bits(mask(word) & ~mask(known)) > most) continue;
        let edits = distance(word, known, most);
        if (unfinished && edits > 1 && word.length >= 5 && known.length > word.length) {
          edits = Math.min(edits, distance(word, known.slice(0, word.length), 1) + 0.5);
        }
        if (edits <= most) found.push([edits + (known[0] === word[0] ? 0 : 0.4) + (named ? 0 : 0.6), -named, known]);
      }
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
      return found.slice(0, 3).map(([, , known]) => known);
    }

    // Every word of a query with the terms that may stand for it: [term, weight, whether as a beginning]. Who names a
    // supplier and weighs it up, by cost or against something else, asks about an API and not about that supplier.
    function read(query) {
      let asked = words(query).map(stem);
      const meaning = asked.filter((word) => !stop.has(word));
      if (meaning.length) asked = meaning;
      const open = !/\s$/.test(query);
      const weighs = asked.some((word) => weighing.has(word));
      return asked.map((word, n) => {
        const last = open && n === asked.length - 1;
        const terms = [[word, 1, false]];
        const base = root(word);
        if (base) terms.push([base, 0.6, false]);
        if (equal.has(word)) terms.push([equal.get(word), 0.95, false]);
        const known = vocabulary.has(word);
        if (word.length > 2 && !/^\d+$/.test(word) && (last || !known)) terms.push([word, last ? 0.6 : 0.4, true]);
        let read_as = equal.get(word) || word;
        if (weighs && suppliers.has(word)) {
          terms.forEach((term) => { term[1] *= ASIDE; });
          terms.push(["api", 0.95, false]);
          read_as = "api";
        }
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
    function standsAt(entry, phrase, best) {
      const closed = phrase.replaceAll(" ", "");
      if (entry.titleKey === phrase || entry.closed[0] === closed) return 8;
      if (entry.closed.includes(closed)) return 7;
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
      const hits = found.map((result) => {
        const entry = entries[result.id];
        const best = stands(result.match);
        const level = step(entry, phrase, best);
        const share = best.reduce((sum, { any, name }) => sum + Math.max(any * 0.7, name), 0) / asked.length;
        // Some of the words: as good as what they cover. Within a step the weight of the page's kind and the score.
        const score = result.score * Math.sqrt(entry.weight) * share * share;
        return { entry, level, score, match: result.match, whole: best.every(({ any }) => any > 0) };
      });
      hits.sort((a, b) => b.level - a.level || b.score - a.score || a.entry.id - b.entry.id);
      return { asked, hits };
    }

    // One or two letters say little: what is called so, or by a word that begins so, by weight.
    function brief(start) {
      const hits = [];
      for (const entry of entries) {
        let level = standsAt(entry, start, NOTHING);
        if (!level && entry.titleKey.includes(` ${start}`)) level = 5;
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
        whole: hits.some((hit) => hit.whole),
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

  // A text in pieces, [text, whether it was searched for], cut to what is around the first place.
  const WRITTEN = /[\p{L}\p{N}&’'.]*[\p{L}\p{N}]/gu;
  const spelt = new Map(); // what is written -> every form that it is indexed as
  function isHit(written, terms) {
    let found = spelt.get(written);
    if (!found) {
      found = words(written).flatMap(forms);
      spelt.set(written, found);
    }
    return found.some((form) => terms.has(form));
  }

  // Whether a text has one of the terms.
  function holds(text, terms) {
    for (const [written] of text.matchAll(WRITTEN)) if (isHit(written, terms)) return true;
    return false;
  }

  function pieces(text, terms, length = 190) {
    const marks = [];
    for (const found of text.matchAll(WRITTEN)) {
      if (isHit(found[0], terms)) marks.push([found.index, found.index + found[0].length]);
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

  globalThis.WASearch = { engine, pieces, holds, words, stem };
})();
