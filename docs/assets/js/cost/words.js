// The answer in words, as `macros/cost/words.py` says it; a test compares the sentences.
(() => {
  "use strict";

  const SIGNS = { USD: "$", EUR: "€", GBP: "£" };
  const TOKENS = "million tokens";
  const KINDS = { rented: "rented accelerators", owned: "machines of one’s own", endpoint: "a dedicated endpoint", fixed: "the fleet" };
  const ownSide = (kind) => (kind === "endpoint" ? "the endpoint" : "hosting it yourself");
  const VERDICTS = {
    api: "the API is cheaper",
    "leans-api": "the API is probably cheaper",
    close: "it is too close to call",
    "leans-self": "{} is probably cheaper",
    self: "{} is cheaper",
  };

  const exponent = (value) => Number(value.toExponential().split("e")[1]);

  function plain(value, digits = 2) {
    if (!value) return "0";
    const short = Number(value.toPrecision(digits));
    const places = Math.max(0, digits - 1 - exponent(short));
    const text = window.WATools.number(short, places);
    return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  }

  function amount(value, currency, digits = 2) {
    const sign = SIGNS[currency];
    const short = plain(Math.abs(value), digits);
    const text = /^\d+\.\d$/.test(short) ? `${short}0` : short;
    const minus = value < 0 && text !== "0" ? "−" : "";
    return sign ? `${minus}${sign}${text}` : `${minus}${text} ${currency}`;
  }

  // Two ends of a figure with their unit.
  function span({ unit, money }, low, high, currency) {
    if (money) return `${amount(low, currency, 3)} to ${amount(high, currency, 3)} ${unit}`;
    if (!unit.startsWith("share") && unit !== "a year") return `${plain(low, 3)} to ${plain(high, 3)} ${unit}`;
    const rest = unit.replace(/^share/, "").trim();
    return `${plain(low * 100, 3)} to ${plain(high * 100, 3)} %${rest && ` ${rest}`}`;
  }

  function many(unit) {
    const match = /^(.*?[a-z])(?= (?:of|in|for|with|to|that|per|from) | \(|\/|$)/.exec(unit);
    if (!match || /[^s]s$/.test(match[1])) return unit;
    const noun = match[1];
    const rest = unit.slice(noun.length);
    if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies${rest}`;
    return `${noun}${/(s|x|z|ch|sh)$/.test(noun) ? "es" : "s"}${rest}`;
  }

  const counted = (text, unit) => `${text} ${text === "1" ? unit : many(unit)}`;

  function volume(value, unit) {
    const sizes = unit === TOKENS ? [[1e6, "trillion"], [1e3, "billion"], [1, "million"]] : [[1e9, "billion"], [1e6, "million"]];
    for (const [size, name] of sizes) {
      if (value >= size) return unit === TOKENS ? `${plain(value / size)} ${name} tokens` : `${plain(value / size)} ${name} ${many(unit)}`;
    }
    return unit === TOKENS ? `${plain(value * 1e6)} tokens` : counted(plain(value), unit);
  }

  function range([low, base, high], currency) {
    const [a, b, c] = [low, base, high].map((value) => amount(value, currency));
    return a === c ? b : `${b} (${a} to ${c})`;
  }

  function between([low, , high], unit) {
    if (low === null || low === high) return "";
    return ` (between ${volume(low, unit)} and ${high === null ? "never" : volume(high, unit)} in eight of ten draws)`;
  }

  // One replica is taken to carry any volume because no speed is given, so its cost is a floor.
  const unlimited = (found) => found.kind !== "fixed" && found.capacity === Infinity;

  // Each crossing in words; those whose volumes read alike in one sentence.
  function crossed(every, unit, kind = "fixed") {
    const groups = [];
    for (const c of every) {
      const at = volume(c.volume, unit);
      const last = groups[groups.length - 1];
      if (last && last[0] === at) last[1].push(c);
      else groups.push([at, [c]]);
    }
    return groups.map(([at, alike]) => {
      const side = alike[alike.length - 1].to === "self" ? ownSide(kind) : "the API";
      if (alike.length === 1) return `above ${at}: ${side}${alike[0].jump ? ", because a replica is added" : ""}`;
      return `around ${at} they change places ${alike.length === 2 ? "twice" : `${alike.length} times`}; above that: ${side}`;
    });
  }

  const SUBJECTS = { rented: "Renting accelerators", owned: "Owning machines", endpoint: "A dedicated endpoint", fixed: "Hosting it yourself" };

  function threshold(found, unit) {
    const { found: every, lasting, first, atLast } = found.crossings;
    const bound = unlimited(found);
    const subject = SUBJECTS[found.kind];
    if (lasting === 0) return `${subject} is cheaper at any volume${bound ? " that one replica carries" : ""}.`;
    if (lasting !== null) {
      const [at, range_] = [volume(lasting, unit), between(found.spread.breakEven, unit)];
      if (bound) return `${subject} is not cheaper below about ${at} a month${range_}; no speed is given, so from where on it is cannot be told.`;
      const dips = every.filter((c) => c.to === "self").map((c) => volume(c.volume, unit));
      const earlier = dips[0] !== at ? `, and for a while from ${dips[0]}` : dips.length > 1 ? ", where the two change places several times" : "";
      return `${subject} stays cheaper from about ${at} a month on${earlier}${range_}.`;
    }
    if (atLast === "unsettled") return "The two change places again and again as replicas are added: there is no lasting break-even.";
    if (first === null) {
      const why = found.atCapacity !== null ? ": a full replica costs more than the API charges for the same work" : found.curve[found.curve.length - 1].api ? "" : ": there is no API bill to save";
      const [low] = found.spread.breakEven;
      const best = low === null ? "" : ` In the best tenth of the draws it does, from about ${volume(low, unit)}.`;
      return `${subject} never becomes cheaper${why}.${best}`;
    }
    const end = volume(every[every.length - 1].volume, unit);
    const start = first === 0 ? "nothing" : volume(first, unit);
    return `${subject} is cheaper only ${start === end ? `around ${end}` : `between ${start} and ${end}`} a month, never for good.`;
  }

  function distance(found, units) {
    const { lasting } = found.crossings;
    const [low] = found.spread.breakEven;
    if (!units || lasting === null || lasting === 0) return "";
    if (low !== null && low > 10 * units) return ` That is far above your volume, ${plain(lasting / units)} times it.`;
    if (plain(lasting / units) === "1" || plain(units / lasting) === "1") return " That is about your volume.";
    if (lasting > units) return ` That is ${plain(lasting / units)} times your volume.`;
    return ` Your volume is ${plain(units / lasting)} times that.`;
  }

  function ordinal(n) {
    const teens = n % 100 > 10 && n % 100 < 14;
    return `${n}${(!teens && { 1: "st", 2: "nd", 3: "rd" }[n % 10]) || "th"}`;
  }

  function grown(found) {
    const f = found.figures;
    const month = found.years.overtakes;
    if (!f.units || !(f.growth || f.api_decline) || month === 1) return "";
    const what = [f.growth && "growth", f.api_decline && "the fall of prices"].filter(Boolean).join(" and ");
    if (month === null) return ` With ${what} counted, no month within ten years is cheaper.`;
    return ` With ${what} counted, the ${ordinal(month)} month is the first in which it is cheaper.`;
  }

  function paid(found) {
    const back = found.payback;
    if (!back || !(back.upfront || found.figures.setup) || !found.figures.units) return "";
    if (back.months === null) return " What is put in at the start does not come back within ten years.";
    const { price, life } = found.figures;
    if (price > 0 && back.months > life) return ` What is put in at the start does not come back within the ${plain(life)} months of a machine.`;
    const [low, , high] = found.spread.payback;
    const told = ` What is put in at the start has come back after ${counted(plain(back.months), "month")}`;
    if (low === null || low === high) return `${told}.`;
    return `${told} (${plain(low)} to ${high === null ? "never" : plain(high)} in eight of ten draws).`;
  }

  const hasCost = (found) => found.kind !== "fixed" || found.month.total > 0 || found.figures.own_unit > 0;

  // The month in the first part, what changes with the volume in the second.
  function parts(answer, found, unit, currency) {
    if (!answer.hasApi) {
      const priced = answer.figures.price_in > 0 || answer.figures.price_out > 0;
      return [`${priced ? "No tokens of a unit are given for the prices of the API" : "No API price is given"}, so there is nothing to compare with.`, ""];
    }
    const { units } = answer.figures;
    const costs = `${units > 0 ? `At ${volume(units, unit)} a month` : "Without any volume"}, the API costs ${range(found.spread.api, currency)} a month`;
    if (!hasCost(found)) return [`${costs}. `, "No cost of hosting is given, so there is nothing to compare with."];
    const verdict = VERDICTS[found.spread.verdict].replace("{}", ownSide(found.kind)) + (found.spread.verdict.endsWith("self") && unlimited(found) ? " if one replica carries that volume" : "");
    const head = `${costs} and ${KINDS[found.kind]} ${range(found.spread.fleet, currency)}: ${verdict}. `;
    return [head, threshold(found, unit) + distance(found, units) + grown(found) + paid(found)];
  }

  const sentence = (...all) => parts(...all).join("");

  window.WACost = { ...(window.WACost || {}), words: { plain, amount, span, volume, range, parts, crossed, sentence, TOKENS, many, counted, hasCost, ownSide, KINDS } };
})();
