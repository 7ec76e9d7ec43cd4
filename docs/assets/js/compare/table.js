// Rows of the chosen workloads, with what differs. Python gave every cell that says the same the same number, and says
// where what reads differently means the same, so that nothing is compared here but numbers. Knows no page.
(() => {
  "use strict";

  // Amounts differ where one is at least so many times another.
  const FOLD = 2;

  // Which of the values stand apart: those without the one that most have. Where no value is the most, none does.
  function apart(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    const [[usual, most], next] = [...counts].sort((one, other) => other[1] - one[1]);
    return values.map((value) => counts.size > 1 && most > (next ? next[1] : 0) && value !== usual);
  }

  function compare(data, ids) {
    const chosen = ids.map((id) => data.workloads.find((workload) => workload.id === id));
    let at = 0;
    const sections = data.sections.map(({ id, title, note, inside, rows }) => {
      const found = rows.map(([name, label, under, absent, own]) => {
        const numbers = chosen.map(({ cells }) => cells[at]);
        at += 1;
        return row({ id: name, label, under, absent, own }, numbers);
      }).filter(Boolean);
      return { id, title, note, inside, rows: found };
    }).filter(({ rows }) => rows.length);
    // What is told of a section in its heading: its parts count with it.
    const counted = ({ id }) => {
      const rows = sections.filter((part) => part.id === id || part.inside === id).flatMap((part) => part.rows);
      return tally(rows);
    };
    const told = sections.map((part) => ({ ...part, ...counted(part) }));
    return { chosen, sections: told, ...tally(sections.flatMap((part) => part.rows)), decides: ids.length > 1 ? decides(told) : [] };

    function tally(rows) {
      return { of: rows.length, differing: rows.filter(({ differs }) => differs).length, own: rows.filter(({ how }) => how === "own").length };
    }

    // How the cells of a row stand to each other: `same` if they read the same; `details` if they mean the same in
    // other words; `near` if amounts are close; `own` if each has words or figures of its own, which only a reader can
    // compare; else they differ. `kept`: not left out with what is the same.
    function row(told, numbers) {
      if (numbers.every((number) => number < 0)) return null;
      const cells = numbers.map((number) => (number < 0 ? null : data.cells[number]));
      const meanings = cells.map((cell, n) => (cell === null ? null : told.own ? "" : cell[2] ?? numbers[n]));
      const amounts = told.own === "amounts" && cells.every(Boolean) ? cells.map((cell) => cell[2]) : null;
      const differs = amounts ? Math.max(...amounts) >= FOLD * Math.min(...amounts) && new Set(amounts).size > 1 : new Set(meanings).size > 1;
      const how = differs ? "differs" : new Set(numbers).size === 1 ? "same" : amounts ? "near" : told.own ? "own" : "details";
      const inAll = (item) => cells.every((cell) => cell && cell[1].includes(item));
      // Where no item is in all, to say so of each would tell nothing.
      const shared = cells.some((cell) => cell && cell[1].some(inAll));
      return {
        ...told,
        how,
        differs,
        kept: differs || how === "own",
        fold: differs && Boolean(amounts),
        apart: differs ? apart(meanings) : meanings.map(() => false),
        numbers,
        cells: cells.map((cell) => cell && {
          lines: cell[0],
          items: cell[1].map((item) => ({ span: data.items[item], lone: shared && !inAll(item) })),
        }),
      };
    }

    // The short answer: rows of the sections, of signals those that differ, and of law what only one of them meets.
    function decides(parts) {
      const find = (id) => parts.find((part) => part.id === id);
      return data.decides.flatMap(([id, name]) => {
        const part = find(id);
        if (!part) return [];
        if (name) return part.rows.filter((each) => each.id === name).map((each) => ({ ...each, part: id }));
        return id === "law" ? [{ part: id, only: alone(part.rows) }] : [{ part: id, of: part.rows.length, rows: part.rows.filter(({ differs }) => differs) }];
      });
    }
    // For each of the chosen the labels of the rows that nobody else has.
    function alone(rows) {
      return chosen.map((_, n) => rows.filter(({ cells }) => cells.every((cell, other) => Boolean(cell) === (other === n))).map(({ label }) => label));
    }
  }

  Object.assign(window.WACompare, { compare });
})();
