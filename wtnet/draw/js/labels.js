/* Where names stand on a map, by the rules of `labels.py`: the best connected and museums first, never over another
   name or another partner, and never nearer to another partner than to their own; in two lines where one has no room;
   where there is no such place beside it, further away with a line. Boxes are [left, top, right, bottom]. */

import { cut } from "./dom.js";

const RINGS = [1, 2, 3.5, 5.5, 8, 11]; // how far names with a line stand off, in heights of their letters
const TURNS = 12;
const CROWD = 200; // of more partners than this only those places are tried, of fewer every one
const ROWS = 65536; // more than any picture has
const NEARBY = 6; // so many lines around a partner are looked at before the rest of the picture
const LINE = 1.25; // the height of a line, in heights of its letters
const [SHORT, LONG] = [34, 54]; // so many letters of a name stand in one line, and in two
export const HUBS = 10; // as in labels.py
export const MUSEUM = "Museum or heritage organisation"; // as in palette.py

/** The marks in the order in which they are named, as in labels.py: of `order` (the best connected first) the first
    few, museums before others; then the other museums; then the rest. */
export function firstNamed(order, isMuseum) {
  const rank = new Map(order.map((mark, at) => [mark, (at < HUBS ? 0 : 2) + (isMuseum(mark) ? 0 : 1)]));
  return [...order].sort((a, b) => rank.get(a) - rank.get(b));
}

/* a name in one line, and where it has words in two as equal as they allow; the likelier first */
function lettered(name, widthOf) {
  const whole = [cut(name, SHORT)];
  const words = cut(name, LONG).split(" ");
  const breaks = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  if (!breaks.length) return [whole];
  const widest = (lines) => Math.max(...lines.map(widthOf));
  const halves = breaks.reduce((best, lines) => (widest(lines) < widest(best) ? lines : best));
  return name.length > SHORT ? [halves, whole] : [whole, halves];
}

const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

const around = (x, y, r) => [x - r, y - r, x + r, y + r];

/* how far two boxes are apart; 0 where they touch */
function gapOf(a, b) {
  const [across, down] = [Math.max(0, b[0] - a[2], a[0] - b[2]), Math.max(0, b[1] - a[3], a[1] - b[3])];
  return Math.sqrt(across * across + down * down); // far quicker than Math.hypot
}

/* the places of a name beside its partner, the best first: below, right, left, above, then at its corners */
function sides([x, y, r], width, height, gap) {
  const near = 0.7 * r + gap;
  const [below, above, middle] = [y + r + gap, y - r - gap - height, y - height / 2];
  return [
    [x - width / 2, below],
    [x + r + gap, middle],
    [x - r - gap - width, middle],
    [x - width / 2, above],
    [x + near, y + 0.7 * r],
    [x - near - width, y + 0.7 * r],
    [x + near, y - 0.7 * r - height],
    [x - near - width, y - 0.7 * r - height],
  ].map(([left, top]) => [left, top, left + width, top + height]);
}

/* the shortest line from the rim of a partner to a box */
function lineBetween([x, y, r], [left, top, right, bottom]) {
  const end = [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];
  const length = Math.hypot(end[0] - x, end[1] - y) || 1;
  return [x + ((end[0] - x) * r) / length, y + ((end[1] - y) * r) / length, ...end];
}

/* boxes further and further away, all around */
function ringsAround([x, y, r], width, height, step) {
  return RINGS.flatMap((ring) =>
    Array.from({ length: TURNS }, (_, turn) => {
      const [across, down] = [Math.cos((turn * 2 * Math.PI) / TURNS), Math.sin((turn * 2 * Math.PI) / TURNS)];
      const left = x + across * (r + ring * step + width / 2) - width / 2;
      const top = y + down * (r + ring * step + height / 2) - height / 2;
      return [left, top, left + width, top + height];
    }),
  );
}

/* boxes all over a picture that suit, the nearest to a partner first; a few lines around it are looked at before all
   others, as most names find room there */
function* everywhere(spot, width, height, step, [left, top, right, bottom], suits) {
  const mark = around(...spot);
  const onward = (from, to, by) => from + Math.max(0, Math.ceil((to - from) / by)) * by; // the first there
  const half = step / 2;
  let looked = step;
  for (const reach of [NEARBY * step, Infinity]) {
    const found = [];
    const endX = Math.min(right - width, mark[2] + reach);
    const endY = Math.min(bottom - height, mark[3] + reach);
    for (let x = onward(left, mark[0] - reach - width, step); x <= endX; x += step)
      for (let y = onward(top, mark[1] - reach - height, half); y <= endY; y += half) {
        const box = [x, y, x + width, y + height];
        const away = gapOf(box, mark);
        if (away >= looked && away < reach && suits(box)) found.push([away, box]);
      }
    for (const [, box] of found.sort(([a], [b]) => a - b)) yield box;
    looked = reach;
  }
}

/* a line as small boxes, `step` apart, one after another: most lines that cross something do so soon */
function* along([x, y, toX, toY], step) {
  const steps = Math.max(2, Math.ceil(Math.hypot(toX - x, toY - y) / step));
  for (let at = 0; at <= steps; at += 1)
    yield around(x + ((toX - x) * at) / steps, y + ((toY - y) * at) / steps, step / 8);
}

/* boxes, found by the squares of a grid that they lie in */
class Boxes {
  constructor(cell) {
    this.cell = cell;
    this.squares = new Map();
  }

  add(box, id) {
    const [left, top, right, bottom] = box.map((at) => Math.floor(at / this.cell));
    for (let column = left; column <= right; column += 1)
      for (let row = top; row <= bottom; row += 1) {
        const square = ROWS * column + row;
        if (this.squares.has(square)) this.squares.get(square).push({ box, id });
        else this.squares.set(square, [{ box, id }]);
      }
  }

  /* whether a box meets one that is not this partner's own */
  meet(box, own) {
    const { cell } = this;
    const [left, right, bottom] = [Math.floor(box[0] / cell), Math.floor(box[2] / cell), Math.floor(box[3] / cell)];
    for (let row = Math.floor(box[1] / cell); row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) {
        const there = this.squares.get(ROWS * column + row);
        if (there) for (const other of there) if (other.id !== own && meets(box, other.box)) return true;
      }
    return false;
  }
}

export class NamePlaces {
  /**
   * @param {number[]} bounds the box that names stay within
   * @param {Map<*, number[]>} partners [x, y, radius] of the partners a name should not cover
   */
  constructor(bounds, partners = new Map()) {
    this.bounds = bounds;
    this.partners = Array.from(partners, ([id, spot]) => ({ id, box: around(...spot) }));
    const [left, top, right, bottom] = bounds;
    const largest = Math.max(...Array.from(partners.values(), ([, , r]) => r), 1e-9);
    const cell = Math.max((right - left) / 32, (bottom - top) / 32, largest);
    [this.marks, this.taken] = [new Boxes(cell), new Boxes(cell)];
    for (const { id, box } of this.partners) this.marks.add(box, id);
  }

  /** Keep a partner free of all names but its own. */
  keepFree(id) {
    for (const partner of this.partners) if (partner.id === id) this.taken.add(partner.box, id);
  }

  /** Keep a box free of all names. */
  keepClear(box) {
    this.taken.add(box);
  }

  inside([left, top, right, bottom]) {
    const [from, up, to, down] = this.bounds;
    return left >= from && top >= up && right <= to && bottom <= down;
  }

  covered(box, own) {
    return this.partners.reduce((sum, { id, box: partner }) => sum + (id !== own && meets(box, partner)), 0);
  }

  /** Take a box for a name that stands by itself, if it is free of names and partners; whether it is. */
  take(box) {
    const free = this.isFree(box) && !this.marks.meet(box);
    if (free) this.taken.add(box);
    return free;
  }

  isFree(box, own) {
    return this.inside(box) && !this.taken.meet(box, own);
  }

  /* whether every other partner is further from a box than `reach` */
  isNearest(box, own, reach) {
    return this.partners.every(({ id, box: partner }) => id === own || gapOf(box, partner) > reach);
  }

  crosses(line, own, step) {
    for (const dot of along(line, step)) if (this.marks.meet(dot, own) || this.taken.meet(dot, own)) return true;
    return false;
  }

  /**
   * The box of a name, or null where there is no room for it.
   * @param {*} id whose name it is
   * @param {number[]} spot [x, y, radius] of its partner
   * @param {{width: number, height: number, gap: number, step?: number, most?: number, forced?: boolean,
   *   pad?: number}} name `step`: the height of one of its lines; `most` partners at most may be covered where no place
   *   is its own; `forced`: below its partner where none is free; `pad`: room kept free on either side
   */
  place(id, spot, { width, height, gap, step = height, most = 0, forced = false, pad = 0 }) {
    const places = sides(spot, width, height, gap);
    const free = places.filter((box) => this.isFree(box, id));
    const mark = around(...spot);
    let best = free.find((box) => this.isNearest(box, id, gapOf(box, mark) + 0.15 * step)) ?? null;
    if (!best && most > 0 && free.length) {
      const covers = free.map((box) => this.covered(box, id));
      const least = Math.min(...covers);
      if (least <= most) best = free[covers.indexOf(least)];
    }
    if (!best && forced) best = places[0];
    if (best) this.taken.add([best[0] - pad, best[1], best[2] + pad, best[3]]);
    return best;
  }

  /** The box of a name and the line to its partner, further away; null where there is no room there either. */
  placeApart(id, spot, { width, height, step = height }) {
    const crowd = this.partners.length > CROWD;
    const suits = (box) => this.isFree(box, id) && this.isNearest(box, id, 0.5 * step);
    const boxes = crowd
      ? ringsAround(spot, width, height, step).filter(suits)
      : everywhere(spot, width, height, step, this.bounds, suits);
    for (const box of boxes) {
      const line = lineBetween(spot, box);
      if (this.crosses(line, id, step / 4)) continue;
      for (const part of [box, ...along(line, step / 4)]) this.taken.add(part);
      return { box, line };
    }
    return null;
  }
}

/**
 * Where the name of a partner finds room: its lines, their size and the line to the partner; null where it finds none.
 * @param {{name: string, size: number, gap: number, forced: boolean, led: boolean}} text
 *   `size` of its letters; `forced`: in one line, at its partner in any case; `led`: further away with a line, where
 *   there is no room beside it
 */
export function placeName(ctx, places, id, spot, { name, size, gap, forced, led }) {
  const widthOf = (line) => ctx.measureText(line).width;
  const step = LINE * size;
  const ways = (forced ? [[name.slice(0, 90)]] : lettered(name, widthOf)).map((lines) => {
    const room = { width: Math.max(...lines.map(widthOf)), height: step * lines.length, step, gap };
    return { lines, room: { ...room, most: forced ? Infinity : 0, forced } };
  });
  const tried = [(way) => ({ ...way, box: places.place(id, spot, way.room) })];
  if (led) tried.push((way) => ({ ...way, ...places.placeApart(id, spot, way.room) }));
  for (const attempt of tried) {
    for (const way of ways) {
      const { lines, box, line } = attempt(way);
      if (!box) continue;
      const written = lines.map((words, at) => {
        const free = box[2] - box[0] - widthOf(words);
        const left = box[2] <= spot[0] ? free : box[0] >= spot[0] ? 0 : free / 2; // towards its partner
        return { words, x: box[0] + left, y: box[1] + (at + 0.5) * step };
      });
      return { written, line, size, box };
    }
  }
  return null;
}

/** Draw a name that found room (`placeName`). */
export function drawPlaced(ctx, { written, line, size }, { ink, ground }) {
  if (line) lineTo(ctx, line, { ink, ground, wide: size / 14 });
  for (const { words, x, y } of written) rimmed(ctx, words, x, y, { ink, ground, rim: size / 4 });
}

/** A line from a name to its partner, set off from the lines it crosses. */
export function lineTo(ctx, [x, y, toX, toY], { ink, ground, wide }) {
  for (const [colour, width] of [
    [ground, 4 * wide],
    [ink, wide],
  ]) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(toX, toY);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}

/** Text on a canvas with a rim in the colour of the ground, so that it stays legible over lines. */
export function rimmed(ctx, text, x, y, { ink, ground, rim }) {
  ctx.lineJoin = "round";
  ctx.lineWidth = rim;
  ctx.strokeStyle = ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}
