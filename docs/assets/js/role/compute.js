// The same multiplications and comparisons, in the same order, as macros/law/compute.py, on numbers a visitor types.
(() => {
  "use strict";

  const data = window.WA_ROLE;
  if (!data) return;
  const { factor, share, margin, fallback } = data.compute;

  const flop = (parameters, tokens) => factor * parameters * tokens;

  function compare(modification, original, fixed) {
    const line = original / share;
    const [low, high] = [1 - margin, 1 + margin];
    const [lineLow, lineHigh] = fixed ? [line, line] : [line * low, line * high];
    let side = "close";
    if (modification * low > lineHigh) side = "above";
    else if (modification * high <= lineLow) side = "below";
    return { modification, original, line, ratio: modification / original, side };
  }

  // 7.5 × 10^22; whole powers without a factor.
  function scientific(value) {
    const [digits, power] = value.toExponential(2).split("e");
    return `${Number(digits)} × 10^${Number(power)}`;
  }

  // From the fields of the form: parameters and tokens in billions, `of` in FLOP. Null while something is missing.
  function fromForm(line, numbers) {
    const value = (key) => Number(numbers[key]);
    const has = (...keys) => keys.every((key) => numbers[key]);
    if (!has("mp", "mt")) return null;
    const modification = flop(value("mp") * 1e9, value("mt") * 1e9);
    if (line in fallback) return compare(modification, fallback[line], true);
    if (line === "told") return has("of") ? compare(modification, value("of"), false) : null;
    return has("op", "ot") ? compare(modification, flop(value("op") * 1e9, value("ot") * 1e9), false) : null;
  }

  window.WARole = { ...(window.WARole || {}), compute: { flop, compare, scientific, fromForm } };
})();
