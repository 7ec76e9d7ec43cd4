// Libraries compared on the same entries and the queries the ranking was tuned on, each with plain settings:
//   npm install --no-save minisearch@7.2.0 flexsearch@0.8.212 fuse.js@7.5.0 @orama/orama@3.1.18 @leeoniya/ufuzzy@1.0.19
//   node tests/search/compare.mjs SITE NODE_MODULES
// SITE is a built site. Prints milliseconds to build, the median and worst milliseconds of a keystroke over every
// beginning of every query, and success@1 and @3. Not part of the tests.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import vm from "node:vm";

const [, , site, modules] = process.argv;
const require = createRequire(join(resolve(modules), "x.js"));
const window = {};
for (const file of ["data.js", "sources.js"]) vm.runInNewContext(readFileSync(join(site, "assets/js/search", file), "utf8"), { window });
const rows = [...window.WASearchData.entries, ...window.WASearchSources.entries];
const docs = rows.map(([path, , weight, title, names, law, summary, text], id) => (
  { id, path, weight, title, words: names.join("; "), law: law.join("; "), summary, text }));
const fields = ["title", "words", "law", "summary", "text"];
const boost = { title: 6, words: 5, law: 4, summary: 2, text: 1 };

const tuned = readFileSync(new URL("tuned.yml", import.meta.url), "utf8").split("\n").filter((line) => line && !line.startsWith("#"))
  .map((line) => /^(.*?): \[(.*)\]$/.exec(line)).map(([, query, want]) => [query, want.split(",").map((path) => path.trim().replaceAll('"', ""))]);

const candidates = {
  MiniSearch: () => {
    const MiniSearch = require("minisearch");
    const index = new MiniSearch({ fields, searchOptions: { boost, prefix: true, fuzzy: 0.2, boostDocument: (id) => Math.sqrt(docs[id].weight) } });
    index.addAll(docs);
    return (query) => index.search(query).map((hit) => docs[hit.id].path);
  },
  FlexSearch: () => {
    const { Document } = require("flexsearch");
    const index = new Document({ document: { id: "id", index: fields }, tokenize: "forward", encoder: "LatinBalance" });
    docs.forEach((doc) => index.add(doc));
    return (query) => index.search(query, { merge: true, suggest: true, limit: 100 }).map((hit) => docs[hit.id].path);
  },
  "Fuse.js": () => {
    const Fuse = require("fuse.js");
    const index = new Fuse(docs, { keys: fields.map((name) => ({ name, weight: boost[name] })), ignoreLocation: true, threshold: 0.3 });
    return (query) => index.search(query, { limit: 50 }).map((hit) => hit.item.path);
  },
  uFuzzy: () => {
    const uFuzzy = require("@leeoniya/ufuzzy");
    const engine = new uFuzzy({ intraMode: 1 });
    const texts = uFuzzy.latinize(docs.map((doc) => fields.map((name) => doc[name]).join(" ; ")));
    return (query) => {
      const [found, , sorted] = engine.search(texts, query, 1, 1e4);
      return (sorted ? sorted.map((n) => found[n]) : found || []).map((n) => docs[n].path);
    };
  },
  Orama: async () => {
    const { create, insertMultiple, search } = await import(join(resolve(modules), "@orama/orama/dist/esm/index.js"));
    const index = create({ schema: { path: "string", ...Object.fromEntries(fields.map((name) => [name, "string"])) } });
    await insertMultiple(index, docs.map(({ id, weight, ...doc }) => doc));
    return (term) => search(index, { term, properties: fields, boost, tolerance: 1, limit: 50 }).hits.map((hit) => hit.document.path);
  },
};

for (const [name, make] of Object.entries(candidates)) {
  const start = performance.now();
  const search = await make();
  const built = performance.now() - start;
  const times = [];
  let [one, three] = [0, 0];
  for (const [query, want] of tuned) {
    for (let n = 1; n < query.length; n += 1) {
      const from = performance.now();
      search(query.slice(0, n));
      times.push(performance.now() - from);
    }
    const found = search(query);
    one += want.includes(found[0]);
    three += found.slice(0, 3).some((path) => want.includes(path));
  }
  times.sort((a, b) => a - b);
  const share = (count) => (count / tuned.length).toFixed(2);
  console.log(`${name}: build ${built.toFixed(0)} ms, keystroke median ${times[times.length >> 1].toFixed(1)} ms, worst ${times.at(-1).toFixed(0)} ms, success@1 ${share(one)}, @3 ${share(three)}`);
}
