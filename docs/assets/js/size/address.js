// The state of the calculator as the fragment of the address, which a browser never sends to a server.
// `#model=qwen3.8-27b&gpu=h100-sxm&tp=2&format=fp8&cache=fp8&context=32768&average=4096&utilization=0.92&requests=8`
(() => {
  "use strict";

  const FIRST = { model: "qwen3.8-27b", gpu: "h100-sxm" };
  const CONTEXT = 32768;
  const AVERAGE = 4096;
  const REQUESTS = 8;
  const MOST = 2 ** 31;

  const whole = (text) => (/^\d{1,10}$/.test(text || "") && Number(text) >= 1 && Number(text) < MOST ? Number(text) : null);
  const share = (text) => (/^(0?\.\d+|1(\.0*)?|0\.\d+)$/.test(text || "") && Number(text) > 0 ? Number(text) : null);

  const KEYS = ["model", "gpu", "tp", "format", "cache", "context", "average", "utilization", "requests"];

  // What is wrong with a text for a field, and what to write; empty where nothing is. The rest of the state counts too.
  function fault(key, text, state, data) {
    const model = data.models.find((item) => item.id === state.model);
    if (key === "utilization") return share(text) ? "" : `${text ? `“${text}” is` : "this is"} no share; write a number above 0 and at most 1, such as ${data.utilization}.`;
    const amount = whole(text);
    if (!["context", "average", "requests"].includes(key)) return `“${text}” is not in this list; choose one that is.`;
    if (!amount) return `${text ? `“${text}” is` : "this is"} no whole number from 1; write one such as ${{ context: CONTEXT, average: AVERAGE, requests: REQUESTS }[key]}.`;
    if (key === "context" && amount > (model.context || MOST)) return `${model.title} takes at most ${model.context} tokens; write that or less.`;
    if (key === "average" && amount > state.context) return `more than the longest request; write at most ${state.context}.`;
    return "";
  }

  // What is missing or cannot be taken becomes a default; `ignored` has the pairs that did, and keys that no field has.
  function read(fragment, data) {
    const parts = new URLSearchParams(fragment.replace(/^#/, ""));
    const ignored = [...parts].filter(([key]) => !KEYS.includes(key));
    const given = (key, value, otherwise) => {
      if (parts.has(key) && value === null) ignored.push([key, parts.get(key)]);
      return value === null ? otherwise : value;
    };
    const among = (key, list) => (list.map(String).includes(parts.get(key)) ? parts.get(key) : null);
    const sized = data.models.filter((model) => !model.why);
    const first = sized.find((model) => model.id === FIRST.model) || sized[0];
    const wanted = given("model", among("model", data.models.map((item) => item.id)), first.id);
    const model = data.models.find((item) => item.id === wanted);
    const card = data.cards.find((item) => item.id === FIRST.gpu) || data.cards[0];
    const gpu = given("gpu", among("gpu", data.cards.map((item) => item.id)), card.id);
    const most = model.context || MOST;
    const context = Math.min(given("context", whole(parts.get("context")), Math.min(CONTEXT, most)), most);
    for (const [key, limit] of [["context", most], ["average", context]]) {
      if (whole(parts.get(key)) > limit) ignored.push([key, parts.get(key)]);
    }
    const formats = (model.formats || []).map((format) => format.id);
    const tp = given("tp", among("tp", ["auto", ...data.tps]), "auto");
    return {
      model: model.id, gpu, context, ignored,
      tp: tp === "auto" ? tp : Number(tp),
      format: given("format", among("format", formats), formats[0] || null),
      cache: given("cache", among("cache", data.caches), data.caches[0]),
      average: Math.min(given("average", whole(parts.get("average")), Math.min(AVERAGE, context)), context),
      utilization: given("utilization", share(parts.get("utilization")), data.utilization),
      requests: given("requests", whole(parts.get("requests")), REQUESTS),
    };
  }

  function write(state) {
    return `#${new URLSearchParams(KEYS.filter((key) => state[key] !== null).map((key) => [key, String(state[key])]))}`;
  }

  window.WASize = { ...(window.WASize || {}), address: { KEYS, fault, read, write } };
})();
