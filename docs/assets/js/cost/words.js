// The answer in words, as `macros/cost/words.py` says it; a test compares the sentences.
(() => {
  "use strict";

  const SIGNS = { USD: "$", EUR: "€", GBP: "£" };
  const TOKENS = "million tokens";
  const KINDS = { rented: "rented accelerators", owned: "machines of one’s own", fixed: "the fleet" };
  const VERDICTS = {
    api: "the API is cheaper",
    "leans-api": "the API is probably cheaper",
    close: "it is too close to call",
    "leans-self": "hosting it yourself is probably cheaper",
    self: "hosting it yourself is cheaper",
  };

  const exponent = (value) => Number(value.toExponential().split("e")[1]);

  function plain(value, digits = 2) {
    if (!value) return "0";
    const short = Number(value.toPrecision(digits));
    const places = Math.max(0, digits - 1 - exponent(short));
    const text = short.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
    return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  }

  function amount(value, currency, digits = 2) {
    const sign = SIGNS[currency];
    const short = plain(Math.abs(value), digits);
    const text = /^\d\.\d$/.test(short) ? `${short}0` : short;
    const minus = value < 0 && text !== "0" ? "−" : "";
    return sign ? `${minus}${sign}${text}` : `${minus}${text} ${currency}`;
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

  function threshold(found, unit) {
    const { found: every, lasting, first, atLast } = found.crossings;
    if (lasting === 0) return "Hosting it yourself is cheaper at any volume.";
    if (lasting !== null) {
      const dips = every.filter((c) => c.to === "self");
      const dip = dips.length > 1 ? `, and for a while from ${volume(dips[0].volume, unit)}` : "";
      return `Hosting it yourself stays cheaper from about ${volume(lasting, unit)} a month on${dip}${between(found.spread.breakEven, unit)}.`;
    }
    if (atLast === "unsettled") return "The two change places again and again as replicas are added: there is no lasting break-even.";
    if (first === null) {
      const why = found.atCapacity !== null ? ": a full replica costs more than the API charges for the same work" : found.curve[found.curve.length - 1].api ? "" : ": there is no API bill to save";
      return `Hosting it yourself never becomes cheaper${why}.`;
    }
    const start = first === 0 ? "nothing" : volume(first, unit);
    return `Hosting it yourself is cheaper only between ${start} and ${volume(every[every.length - 1].volume, unit)} a month, never for good.`;
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

  function paid(found) {
    const back = found.payback;
    if (!back || !back.upfront || !found.figures.units) return "";
    if (back.months === null) return " What is put in at the start does not come back within ten years.";
    const { price, life } = found.figures;
    if (price > 0 && back.months > life) return ` What is put in at the start does not come back within the ${plain(life)} months of a machine.`;
    return ` What is put in at the start has come back after ${counted(plain(back.months), "month")}.`;
  }

  const hasCost = (found) => found.kind !== "fixed" || found.month.total > 0 || found.figures.own_unit > 0;

  // The month in the first part, what changes with the volume in the second.
  function parts(answer, found, unit, currency) {
    if (!answer.hasApi) return ["No API price is given, so there is nothing to compare with.", ""];
    const { units } = answer.figures;
    const costs = units > 0 ? `At ${volume(units, unit)} a month, the API costs ${range(found.spread.api, currency)} a month` : "";
    if (!hasCost(found)) return [costs ? `${costs}. ` : "", "No cost of hosting is given, so there is nothing to compare with."];
    const head = costs ? `${costs} and ${KINDS[found.kind]} ${range(found.spread.fleet, currency)}: ${VERDICTS[found.spread.verdict]}. ` : "";
    return [head, threshold(found, unit) + distance(found, units) + paid(found)];
  }

  const sentence = (...all) => parts(...all).join("");

  window.WACost = { ...(window.WACost || {}), words: { plain, amount, volume, range, parts, sentence, TOKENS, many, counted, hasCost, KINDS, VERDICTS } };
})();
