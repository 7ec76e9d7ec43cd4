// Words of a text: how they are told apart, and which forms of a word are read as one. Knows no index.
(() => {
  "use strict";

  const MARKS = /\p{M}/gu;
  const TOKEN = /[\p{L}\p{N}&]+(?:\.\d[\p{L}\p{N}]*)*/gu;
  // L’IA, d'un: what French leaves of a word before a vowel is none of its own.
  const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=\p{L}{2})/gu;
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(/ß/g, "ss").replace(/[’']s\b/g, "").replace(ELISION, "");

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

  // A name as it is compared: the forms of its words.
  const key = (text) => words(text).map((word) => forms(word)[0]).join(" ");

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

  globalThis.WAText = { fold, words, stem, root, forms, key, distance, pieces, holds };
})();
