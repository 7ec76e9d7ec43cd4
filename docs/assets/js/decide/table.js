// Look-ups in the table that the build computed from the rules (macros/routing/export.py). There is no rule in here:
// a combination has a class, a class has texts, and what is open is counted.
(() => {
  "use strict";

  async function inflate(text) {
    const letters = atob(text);
    const packed = new Uint8Array(letters.length);
    for (let n = 0; n < packed.length; n += 1) packed[n] = letters.charCodeAt(n);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  class Table {
    constructor(data, classes, older) {
      this.data = data;
      this.classAt = classes;
      this.older = older;
      const verdicts = data.classes.map((item) => item.v);
      this.verdictAt = new Uint8Array(classes.length);
      for (let n = 0; n < classes.length; n += 1) this.verdictAt[n] = verdicts[classes[n]];
      this.sizes = data.signals.map((signal) => signal.levels.length);
      this.strides = new Array(this.sizes.length).fill(1);
      for (let p = this.sizes.length - 2; p >= 0; p -= 1) this.strides[p] = this.strides[p + 1] * this.sizes[p + 1];
      this.position = new Map(data.signals.map((signal, position) => [signal.id, position]));
    }

    static async open(data) {
      const raw = await inflate(data.table);
      const classes = new Uint16Array(data.combinations);
      for (let index = 0; index < classes.length; index += 1) classes[index] = raw[2 * index] | (raw[2 * index + 1] << 8);
      const older = new Map();
      for (const version of data.older) older.set(version.version, await inflate(version.table));
      return new Table(data, classes, older);
    }

    rank(signal, level) {
      return this.data.signals[this.position.get(signal)].levels.findIndex((item) => item.id === level);
    }

    // Ranks of the known answers by position, -1 where a signal is unknown.
    ranks(known) {
      return this.data.signals.map((signal) => (signal.id in known ? this.rank(signal.id, known[signal.id]) : -1));
    }

    // How many of the combinations that agree with the known ranks have each verdict: in all, and by each rank of each
    // open position. Counted from the last position up, so that a combination is touched once, not for each position:
    // there can be more than a hundred thousand. The last tally is kept, since a page asks for it several times.
    tally(known, verdictAt = this.verdictAt) {
      const ranks = this.ranks(known);
      const key = ranks.join();
      if (this.last?.key !== key || this.last.verdictAt !== verdictAt) this.last = { key, verdictAt, ...this.tallied(ranks, verdictAt) };
      return this.last;
    }

    tallied(ranks, verdictAt) {
      const verdicts = this.data.verdicts.length;
      const open = ranks.flatMap((rank, position) => (rank < 0 ? [position] : []));
      const counts = this.sizes.map((size) => new Float64Array(size * verdicts));
      const totals = Array.from({ length: open.length + 1 }, () => new Float64Array(verdicts));
      const count = (depth, index) => {
        const total = totals[depth].fill(0);
        if (depth === open.length) {
          total[verdictAt[index]] = 1;
          return total;
        }
        const position = open[depth];
        const own = counts[position];
        const stride = this.strides[position];
        for (let rank = 0; rank < this.sizes[position]; rank += 1) {
          if (depth === open.length - 1) {
            const verdict = verdictAt[index + rank * stride];
            total[verdict] += 1;
            own[rank * verdicts + verdict] += 1;
            continue;
          }
          const below = count(depth + 1, index + rank * stride);
          for (let verdict = 0; verdict < verdicts; verdict += 1) {
            total[verdict] += below[verdict];
            own[rank * verdicts + verdict] += below[verdict];
          }
        }
        return total;
      };
      const first = ranks.reduce((sum, rank, position) => sum + Math.max(rank, 0) * this.strides[position], 0);
      return { total: count(0, first), counts };
    }

    // How many open combinations have each verdict, in the order of verdicts.
    counts(known, verdictAt = this.verdictAt) {
      return [...this.tally(known, verdictAt).total];
    }

    possible(known, verdictAt = this.verdictAt) {
      const counts = this.counts(known, verdictAt);
      return this.data.verdicts.filter((_, number) => counts[number] > 0).map((verdict) => verdict.id);
    }

    // What is not known is taken as usual, or as a team has it.
    complete(known, team = {}) {
      const assumed = {};
      for (const signal of this.data.signals) if (!(signal.id in known)) assumed[signal.id] = team[signal.id] || signal.assumed.level;
      return { assumed, all: { ...assumed, ...known } };
    }

    index(all) {
      return this.ranks(all).reduce((sum, rank, position) => sum + rank * this.strides[position], 0);
    }

    // The signal, among those allowed, that is expected to leave the least doubt: see macros/routing/answers.py.
    nextQuestion(known, skip = new Set()) {
      const ranks = this.ranks(known);
      const { counts } = this.tally(known);
      let best = null;
      let most = -1;
      ranks.forEach((rank, position) => {
        const id = this.data.signals[position].id;
        if (rank >= 0 || skip.has(id)) return;
        const certainty = this.sizes[position] * counts[position].reduce((sum, count) => sum + count * count, 0);
        if (certainty > most) { most = certainty; best = id; }
      });
      return best;
    }

    answer(known, team = {}) {
      const possible = this.possible(known);
      const { assumed, all } = this.complete(known, team);
      const index = this.index(all);
      const cls = this.data.classes[this.classAt[index]];
      const likely = this.data.verdicts[cls.v].id;
      const rule = (number) => this.data.rules[number];
      return {
        known, assumed, all, possible, likely,
        verdict: possible.length === 1 ? possible[0] : null,
        strength: possible.length > 1 || cls.h.length ? "leaning" : "clear",
        reasons: cls.r.map(rule),
        overruled: cls.o.map(rule),
        hinges: cls.h.map(([number, verdict]) => ({ rule: rule(number), verdict: this.data.verdicts[verdict].id })),
        stays: cls.s.map(rule),
        goes: cls.g.map(rule),
        inside: cls.i,
        outside: cls.e,
        against: this.against(all, likely),
        flips: this.flips(index),
        next: possible.length === 1 ? null : this.nextQuestion(known),
      };
    }

    against(all, verdict) {
      const found = [];
      for (const signal of this.data.signals) {
        const level = signal.levels[this.rank(signal.id, all[signal.id])];
        if (this.data.opposed[verdict].includes(level.pull)) found.push({ signal: signal.id, level: level.id, pull: level.pull, text: level.argument });
      }
      return found;
    }

    // For each other verdict all smallest changes: one signal if that is enough, else two.
    flips(index) {
      const own = this.strides.map((stride, position) => Math.floor(index / stride) % this.sizes[position]);
      const moves = this.sizes.map((size, position) => {
        const ranks = [...Array(size).keys()].filter((rank) => rank !== own[position]);
        return ranks.map((rank) => ({ position, rank, delta: (rank - own[position]) * this.strides[position] }));
      });
      const reached = new Set([this.verdictAt[index]]);
      const flips = [];
      for (const size of [1, 2]) {
        const found = [];
        const note = (list) => {
          const verdict = this.verdictAt[list.reduce((sum, move) => sum + move.delta, index)];
          if (!reached.has(verdict)) found.push({ number: verdict, moves: list });
        };
        moves.forEach((first, p) => {
          if (size === 1) first.forEach((move) => note([move]));
          else moves.slice(p + 1).forEach((second) => first.forEach((move) => second.forEach((other) => note([move, other]))));
        });
        found.sort((a, b) => a.number - b.number);
        for (const { number, moves: list } of found) {
          const changes = {};
          for (const { position, rank } of list) changes[this.data.signals[position].id] = this.data.signals[position].levels[rank].id;
          flips.push({ verdict: this.data.verdicts[number].id, changes });
          reached.add(number);
        }
        if (reached.size === this.data.verdicts.length) break;
      }
      return flips;
    }

    // Why a verdict is out: the first answer, or pair of answers, that alone excludes it; else all together.
    excludedBy(known, verdict) {
      const names = Object.keys(known);
      const alone = (list) => !this.possible(Object.fromEntries(list.map((name) => [name, known[name]]))).includes(verdict);
      for (const name of names) if (alone([name])) return [name];
      for (let a = 0; a < names.length; a += 1) {
        for (let b = a + 1; b < names.length; b += 1) if (alone([names[a], names[b]])) return [names[a], names[b]];
      }
      return names;
    }

    // Workloads by how few steps their levels are away, over the workload signals that are known.
    nearest(known, workloads, start, most = 3) {
      const asked = this.data.signals.filter((signal) => signal.scope === "workload" && signal.id in known);
      if (!asked.length) return [];
      const steps = (workload) => asked.reduce((sum, signal) => sum + Math.abs(
        this.rank(signal.id, known[signal.id]) - this.rank(signal.id, workload.signals[signal.id])), 0);
      return workloads.map((workload) => ({ workload, steps: steps(workload) }))
        .sort((a, b) => a.steps - b.steps || Number(b.workload.id === start) - Number(a.workload.id === start) || a.workload.title.localeCompare(b.workload.title, "en")).slice(0, most);
    }
  }

  window.WADecide = { ...(window.WADecide || {}), Table };
})();
