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
    if (word.length < 4 || /\d/.test(word) || word === "fines") return word; // no plural of the “fine” in fine-tuning
    let found = word;
    if (/[^aeiou]ies$/.test(found)) found = found.slice(0, -3) + "y";
    else if (/(ss|x|ch|sh)es$/.test(found)) found = found.slice(0, -2);
    else if (/[^suia]s$/.test(found)) found = found.slice(0, -1);
    return found.replace(/(i|y)z(e|ed|er|ing|ation)$/, "$1s$2").replace(/center$/, "centre").replace(/ization/, "isation");
  }

  // The root that forms of a word share: screening and screen, Bewerbung and Bewerber. Its own term, marked "~".
  const ENDING = /(isation|isierung|isier(?:en|t)|i?ations?|ators?|ating|ated|ates?|ions?|ings?|ement|ers?|ors?|ed|e)$/;
  // German endings would take too much from a short word of another language: screen, open.
  const LONG = /(?:ungen|ung|en|em|n)$/;
  function root(word) {
    if (word.length < 5 || /[\d&]/.test(word)) return null;
    const found = word.replace(ENDING, "");
    if (found.length < word.length && found.length >= 4) return "~" + found;
    const short = word.replace(LONG, "");
    return "~" + (short.length >= 5 ? short : word);
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

  const FIRST = 7.05;
  const SEEN = 3;
  const SIDES = new Set(["model", "accelerator", "engine"]);

  const NOTHING = [{ title: 0, name: 0, summary: 0 }];

  // A word below this share of the rarest one of a query decides nothing there.
  const COMMON = 0.34;
  // What joins the two words of a German compound.
  const JOINTS = ["", "s", "es", "n", "en", "e"];
  const LISTED = /^(article|annex)$/;
  const ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];
  const FIGURE = /^\d+[a-z]?$/;

  const key = (text) => words(text).map((word) => forms(word)[0]).join(" ");

  function engine(MiniSearch, data) {
    const stop = new Set(data.stop.map((word) => stem(fold(word))));
    const equal = new Map(Object.entries(data.equal).map(([word, other]) => [stem(fold(word)), stem(fold(other))]));
    const byRoot = new Map([...equal].filter(([word]) => root(word)).map(([word, other]) => [root(word), other]));
    // The word that stands for another, in the form listed or, for a word of no page, in one with its root.
    const alike = (word) => equal.get(word) || (vocabulary.has(word) ? undefined : byRoot.get(root(word)));
    const listed = (found = []) => new Set(found.map((word) => stem(fold(word))));
    const [suppliers, weighing] = [listed(data.suppliers), listed(data.weighing)];
    const [hosting, comparing] = [listed(data.hosting), listed(data.comparing)];
    const markers = listed(data.markers); // abs, paragraph, point: say only that a figure follows
    const places = new Map(Object.entries(data.places || {}).map(([word, start]) => [stem(fold(word)), start]));
    const [SOURCE, WORKLOAD] = ["source", "workload"].map((kind) => data.kinds.findIndex(([id]) => id === kind));
    const entries = [];
    const byPath = new Map();
    const exact = new Map(); // name in one word -> entry called so -> whether by its title (8) or otherwise (7)
    const vocabulary = new Map(); // word -> how many entries are named by it; 0 where it stands in texts only
    const frequency = new Map(); // form of a word -> how many entries have it, sources aside
    const subjects = new Set(); // words of the names of workloads
    const naming = new Map(); // first word of a name -> every [entry, words] called so
    let [counted, last, starts] = [0, {}, null]; // entries that are no sources; what is being read; words that name, in order
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
      const left = name.split(" ").filter((word) => !stop.has(word));
      return left.length > 1 ? left.join(" ") : name;
    }

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
        const told = name.split(" ").filter((word) => !stop.has(word));
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
        entry.part = new Set(entry.titleKey.split(" ").filter((word) => !above.titleKey.split(" ").includes(word) && !stop.has(word)));
      }
      entries.push(entry);
      starts = null;
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

    // How many entries have a word, or a form of it.
    const spread = (word) => frequency.get(word) || frequency.get(root(word)) || 0;

    // Whether something is named by a word, in some form, or by a word that begins so.
    const names = (word) => vocabulary.get(word) > 0 || vocabulary.get(stem(word)) > 0;
    const means = (word) => names(word) || equal.has(stem(word));
    function begins(word) {
      starts ||= [...vocabulary].filter(([, named]) => named).map(([known]) => known).sort();
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle] < word) low = middle + 1;
        else high = middle;
      }
      return low < starts.length && starts[low].startsWith(word);
    }

    // The known words that an unknown one is made of, [word, whether as a beginning]: Kredit and Antrag in Kreditantrag.
    // Both if both are known, or else the last, which says what it is, or else the first.
    function parts(word) {
      if (word.length < 9 || !/^[a-z]+$/.test(word)) return [];
      const heads = (head) => {
        for (const joint of JOINTS) {
          const bare = head.endsWith(joint) ? head.slice(0, head.length - joint.length) : "";
          if (bare.length >= 4 && means(bare)) return [stem(bare), false];
        }
        return head.length >= 5 && begins(head.slice(0, Math.max(5, head.length - 1))) ? [head.slice(0, Math.max(5, head.length - 1)), true] : null;
      };
      const tails = (tail) => {
        if (means(tail)) return [stem(tail), false];
        const base = root(stem(tail));
        if (base && frequency.has(base) && begins(base.slice(1))) return [base, false];
        return tail.length >= 5 && begins(tail) ? [tail, true] : null;
      };
      const cuts = [];
      for (let at = 4; at <= word.length - 4; at += 1) cuts.push([heads(word.slice(0, at)), tails(word.slice(at))]);
      const both = cuts.find(([head, tail]) => head && tail);
      if (both) return both;
      const end = cuts.find(([, tail], n) => tail && !tail[1] && word.length - 4 - n >= 6);
      if (end) return [end[1]];
      const front = cuts.findLast(([head], n) => head && n >= 2 && (!head[1] || head[0].length >= 6));
      return front ? [front[0]] : [];
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
      return found.slice(0, 3);
    }

    // The words of a query without those that say nothing where others remain; figures after “Annex” as it writes them.
    function told(query) {
      const found = words(query).map(stem);
      const read_as = (n) => equal.get(found[n]) || found[n];
      const numeral = (n) => n > 0 && LISTED.test(read_as(n - 1)) && (FIGURE.test(found[n]) || ROMAN.includes(found[n]));
      const meaning = found.map((word, n) => (numeral(n) && read_as(n - 1) === "annex" ? ROMAN[word] || word : word))
        .filter((word, n) => numeral(n) || !(stop.has(word) || (markers.has(word) && FIGURE.test(found[n + 1] || ""))));
      return meaning.length ? meaning : found;
    }

    // Every word of a query with the terms that may stand for it, [term, weight, whether as a beginning], and how much it
    // says: the rarer, the more. Who names a supplier and weighs it up, by cost or against something else, asks about an
    // API and not about that supplier.
    function read(query) {
      const asked = told(query);
      const open = !/\s$/.test(query);
      const weighs = asked.some((word) => weighing.has(word));
      const subject = asked.some(isSubject);
      return asked.flatMap((word, n) => {
        const last = open && n === asked.length - 1;
        const terms = [[word, 1, false]];
        const base = root(word);
        if (base) terms.push([base, 0.6, false]);
        const other = alike(word);
        if (other) terms.push([other, 0.95, false]);
        const known = vocabulary.has(word);
        if (word.length > 2 && !/^\d+$/.test(word) && (last || !known)) terms.push([word, last ? 0.6 : 0.4, true]);
        let read_as = other || word;
        if (weighs && suppliers.has(word)) {
          terms.forEach((term) => { term[1] *= ASIDE; });
          terms.push(["api", 0.95, false]);
          read_as = "api";
        }
        const aside = subject && hosting.has(word) ? ASIDE : 1;
        if (aside < 1) terms.forEach((term) => { term[1] *= aside; });
        let corrected = null;
        if (!known && !other && !completes(word)) {
          const plain = word.replace(/([aou])e/g, "$1"); // ae, oe, ue for ä, ö, ü
          let near = plain !== word && (vocabulary.has(plain) || completes(plain)) ? [plain] : [];
          if (!near.length && !frequency.has(base)) {
            const slips = corrections(word, last);
            const made = slips.length && slips[0][0] <= 1 ? [] : parts(word);
            if (made.length) return made.map(([part, start]) => compound(word, part, start));
            near = slips.map(([, , other]) => other);
          }
          near.forEach((other, rank) => {
            terms.push([other, rank ? 0.5 : 0.8, false]);
            if (!rank) terms.push([other, 0.5, true]);
          });
          if (near.length) { [read_as] = near; corrected = near[0]; }
        }
        return [{ word, terms, read_as, corrected, says: says(asked, n, read_as) * aside, aside: aside < 1, place: places.get(word) }];
      });
    }

    function compound(word, part, start) {
      const terms = [[part, 0.9, start]];
      const base = start ? null : root(part);
      if (base) terms.push([base, 0.6, false]);
      const other = alike(part);
      if (other) terms.push([other, start ? 0.6 : 0.8, false]);
      const says = rarity(start ? 3 : Math.max(spread(part), other ? spread(other) : 0));
      return { word, terms, read_as: other || part, corrected: part.replace("~", ""), says };
    }

    const rarity = (entries_with) => Math.log(1 + counted / (1 + entries_with));

    // A figure decides where it is that of an article; the others, and those of a paragraph, say little alone.
    function says(asked, n, read_as) {
      if (FIGURE.test(read_as) && (read_as.length < 3 || !names(read_as))) return LISTED.test(equal.get(asked[n - 1]) || asked[n - 1]) ? rarity(20) : rarity(counted / 2);
      return rarity(Math.max(spread(read_as), spread(asked[n])) || 5);
    }

    // Whether a word says which work is meant: it names a workload, and few other things have it.
    const isSubject = (word) => !hosting.has(word) && !suppliers.has(word) && (subjects.has(word) || subjects.has(equal.get(word)))
      && spread(word) < counted * 0.06;

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
      // Words that are everywhere aside.
      const chosen = strong.map((n) => places[n]);
      if (all("title", chosen)) return 4.2;
      if (all("name", chosen)) return 4;
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
      const called = calledSo(phrase, told(query).join(" "), words(query).map(stem).join(" "),
        asked.filter(({ aside }) => !aside).map(({ read_as }) => read_as).join(" "));
      const hits = found.map((result) => {
        const entry = entries[result.id];
        const best = stands(result.match);
        const whole = best.every(({ any }) => any > 0);
        asked.forEach(({ place }, n) => {
          if (place && entry.path.startsWith(place) && !entry.above) best[n] = { title: 1, name: 1, summary: 1, any: best[n].any };
        });
        const level = step(entry, phrase, best, asked, strong.length < asked.length ? strong : [], called);
        const share = best.reduce((sum, { any, name, summary }, n) => sum + asked[n].says * Math.max(any * 0.5, summary * 0.75, name), 0) / total;
        // Some of the words: as good as what they cover. Within a step the weight of the page's kind and the score.
        const score = result.score * Math.sqrt(entry.weight) * share * share * (1 + 3 * (within.get(entry.id)?.share || 0)) * (entry.kind === SOURCE ? 0.15 : 1);
        // Below names a step only adds to the score: all words in a summary say less than the decisive one in a name.
        if (level > 0 && level < 4) return { entry, level: 0, score: score * (1 + 0.7 * level), match: result.match, whole };
        return { entry, level, score, match: result.match, whole };
      });
      if (words(query).some((word) => comparing.has(stem(word)))) compared(hits, within);
      hits.sort((a, b) => b.level - a.level || b.score - a.score || a.entry.id - b.entry.id);
      return { asked, hits: withWorkload(asked, hits, within) };
    }

    // “vLLM vs Ollama”: two things of one kind that a query names come before pages that speak of both.
    function compared(hits, within) {
      const sides = hits.filter(({ entry }) => SIDES.has(data.kinds[entry.kind][0]) && within.has(entry.id));
      const other = (hit) => ({ entry }) => entry.kind === hit.entry.kind && within.get(entry.id).name !== within.get(hit.entry.id).name;
      for (const hit of sides) if (hit.level < 4.3 && sides.some(other(hit))) hit.level = 4.3;
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
