// The cost engine: the same operations, in the same order, as `macros/cost/`, which explains them. A test compares the
// two over thousands of random figures. A set of figures is an object with the names of `macros/cost/figures.py`.
(() => {
  "use strict";

  const MILLION = 1e6;
  const MOST = 2000;
  const LONGEST = 120;

  // ---- curves.py
  function unitPrice(f) {
    const fresh = 1 - f.cached - f.written;
    const read = f.tokens_in * (1 - f.scored);
    const scored = f.tokens_in * f.scored;
    const tokensIn = read * (fresh * f.price_in + f.written * f.price_write) + scored * f.price_scored;
    const listed = (tokensIn + f.tokens_out * f.price_out) / MILLION + f.price_unit;
    const cached = (read * f.cached * f.price_cached) / MILLION;
    const less = f.batch * f.batch_off;
    const billed = listed * (1 - less) + cached * (1 - less * f.batch_cached) + f.audio * f.price_audio;
    return billed * (1 + f.retry) * (1 - f.off);
  }

  const line = (f) => ({ fixed: f.api_fixed, slope: unitPrice(f) });
  const lineAt = (l, volume) => l.fixed + volume * l.slope;

  function seconds(f) {
    let took = 0;
    if (f.speed_in > 0) took += (f.tokens_in * (1 - f.kept)) / (f.speed_in * f.of_published);
    if (f.speed_out > 0) took += f.tokens_out / (f.speed_out * f.of_published);
    if (f.speed_units > 0) took += 1 / (f.speed_units * f.of_published);
    return took * (1 + f.retry);
  }

  const crowding = (f) => Math.max(1, (1 - f.batch) * f.peak);

  function capacity(f) {
    const took = seconds(f);
    if (f.capacity > 0) return f.capacity;
    if (took <= 0) return Infinity;
    return (f.hours * 3600 * f.usable) / (took * crowding(f));
  }

  function annuity(f) {
    const resale = f.price * f.resale;
    const rate = (1 + f.interest) ** (1 / 12) - 1;
    if (rate <= 0) return (f.price - resale) / f.life;
    const shrunk = (1 + rate) ** -f.life;
    return (f.price - resale * shrunk) * (rate / (1 - shrunk));
  }

  function rent(f) {
    const byHour = (1 - f.reserved_share) * f.rate * f.hours;
    const reserved = f.reserved_share * f.reserved_rate * f.month;
    return f.machine_gpus * ((byHour + reserved) * (1 + f.uplift) + f.endpoint_rate * f.hours);
  }

  const standing = (f) => (seconds(f) > 0 ? f.idle_kw : f.max_kw);

  function running(f) {
    const power = standing(f) * f.pue * f.hours * f.kwh;
    return rent(f) + (f.maintenance * f.price) / 12 + power + f.hosting_kw * f.max_kw + f.machine_month;
  }

  function unitEnergy(f) {
    const lift = Math.max(0, f.max_kw - standing(f));
    return (lift * f.pue * f.kwh * (f.gpus / f.machine_gpus) * seconds(f)) / 3600;
  }

  const people = (f) => ((f.fte + f.endpoint_fte) * f.salary) / 12;
  const crew = (f) => (f.gpus_fte > 0 ? ((f.machine_gpus / f.gpus_fte) * f.salary) / 12 : 0);

  // Python’s `round`: halves go to the even number.
  function round(value) {
    const down = Math.floor(value);
    const rest = value - down;
    if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
    return down % 2 === 0 ? down : down + 1;
  }

  const standingBill = (f) => (f.left_to_api > 0 || round(f.most) >= 1 ? f.api_fixed : 0);

  function fleet(f, withPurchase = true) {
    const least = Math.max(1, round(f.least));
    const most = round(f.most);
    const price = unitPrice(f);
    const inside = 1 - f.left_to_api;
    return {
      base: people(f) + f.platform + (withPurchase ? f.one_off / f.horizon : 0) + standingBill(f),
      perMachine: (withPurchase ? annuity(f) : 0) + running(f) + (f.fte_machine * f.salary) / 12,
      slope: (unitEnergy(f) + f.own_unit) * inside + price * f.left_to_api,
      capacity: capacity(f) / inside,
      least,
      most: most >= 1 ? Math.max(most, least) : Infinity,
      billed: price * f.left_to_api,
      spilled: price,
      spare: Math.max(0, round(f.spare)),
      gpus: f.gpus,
      machineGpus: f.machine_gpus,
      crew: crew(f),
      floor: people(f),
    };
  }

  // From here on one more is the same number.
  const COUNTABLE = 2 ** 53;

  const full = (s) => s.most * s.capacity;

  function active(s, volume) {
    if (s.capacity === Infinity) return s.least;
    if (volume >= full(s)) return s.most;
    let count = Math.max(Math.ceil(volume / s.capacity), s.least);
    if (count >= COUNTABLE) return count;
    while (count > s.least && (count - 1) * s.capacity >= volume) count -= 1;
    while (count * s.capacity < volume) count += 1;
    return count;
  }

  const machines = (s, count) => Math.ceil(((count + s.spare) * s.gpus) / s.machineGpus);
  const held = (s, count) => s.base + count * s.perMachine + Math.max(0, count * s.crew - s.floor);
  const flat = (s, count) => held(s, machines(s, count));
  function fleetAt(s, volume) {
    const within = Math.min(volume, full(s));
    return flat(s, active(s, volume)) + within * s.slope + (volume - within) * s.spilled;
  }
  function toApi(s, volume) {
    const within = Math.min(volume, full(s));
    return within * s.billed + (volume - within) * s.spilled;
  }

  function month(f, volume) {
    const s = fleet(f);
    const count = active(s, volume);
    const needed = machines(s, count);
    const replicas = count + s.spare;
    const took = seconds(f);
    const inside = Math.min(volume, full(s)) * (1 - f.left_to_api);
    const lines = {
      rent: needed * rent(f),
      purchase: needed * annuity(f),
      maintenance: (needed * f.maintenance * f.price) / 12,
      energy: needed * standing(f) * f.pue * f.hours * f.kwh + inside * unitEnergy(f),
      hosting: needed * (f.hosting_kw * f.max_kw + f.machine_month),
      people: Math.max(people(f), needed * crew(f)) + (needed * f.fte_machine * f.salary) / 12,
      platform: f.platform,
      units: inside * f.own_unit,
      one_off: f.one_off / f.horizon,
      left_to_api: standingBill(f) + toApi(s, volume),
    };
    return {
      lines, replicas, machines: needed, gpus: needed * f.machine_gpus,
      utilisation: took > 0 ? (inside * took) / (replicas * f.hours * 3600) : null,
      total: Object.values(lines).reduce((sum, value) => sum + value, 0),
    };
  }

  // ---- crossings.py
  const step = (s, crewed = true) => ((s.perMachine + (crewed ? s.crew : 0)) * s.gpus) / s.machineGpus;

  function lineOf(api, s, gain, crewed) {
    const each = step(s, crewed);
    const floor = s.base - (crewed ? s.floor : 0) + s.spare * each;
    const top = floor + s.perMachine + (crewed ? s.crew : 0);
    return [gain * s.capacity - each, floor - api.fixed, top - api.fixed];
  }

  function window_(api, s, gain) {
    const lines = (s.crew ? [false, true] : [false]).map((crewed) => lineOf(api, s, gain, crewed));
    const starts = lines.filter(([earns]) => earns > 0).map(([earns, short]) => Math.floor(Math.min(short / earns, 2 ** 53)) - 1);
    const first = Math.max(s.least, ...starts);
    const [earns, short] = lines[lines.length - 1];
    if (earns > 0) return [first, Math.max(...lines.map(([each, , top]) => Math.ceil((gain * s.capacity + top) / each) + 1), first)];
    if (earns < 0) return [first, Math.max(Math.ceil(short / earns) + 1, first)];
    const crewed = s.crew ? Math.ceil((s.floor / s.crew) * s.machineGpus / s.gpus) : 0;
    return [first, Math.max(first, s.least, crewed) + 1 + round(s.machineGpus)];
  }

  function settle(found, atZero, atLast) {
    const first = atZero === "self" ? 0 : (found.find((c) => c.to === "self") || { volume: null }).volume;
    const lasting = atLast !== "self" ? null : found.length ? found[found.length - 1].volume : 0;
    return { found, atZero, atLast, first, lasting };
  }

  function crossings(api, s) {
    const gain = api.slope - s.slope;
    const head = api.fixed - flat(s, s.least);
    const start = head > 0 ? "self" : "api";
    if (s.capacity === Infinity) {
      if (head <= 0 && gain > 0) return settle([{ volume: -head / gain, to: "self", replicas: s.least, jump: false }], start, "self");
      if (gain < 0 && head > 0) return settle([{ volume: -head / gain, to: "api", replicas: s.least, jump: false }], start, "api");
      return settle([], start, start);
    }
    const [low, high] = window_(api, s, gain).map((stair) => Math.min(stair, s.most));
    let side = start;
    const found = [];
    for (let count = low; count <= Math.min(high, low + MOST); count += 1) {
      const bottom = count === s.least ? 0 : (count - 1) * s.capacity;
      const top = count * s.capacity;
      const offset = api.fixed - flat(s, count);
      const begins = offset + gain * bottom;
      const ends = offset + gain * top;
      if (side === "self" && begins <= 0) {
        found.push({ volume: bottom, to: "api", replicas: count, jump: true });
        side = "api";
      }
      if (side === "api" && ends > 0) {
        found.push({ volume: -offset / gain, to: "self", replicas: count, jump: false });
        side = "self";
      } else if (side === "self" && ends <= 0) {
        found.push({ volume: -offset / gain, to: "api", replicas: count, jump: false });
        side = "api";
      }
    }
    const sawtooth = gain * s.capacity === step(s) && found.length > 1 && s.most === Infinity;
    return settle(found, start, high > low + MOST || sawtooth ? "unsettled" : side);
  }

  // ---- years.py
  function* months(f, s) {
    const bill = line(f);
    let most = 0;
    for (let index = 0; index < LONGEST; index += 1) {
      const volume = f.units * (1 + f.growth) ** (index / 12);
      const falls = (1 - f.api_decline) ** (index / 12);
      const needed = machines(s, active(s, volume));
      most = Math.max(most, needed);
      const idle = f.price > 0 ? held(s, most) - held(s, needed) : 0; // what is rented is given back
      yield {
        bill: bill.fixed + volume * bill.slope * falls,
        own: fleetAt(s, volume) - toApi(s, volume) * (1 - falls) + idle,
        machines: most,
        both: Math.min(1, Math.max(0, f.setup - index)),
      };
    }
  }

  function years(f) {
    const last = Math.max(1, Math.min(LONGEST, round(f.horizon)));
    const totals = [];
    let [theirs, mine, overtakes, number] = [0, 0, null, 0];
    for (const month_ of months(f, fleet(f))) {
      number += 1;
      if (overtakes === null && month_.own < month_.bill) overtakes = number;
      if (number <= last) {
        theirs += month_.bill;
        mine += month_.own + month_.both * month_.bill;
        if (number % 12 === 0 || number === last) totals.push([number, theirs, mine]);
      } else if (overtakes !== null) break;
    }
    return { totals, overtakes };
  }

  // ---- payback.py
  const paysBack = (f) => f.price > 0 || f.one_off > 0 || f.setup > 0;

  function payback(f) {
    const s = fleet(f, false);
    let owned = machines(s, active(s, f.units));
    const upfront = owned * f.price + f.one_off;
    const first = lineAt(line(f), f.units) - fleetAt(s, f.units);
    let balance = -upfront;
    let index = 0;
    for (const month_ of months(f, s)) {
      balance -= Math.max(0, month_.machines - owned) * f.price;
      owned = Math.max(owned, month_.machines);
      const saved = month_.bill * (1 - month_.both) - month_.own;
      if (balance + saved >= 0) return { upfront, months: index + (saved > 0 ? -balance / saved : 0), first };
      balance += saved;
      index += 1;
    }
    return { upfront, months: null, first };
  }

  // ---- spread.py
  const DRAWS = 1000;
  const PAID = 200;
  const AT_ONCE = 200; // draws before the browser may do something else, where steps are taken one by one
  const SEED = 20261125;

  function uniform(seed) {
    let state = seed | 0;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  function triangle(u, low, base, high) {
    const width = high - low;
    if (width <= 0) return base;
    if (u < (base - low) / width) return low + Math.sqrt(u * width * (base - low));
    return high - Math.sqrt((1 - u) * width * (high - base));
  }

  const at = (ordered, share) => ordered[Math.min(ordered.length - 1, Math.trunc(share * ordered.length))];
  const sorted = (values) => [...values].sort((a, b) => a - b);
  const end = (value) => (value === Infinity ? null : value);

  function verdict(mine, theirs, cheaper) {
    if (Math.abs(mine - theirs) <= 0.05 * Math.max(mine, theirs) || (cheaper > 0.35 && cheaper < 0.65)) return "close";
    const side = mine < theirs ? "self" : "api";
    if (side === "self" ? cheaper >= 0.9 : cheaper <= 0.1) return side;
    return (side === "self" ? cheaper >= 0.65 : cheaper <= 0.35) ? `leans-${side}` : "close";
  }

  function* spread(base, ranges, count = DRAWS) {
    const names = Object.keys(base);
    const next = ranges.map(([name]) => uniform(SEED + Math.imul(names.indexOf(name), 0x9e3779b1)));
    const bills = [];
    const fleets = [];
    const lasting = [];
    const paid = [];
    const draws = ranges.length ? count : 1;
    const f = { ...base }; // one for all draws, since each sets every figure that has a range
    for (let index = 0; index < draws; index += 1) {
      if (index && index % AT_ONCE === 0) yield;
      ranges.forEach(([name, low, high], n) => {
        f[name] = triangle(next[n](), low, base[name], high);
      });
      const [bill, s] = [line(f), fleet(f)];
      bills.push(lineAt(bill, f.units));
      fleets.push(fleetAt(s, f.units));
      const even = crossings(bill, s).lasting;
      lasting.push(even === null ? Infinity : even);
      if (paid.length < PAID && paysBack(f)) paid.push(payback(f).months ?? Infinity);
    }
    const cheaper = fleets.filter((value, index) => value < bills[index]).length / draws;
    const mine = fleetAt(fleet(base), base.units);
    const theirs = lineAt(line(base), base.units);
    const money = (values, middle) => {
      const ordered = sorted(values);
      return [Math.min(at(ordered, 0.1), middle), middle, Math.max(at(ordered, 0.9), middle)];
    };
    const even = crossings(line(base), fleet(base)).lasting;
    const volumes = money(lasting, even === null ? Infinity : even).map(end);
    const back = paid.length ? money(paid, payback(base).months ?? Infinity).map(end) : [null, null, null];
    return { payback: back, api: money(bills, theirs), fleet: money(fleets, mine), breakEven: volumes, cheaper, verdict: verdict(mine, theirs, cheaper) };
  }

  function tornado(base, ranges) {
    const swings = ranges.map(([name, low, high]) => {
      const ends = [low, high].map((value) => ({ ...base, [name]: value }));
      const difference = ends.map((f) => fleetAt(fleet(f), f.units) - lineAt(line(f), f.units));
      const breakEven = ends.map((f) => crossings(line(f), fleet(f)).lasting);
      return { name, low, high, difference, breakEven, width: Math.abs(difference[1] - difference[0]) };
    });
    return swings.sort((a, b) => b.width - a.width || (a.name < b.name ? -1 : 1));
  }

  // ---- answer.py
  const RENT = { rate: 0, reserved_rate: 0, reserved_share: 0, uplift: 0 };
  const ENDPOINT = { endpoint_rate: 0, endpoint_fte: 0 };
  const unowned = (f) => ({ ...f, price: 0, maintenance: 0, idle_kw: 0, max_kw: 0, hosting_kw: 0 });
  const rented = (f) => ({ ...unowned(f), ...ENDPOINT });
  const endpoint = (f) => ({ ...unowned(f), ...RENT, machine_gpus: f.gpus, machine_month: 0, fte: 0, fte_machine: 0, gpus_fte: 0 });
  const owned = (f) => ({ ...f, ...RENT, ...ENDPOINT, machine_gpus: f.bought_gpus || f.machine_gpus, bought_gpus: 0 });
  const per = (f) => (f.tokens_in + f.tokens_out) / MILLION || 1;

  function curve(f) {
    const s = fleet(f);
    const bill = line(f);
    const edges = crossings(bill, s).found.slice(0, 6).map((c) => c.volume).filter((v) => v > 0);
    const middle = f.units > 1e-9 ? f.units : 1;
    const steps = Array.from({ length: 11 }, (_, n) => middle * 10 ** ((n - 4) / 2));
    const every = [...new Set([...steps, ...edges])].sort((a, b) => a - b);
    return every.map((v) => ({ volume: v, api: lineAt(bill, v) / v / per(f), fleet: fleetAt(s, v) / v / per(f), replicas: active(s, v) + s.spare }));
  }

  function* one(kind, given, ranges) {
    const cut = { rented, owned, endpoint }[kind] || ((f) => f);
    const f = cut(given);
    const kept = ranges.filter(([name]) => f[name] === given[name]);
    const s = fleet(f);
    const bill = line(f);
    const gain = bill.slope - s.slope;
    const gap = flat(s, s.least) - bill.fixed;
    const carries = capacity(f);
    const drawn = yield* spread(f, kept);
    return {
      kind, figures: f, ranges: kept, month: month(f, f.units), crossings: crossings(bill, s), capacity: carries,
      oneStep: gain > 0 ? Math.max(0, gap) / gain : gap < 0 ? 0 : null,
      spread: drawn, tornado: tornado(f, kept), curve: curve(f), stairs: s,
      payback: paysBack(f) ? payback(f) : null, years: years(f),
      atCapacity: carries === Infinity ? null : (s.perMachine * f.gpus) / f.machine_gpus / s.capacity + s.slope,
    };
  }

  // In steps, so that a page can be shown between them.
  function* answering(f, ranges) {
    const kinds = [];
    if (f.rate > 0 || f.reserved_rate > 0) kinds.push("rented");
    if (f.price > 0) kinds.push("owned");
    if (f.endpoint_rate > 0) kinds.push("endpoint");
    if (!kinds.length) kinds.push("fixed");
    const bill = line(f);
    const fleets = [];
    for (const kind of kinds) {
      fleets.push(yield* one(kind, f, ranges));
      yield;
    }
    return { figures: f, api: lineAt(bill, f.units), hasApi: bill.slope > 0 || f.api_fixed > 0, bill, fleets };
  }

  // All steps of something that is done in steps, at once.
  function finish(steps) {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  const answer = (f, ranges) => finish(answering(f, ranges));

  window.WACost = { ...(window.WACost || {}), answer, answering, finish, crossings, fleet, fleetAt, line, lineAt, per };
})();
