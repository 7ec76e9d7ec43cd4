// Rows of the chosen workloads, with what differs. Python gave every cell that says the same the same number, so that
// nothing is compared here but numbers. Knows no page.
(() => {
  "use strict";

  function compare(data, ids) {
    const chosen = ids.map((id) => data.workloads.find((workload) => workload.id === id));
    let at = 0;
    const sections = data.sections.map(({ id, title, note, inside, rows }) => {
      const found = rows.map(([name, label, under, absent]) => {
        const numbers = chosen.map(({ cells }) => cells[at]);
        at += 1;
        return row({ id: name, label, under, absent }, numbers);
      }).filter(Boolean);
      return { id, title, note, inside, rows: found };
    }).filter(({ rows }) => rows.length);
    // What is told of a section, in its heading and in the link to it: its parts count with it.
    const counted = ({ id }) => {
      const rows = sections.filter((part) => part.id === id || part.inside === id).flatMap((part) => part.rows);
      return { of: rows.length, differing: rows.filter(({ differs }) => differs).length };
    };
    return { chosen, sections: sections.map((part) => ({ ...part, ...counted(part) })) };

    // A row that none of them has is left out. Of a set, `lone` are the items that not all of them have.
    function row(told, numbers) {
      if (numbers.every((number) => number < 0)) return null;
      const cells = numbers.map((number) => (number < 0 ? null : data.cells[number]));
      const inAll = (item) => cells.every((cell) => cell && cell[1].includes(item));
      return {
        ...told,
        differs: new Set(numbers).size > 1,
        cells: cells.map((cell) => cell && {
          lines: cell[0],
          items: cell[1].map((item) => ({ span: data.items[item], lone: !inAll(item) })),
        }),
      };
    }
  }

  Object.assign(window.WACompare, { compare });
})();
