/** The map of a slide as SVG, in pixels of its pane. Partners keep their places from slide to slide: only the frame
   moves and what is new or gone fades, within 300 ms; at once under reduced motion, or where there are very many.
   The rows of the message, from wtnet/ui/pages/present/message.py:

   @typedef {[id: string, name: string, kind: number, x: number, y: number]} DotRow
   @typedef {[source: number, target: number, width: number, level: ?number, basis: number, lit: 0|1, way: ?number]}
     TieRow both ends by their place among the dots; `basis` and `way`: their places in BASES and WAYS of
     wtnet/draw/style.py; `lit`: whether it stands out; after it where ties are coloured by kind its place among them
   @typedef {[label: string, light: string, dark: string, number: string]} TieKindRow
   @typedef {[label: string, points: number[][], colour: string]} KindRow */

import { calm, cut, element, lineSwatch, shape, svg, swatch } from "../../../draw/js/dom.js";
import { MUSEUM, NamePlaces, firstNamed } from "../../../draw/js/labels.js";
import { ARROW_KEY, arrowHeads, dashArray, dashKeys, stretch } from "../../../draw/js/style.js";
import { LED, hubNames, roomFor } from "./hubs.js";

const MANY = 1600; // ties and partners beyond which nothing fades
const CROWDED = 90; // ties that stand out, beyond which they are drawn thinner
const NAMES = 120; // names that are tried beside the partners of one

const readTie = ([source, target, width, level, basis, lit, way = 0, kind = null]) => {
  return { source, target, width, level, basis, lit, way, kind };
};
const readTieKind = ([label, light, dark, number]) => ({ label, light, dark, number });
const readDot = ([id, name, kind, x, y]) => ({ id, name, kind, x, y });
const readKind = ([label, points, colour]) => ({ label, points, colour });

/* what stands out on a slide: its ties, and the places of the partners */
function standingOut(data, slide) {
  const { there, ties } = data.nets[slide.net];
  const litTies = ties.map(readTie).filter((tie) => tie.lit);
  const lit = new Set(slide.focus);
  for (const { source, target } of litTies) lit.add(source).add(target);
  if (!slide.focus.length) for (const at of there) lit.add(at);
  return { lit, litTies };
}

/** The kinds that stand out, and what widths, dashes and arrows mean where there are any. */
export function legendOf(data, slide, dark) {
  const { lit, litTies } = standingOut(data, slide);
  const used = new Set([...lit].map((at) => readDot(data.dots[at]).kind));
  const kinds = data.kinds.map(readKind).filter((_, at) => used.has(at));
  const entries = kinds.map(({ label, points, colour }) => [swatch(points, colour), element("span", {}, label)]);
  const kindsUsed = new Set(litTies.map(({ kind }) => kind));
  const tieKinds = data.nets[slide.net].kinds.map(readTieKind).filter((_, at) => kindsUsed.has(at));
  for (const kind of tieKinds) {
    const words = [kind.number, cut(kind.label, 40)].filter(Boolean).join(" ");
    entries.push([lineSwatch(dark ? kind.dark : kind.light), element("span", {}, words)]);
  }
  if (litTies.some((tie) => tie.level !== null)) entries.push(["wider: stronger"]);
  entries.push(...dashKeys(litTies).map((words) => [words]));
  if (litTies.some((tie) => tie.way)) entries.push([ARROW_KEY]);
  return element("ul", { class: "legend" }, ...entries.map((entry) => element("li", {}, ...entry)));
}

export class StoryMap {
  constructor(pane) {
    this.pane = pane;
    this.ties = svg("g");
    this.heads = svg("g");
    this.dots = svg("g");
    this.names = svg("g", { class: "names", "aria-hidden": "true" });
    this.svg = svg("svg", { class: "net", role: "img" }, this.ties, this.heads, this.dots, this.names);
    this.lines = new Map();
    this.marks = new Map();
    pane.append(this.svg);
    this.pen = document.createElement("canvas").getContext("2d");
  }

  /* what is on the slide; `still` draws it at once */
  show(data, slide, dark, still) {
    cancelAnimationFrame(this.moving);
    const { there, ties: rows, kinds, spots } = data.nets[slide.net];
    const before = this.partners;
    const many = rows.length + data.dots.length > MANY;
    this.slide = slide;
    this.own = slide.focus.length === 1 ? slide.focus[0] : -1;
    this.everywhere = data.dots.map(readDot);
    this.partners = [...this.everywhere];
    spots?.forEach(([x, y], at) => (this.partners[there[at]] = { ...this.partners[there[at]], x, y }));
    this.kinds = data.kinds.map(readKind);
    this.ramp = data.ramp[dark ? "dark" : "light"];
    this.tieKinds = kinds.map(readTieKind);
    this.colourOf = ({ kind, level }) => this.tieKinds[kind]?.[dark ? "dark" : "light"] ?? this.ramp[level ?? 0];
    this.net = { there, ties: rows.map(readTie) };
    Object.assign(this, standingOut(data, slide));
    this.thin = this.litTies.length > CROWDED;
    this.atOnce = still || calm() || many || !this.box;
    this.svg.setAttribute("aria-label", slide.alt);
    this.syncTies(many && slide.focus.length > 0 ? this.litTies : this.net.ties);
    this.syncDots();
    this.move(this.box, slide.box, before);
  }

  move(from, to, before) {
    if (this.atOnce) {
      this.box = to;
      this.place(true);
      return;
    }
    this.names.replaceChildren();
    const start = performance.now();
    const after = this.partners;
    const moves = before?.length === after.length;
    const step = (now) => {
      const share = Math.min(1, (now - start) / 300);
      const eased = share * share * (3 - 2 * share);
      const between = (was, then) => was + (then - was) * eased;
      this.box = from.map((was, edge) => between(was, to[edge]));
      if (moves)
        this.partners = after.map((partner, at) => {
          const [x, y] = ["x", "y"].map((axis) => between(before[at][axis], partner[axis]));
          return { ...partner, x, y };
        });
      this.place(share === 1);
      if (share < 1) this.moving = requestAnimationFrame(step);
    };
    step(start);
  }

  syncTies(ties) {
    const seen = new Set();
    for (const tie of ties) {
      const { source, target, width, basis, lit } = tie;
      const key = `${source} ${target}`;
      seen.add(key);
      const fresh = !this.lines.has(key);
      const line = this.lines.get(key) ?? svg("line");
      if (fresh) {
        this.lines.set(key, line);
        this.ties.append(line);
      }
      line.dataset.ends = key;
      line.dataset.wide = lit ? width * (this.thin ? 0.5 : 1) : 1;
      line.setAttribute("stroke", this.colourOf(tie));
      line.setAttribute("stroke-dasharray", dashArray(basis));
      if (fresh && !this.atOnce) {
        line.setAttribute("stroke-opacity", 0);
        line.getBoundingClientRect(); // from there it fades in
      }
      line.setAttribute("stroke-opacity", lit ? (this.thin ? 0.5 : 0.92) : 0.13);
      line.classList.toggle("lit", Boolean(lit));
    }
    for (const line of this.ties.querySelectorAll("line.lit")) this.ties.append(line);
    for (const [key, line] of this.lines) if (!seen.has(key)) this.leave(this.lines, key, line, "stroke-opacity");
  }

  syncDots() {
    const there = new Set(this.net.there);
    for (const at of there) {
      const mark = this.marks.get(at) ?? this.createMark(at);
      mark.setAttribute("opacity", this.lit.has(at) ? 1 : 0.2);
      mark.firstChild.setAttribute("stroke", at === this.own ? "currentColor" : "none");
      mark.classList.toggle("lit", this.lit.has(at));
    }
    for (const [at, mark] of this.marks) if (!there.has(at)) this.leave(this.marks, at, mark, "opacity");
    for (const at of this.lit) if (this.marks.has(at)) this.dots.append(this.marks.get(at));
  }

  createMark(at) {
    const { id, kind } = this.partners[at];
    const { points, colour } = this.kinds[kind];
    const ring = svg("circle", { class: "ring", fill: "none", r: 1.75, "stroke-width": 0.22 });
    const mark = svg("g", { class: "dot", fill: colour, "data-id": id }, ring, shape(points));
    this.marks.set(at, mark);
    this.dots.append(mark);
    return mark;
  }

  leave(all, key, piece, fades) {
    all.delete(key);
    if (this.atOnce) return piece.remove();
    piece.setAttribute(fades, 0);
    setTimeout(() => piece.remove(), 300);
  }

  /* everything where it belongs in the pane; the names once it stands still */
  place(still) {
    const { clientWidth: pane, clientHeight: height } = this.svg;
    this.column = this.own < 0 ? Math.min(12 * parseFloat(getComputedStyle(this.svg).fontSize), pane * 0.5) : 0;
    const width = pane - this.column;
    if (width < 20 || height < 20 || !this.box) return;
    const [left, top, right, bottom] = this.box;
    const edge = Math.min(28, width * 0.04);
    const lift = this.lift(width, height);
    const scale = Math.min((width - 2 * edge) / (right - left), (height - 2 * edge) / ((bottom - top) * lift));
    const spot = ({ x, y }) => [
      (x - (left + right) / 2) * scale + width / 2,
      (y - (top + bottom) / 2) * lift * scale + height / 2,
    ];
    const unit = Math.max(3.2, Math.min(width, height) / 62);
    this.spots = new Map();
    for (const [at, mark] of this.marks) {
      const [x, y] = spot(this.partners[at]);
      const r = unit * (at === this.own ? 1.55 : this.lit.has(at) ? 1 : 0.7);
      this.spots.set(at, [x, y, r]);
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r.toFixed(2)})`);
    }
    for (const [key, line] of this.lines) {
      const [[x1, y1], [x2, y2]] = key.split(" ").map((at) => spot(this.partners[at]));
      const strokeWidth = Math.max(0.6, line.dataset.wide * Math.min(1.3, unit / 9.5));
      for (const [name, value] of Object.entries({ "stroke-width": strokeWidth, x1, y1, x2, y2 }))
        line.setAttribute(name, value.toFixed(1));
    }
    this.heads.replaceChildren(...this.litTies.flatMap((tie) => this.arrows(tie)));
    if (still) this.label(pane, height);
  }

  /* the arrow heads of a tie that stands out */
  arrows(tie) {
    const { source, target, way, width } = tie;
    const [from, to] = [this.spots.get(source), this.spots.get(target)];
    if (!way || !from || !to) return [];
    const gaps = [from[2] + 2, to[2] + 2];
    return arrowHeads(way, from.slice(0, 2), to.slice(0, 2), gaps, 6 + width).map((head) => {
      const points = head.map((corner) => corner.map((at) => at.toFixed(1)).join(",")).join(" ");
      return svg("polygon", { points, fill: this.colourOf(tie) });
    });
  }

  /* the same on every slide, so that places are kept */
  lift(width, height) {
    if (this.everywhere.length < 3) return 1;
    const span = (values) => Math.max(1, Math.max(...values) - Math.min(...values)) + 120;
    const picture = { width: span(this.everywhere.map(({ x }) => x)), height: span(this.everywhere.map(({ y }) => y)) };
    return stretch(picture, { width, height }, 1.35);
  }

  /* names of those that stand out, the slide's own first; only that one may cover a partner */
  label(width, height) {
    this.names.replaceChildren();
    const pixels = parseFloat(getComputedStyle(this.svg).fontSize);
    const face = getComputedStyle(this.pane).fontFamily || "sans-serif";
    const weight = new Map();
    for (const tie of this.litTies)
      for (const end of [tie.source, tie.target]) weight.set(end, (weight.get(end) ?? 0) + tie.width);
    const weightOf = (at) => weight.get(at) ?? 0;
    const byWeight = [...this.lit].filter((at) => this.spots.has(at)).sort((a, b) => weightOf(b) - weightOf(a));
    const others = byWeight.filter((at) => at !== this.own);
    const isMuseum = (at) => this.kinds[this.partners[at].kind].label === MUSEUM;
    const order = [...byWeight.filter((at) => at === this.own), ...firstNamed(others, isMuseum)];
    const places = new NamePlaces([1, 1, width - 1, height - 1], new Map(order.map((at) => [at, this.spots.get(at)])));
    const small = pixels * 0.69; // of the note, as --small to --body
    const noteBox = [2, height - small * 1.5, small * 11, height - 2];
    const noted = order.length > LED && places.take(noteBox);
    let named = this.column ? this.nameHubs(order, width, height - small * 1.5) : 0;
    for (const [rank, at] of order.slice(0, this.column ? 0 : NAMES).entries()) {
      const own = at === this.own;
      const spot = this.spots.get(at);
      const text = cut(this.partners[at].name, own ? 46 : 30);
      this.pen.font = `${own ? 700 : 500} ${pixels}px ${face}`;
      const size = { width: this.pen.measureText(text).width + 4, height: pixels * 1.2 };
      const beside = places.place(at, spot, { ...size, gap: own ? spot[2] * 0.9 : 4, most: own ? Infinity : 0 });
      const apart = beside || rank >= LED ? null : places.placeApart(at, spot, size);
      const box = beside ?? apart?.box;
      if (!box) continue;
      named += 1;
      if (apart) {
        const [x1, y1, x2, y2] = apart.line;
        this.names.prepend(svg("line", { class: "leader", x1, y1, x2, y2 }));
      }
      const [left, top, , bottom] = box;
      const anchor = { x: left + 2, y: top + (bottom - top) * 0.78 };
      this.names.append(svg("text", { ...anchor, class: own ? "own" : "" }, text));
    }
    if (noted && named < order.length) {
      const words = `${named} of ${order.length} named`;
      this.names.append(svg("text", { x: 2, y: (height - small * 0.4).toFixed(1), class: "note" }, words));
    }
    for (const tie of this.tieKinds.length ? this.litTies : []) this.number(tie, places);
  }

  /* the best connected, in a column at the right of the map; how many */
  nameHubs(order, width, height) {
    const pixels = parseFloat(getComputedStyle(this.svg).fontSize);
    const hubs = order.slice(0, roomFor(height, pixels)).map((at) => [this.partners[at].name, this.spots.get(at)]);
    const room = this.column - pixels;
    this.names.append(...hubNames(hubs, { left: width - room, room, height, pixels }));
    return hubs.length;
  }

  /* the number of a tie's kind on the tie, where there is room */
  number(tie, places) {
    const pixels = parseFloat(getComputedStyle(this.names).fontSize);
    const words = this.tieKinds[tie.kind]?.number;
    const [from, to] = [this.spots.get(tie.source), this.spots.get(tie.target)];
    if (!words || !from || !to) return;
    const [wide, high] = [pixels * 0.62 * words.length, pixels];
    for (const share of [0.5, 0.6, 0.4, 0.7, 0.3, 0.8]) {
      const [x, y] = [0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * share);
      if (!places.take([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2])) continue;
      const anchor = { x: x.toFixed(1), y: (y + high * 0.36).toFixed(1), "text-anchor": "middle" };
      this.names.append(svg("text", { ...anchor, class: "number" }, words));
      return;
    }
  }
}
