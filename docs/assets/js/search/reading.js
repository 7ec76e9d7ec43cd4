// Reads a query: which terms may stand for each of its words, and how much each word says. What it knows of words comes
// from the index; it finds no page.
(() => {
  "use strict";

  const { fold, words, stem, root, distance } = globalThis.WAText;

  // What the name of a supplier still counts where it stands for an API.
  const ASIDE = 0.4;

  // So much more frequent is a word of which a known form may be a slip.
  const FREQUENT = 3;

  // What joins the two words of a German compound.
  const JOINTS = ["", "s", "es", "n", "en", "e"];
  const LISTED = /^(article|annex)$/;
  const ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];
  const BEFORE_A_COUNTRY = new Set("a an and any can do does in is of or the under which".split(" "));
  const FIGURE = /^\d+[a-z]?$/;

  // What is filled while entries are indexed: `vocabulary`, `frequency`, `subjects`, `joined` (names of several words as
  // one), `isName` and `counted()`.
  function reader(data, { vocabulary, frequency, subjects, joined, isName, counted }) {
    const listed = (found = "") => new Set(found.split(" ").map((word) => stem(fold(word)))); // lists come as one text
    const stop = listed(data.stop);
    const equal = new Map(Object.entries(data.equal).flatMap(([other, found]) => [...listed(found)].map((word) => [word, stem(fold(other))])));
    const byRoot = new Map([...equal].filter(([word]) => root(word)).map(([word, other]) => [root(word), other]));
    // The word that stands for another, in the form listed or, for a word of no page, in one with its root.
    const alike = (word) => equal.get(word) || (vocabulary.has(word) ? undefined : byRoot.get(root(word)));
    const [suppliers, weighing] = [listed(data.suppliers), listed(data.weighing)];
    const [hosting, comparing] = [listed(data.hosting), listed(data.comparing)];
    const general = listed(data.general); // find, write, system: say little beside a word for what
    const [operators, prying] = [listed(data.operators), listed(data.prying)];
    const markers = listed(data.markers); // abs, paragraph, point: say only that a figure follows
    const places = new Map(Object.entries(data.places || {}).map(([word, start]) => [stem(fold(word)), start]));
    let starts = null; // words that name, in order

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

    // Two words of names that were written as one: finetune, airgapped.
    function split(word) {
      for (let at = 3; at <= word.length - 4; at += 1) {
        const both = [word.slice(0, at), word.slice(at)];
        if (both.every((part) => !stop.has(part) && (vocabulary.get(stem(part)) > 0 || equal.has(stem(part))))) return both.map(stem);
      }
      return null;
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
      // “it support”, “the us government”: as pronouns both are passed over.
      const meaningful = (word) => word && !stop.has(word) && !general.has(word);
      const noun = (n) => (found[n] === "it" && n === 0 && meaningful(found[1]))
        || (found[n] === "us" && meaningful(found[n + 1]) && (n === 0 || BEFORE_A_COUNTRY.has(found[n - 1])))
        || (found[n] === "us" && found[n - 1] === "the");
      const meaning = found.map((word, n) => (numeral(n) && read_as(n - 1) === "annex" ? ROMAN[word] || word : word))
        .filter((word, n) => numeral(n) || noun(n) || !(stop.has(word) || (markers.has(word) && FIGURE.test(found[n + 1] || ""))));
      return meaning.length ? meaning : found;
    }

    // Every word of a query with the terms that may stand for it, [term, weight, whether as a beginning], and how much it
    // says: the rarer, the more. Who names a supplier and weighs it up, by cost or against something else, asks about an
    // API and not about that supplier.
    function read(query) {
      const asked = told(query);
      const open = !/\s$/.test(query);
      const weighs = asked.some((word) => weighing.has(word));
      const pries = !weighs && asked.some((word) => prying.has(word));
      const subject = asked.some(isSubject);
      const special = asked.some((word) => !general.has(word) && !hosting.has(word));
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
        if (weighs && suppliers.has(word) && !product(asked[n + 1], word)) {
          terms.forEach((term) => { term[1] *= ASIDE; });
          terms.push(["api", 0.95, false]);
          read_as = "api";
        }
        if (pries && (operators.has(word) || suppliers.has(word))) {
          terms.forEach((term) => { term[1] *= ASIDE; });
          terms.push(["operator", 0.95, false], ["vendor", 0.8, false]);
          read_as = "operator";
        }
        const aside = subject && hosting.has(word) ? ASIDE : 1;
        const little = special && general.has(word) ? ASIDE : 1;
        if (aside * little < 1) terms.forEach((term) => { term[1] *= aside * little; });
        const apart = (!known && !other) || (joined.has(word) && !names(word)) ? split(word) : null;
        if (apart) return apart.map((part) => compound(word, part, false));
        let corrected = null;
        if (!known && !other && !general.has(word) && !completes(word)) {
          const plain = word.replace(/([aou])e/g, "$1"); // ae, oe, ue for ä, ö, ü
          let near = plain !== word && (vocabulary.has(plain) || completes(plain)) ? [plain] : [];
          // A form of a word that few texts have may yet be a slip of a frequent one: embeding, and “embeds”.
          const related = frequency.get(base) || 0;
          if (!near.length) {
            const slips = corrections(word, last).filter(([edits, , other]) => !related || (edits <= 1 && spread(other) > FREQUENT * related));
            const made = related || (slips.length && slips[0][0] <= 1) ? [] : parts(word);
            if (made.length) return made.map(([part, start]) => compound(word, part, start));
            near = slips.map(([, , other]) => other);
          }
          near.forEach((other, rank) => {
            terms.push([other, rank ? 0.5 : 0.8, false]);
            if (!rank) terms.push([other, 0.5, true]);
          });
          if (near.length) { [read_as] = near; corrected = near[0]; }
        }
        return [{ word, terms, read_as, corrected, says: says(asked, n, read_as) * aside * little, aside: aside < 1, little: little < 1, place: places.get(word) }];
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

    const rarity = (entries_with) => Math.log(1 + counted() / (1 + entries_with));

    // A figure decides where it is that of an article; the others, and those of a paragraph, say little alone.
    function says(asked, n, read_as) {
      if (FIGURE.test(read_as) && (read_as.length < 3 || !names(read_as))) return LISTED.test(equal.get(asked[n - 1]) || asked[n - 1]) ? rarity(20) : rarity(counted() / 2);
      return rarity(Math.max(spread(read_as), spread(asked[n])) || 5);
    }

    // Whether a word says which work is meant: it names a workload, and few other things have it.
    const isSubject = (word) => !hosting.has(word) && !suppliers.has(word) && (subjects.has(word) || subjects.has(equal.get(word)))
      && spread(word) < counted() * 0.06;

    // Whether a supplier and the next word are the name of a thing of its own: Claude Code, not ChatGPT API.
    const product = (next, word) => next && next !== "api" && !hosting.has(next) && !suppliers.has(next) && isName(word + next);

    // After more entries were read.
    const learned = () => { starts = null; };
    return { read, told, learned, isStop: (word) => stop.has(word), compares: (word) => comparing.has(word) };
  }

  globalThis.WAReading = { reader };
})();
