/* The wide map: the live map for thousands of partners. Selection, keyboard, legend and hover card are the live
   map's own; only what is drawn, and how, is different: a plain canvas instead of vis-network, ties in batches of
   few, and while the map is moved the last picture is moved with it. Measured in tests/benchmarks/large.py. */

import { cut } from "../../../draw/js/dom.js";
import { NamePlaces, firstNamed, rimmed } from "../../../draw/js/labels.js";
import { TIE_DASHES, addShape, arrowHeads } from "../../../draw/js/style.js";
import { partnerAt, tieAt } from "./hits.js";
import { LiveMap } from "./map.js";
import { Plane } from "./plane.js";

const BATCH = 16; // partners or ties drawn in one stroke
const LAYER = 1200; // partners after which those of the next lie above
const NAMES_SHOWN = 34;
const TRIED = 400;
const KEPT_CLEAR = 60; // so many of the first are covered by no name but their own
const DASHES = 2500; // with more ties than that none is dashed
const TOLD_APART = 600; // so many ties in view can be pointed at

export class WideMap extends LiveMap {
  constructor(root) {
    super(root, { DataSet: class {} });
  }

  sync() {}

  read(edges) {
    const ties = super.read(edges);
    const { nodes } = this.data;
    const at = new Map(nodes.map(({ id }, i) => [id, i]));
    const list = [...ties.values()];
    list.sort((a, b) => (a.level ?? 0) - (b.level ?? 0) || a.width - b.width); // the strong are drawn over the weak
    this.list = list;
    this.from = Int32Array.from(list, (tie) => at.get(tie.from));
    this.to = Int32Array.from(list, (tie) => at.get(tie.to));
    this.at = at;
    this.sx = new Float32Array(nodes.length);
    this.sy = new Float32Array(nodes.length);
    return ties;
  }

  become(ties) {
    this.ties = ties;
    this.rank = this.order.map((id) => this.at.get(id));
    // drawn a kind and colour at a time, but a few hundred partners after another, so that no kind lies over all others
    const groups = new Map();
    [...this.rank].reverse().forEach((i, at) => {
      const { kind, category } = this.data.nodes[i];
      const key = `${Math.floor(at / LAYER)}|${kind.label}|${category?.id}`;
      if (groups.has(key)) groups.get(key).push(i);
      else groups.set(key, [i]);
    });
    this.groups = [...groups.values()];
    this.paint();
  }

  mount() {
    this.network = new Plane(this.canvas, this);
    this.settle();
  }

  /* drawn at once: the next frame comes after the sheet is printed */
  toPaper(paper) {
    super.toPaper(paper);
    this.network?.frame();
  }

  /* which partners and ties shine: worked out when the selection changes, not at every picture */
  paint() {
    if (!this.ground || !this.data || !this.at) return;
    this.bright = this.on && Uint8Array.from(this.data.nodes, ({ id }) => this.on.has(id));
    this.lines = this.on ? this.list.flatMap((tie, i) => (this.lights(tie) ? [i] : [])) : [];
    this.network?.redraw();
  }

  radius({ radius }, shining) {
    return Math.max(radius * this.network.k, (shining ? 3 : 1.5) + 2.6 * Math.max(0, (radius - 9) / 15));
  }

  /* -- what is where -------------------------------------------------------------------------------------------- */

  nodeAt(point) {
    return partnerAt(this, point);
  }

  /* ties can be hit where they can be told apart: those that shine, or any once few are in view */
  tieAt(point) {
    const ties = this.on ? this.lines : this.inView < TOLD_APART ? this.list.keys() : [];
    return tieAt(this, point, ties);
  }

  over(point) {
    const node = this.nodeAt(point);
    const edge = node === undefined ? this.tieAt(point) : undefined;
    this.canvas.style.cursor = node === undefined && edge === undefined ? "" : "pointer";
    if (node !== undefined) this.hover({ node });
    else if (edge !== undefined && this.hovered?.edge !== edge) this.hover({ edge });
    else if (edge === undefined && this.hovered) this.hover(null);
  }

  hover(target) {
    const was = this.network?.stale;
    super.hover(target);
    if (this.network) this.network.stale = was; // the ring and the name are drawn above the picture
  }

  stand(id) {
    super.stand(id);
    if (id !== undefined) this.network.ask();
  }

  /* -- drawing -------------------------------------------------------------------------------------------------- */

  project(i) {
    const { k, x, y } = this.network;
    const partner = this.data.nodes[i];
    this.sx[i] = partner.x * k + x;
    this.sy[i] = partner.y * this.lift * k + y;
  }

  picture(ctx, width, height) {
    for (let i = 0; i < this.data.nodes.length; i += 1) this.project(i);
    const { sx, sy } = this;
    const beyond = (along, a, b, far) => (along[a] < 0 && along[b] < 0) || (along[a] > far && along[b] > far);
    const inView = (i) => {
      const [a, b] = [this.from[i], this.to[i]];
      return !beyond(sx, a, b, width) && !beyond(sy, a, b, height);
    };
    const seen = [];
    for (let i = 0; i < this.list.length; i += 1) if (inView(i)) seen.push(i);
    this.inView = seen.length;
    const alpha = Math.min(0.55, Math.max(0.07, 14 / Math.sqrt(seen.length)));
    this.strokes(ctx, seen, alpha * (this.on ? 0.18 : 1));
    const lit = this.on ? this.lines.filter(inView) : seen;
    if (this.on) this.strokes(ctx, lit, 0.9);
    if (lit.length < TOLD_APART) this.heads(ctx, lit, this.on ? 0.9 : alpha);
    if (this.bright) this.marks(ctx, width, height, 0, 0.2);
    this.marks(ctx, width, height, 1, 1);
    this.texts(ctx, width, height);
  }

  /* ties, a batch of those alike after another */
  strokes(ctx, ties, alpha) {
    const dashing = ties.length < DASHES;
    const alike = (a, b) =>
      a.width === b.width && a.level === b.level && a.tint === b.tint && (!dashing || a.basis === b.basis);
    ctx.save();
    ctx.globalAlpha = alpha;
    for (let start = 0; start < ties.length;) {
      const first = this.list[ties[start]];
      ctx.strokeStyle = this.tieColour(first);
      ctx.lineWidth = Math.max(0.7, first.width * this.network.k);
      ctx.setLineDash((dashing && TIE_DASHES[first.basis]) || []);
      ctx.beginPath();
      let end = start;
      for (; end < ties.length && end < start + BATCH && alike(this.list[ties[end]], first); end += 1) {
        const [a, b] = [this.from[ties[end]], this.to[ties[end]]];
        ctx.moveTo(this.sx[a], this.sy[a]);
        ctx.lineTo(this.sx[b], this.sy[b]);
      }
      ctx.stroke();
      start = end;
    }
    ctx.restore();
  }

  /* which way ties go, where so few are drawn that it can be seen */
  heads(ctx, ties, alpha) {
    ctx.save();
    ctx.globalAlpha = Math.max(alpha, 0.5);
    for (const i of ties) {
      const tie = this.list[i];
      const ends = [this.from[i], this.to[i]];
      const [start, stop] = ends.map((at) => [this.sx[at], this.sy[at]]);
      const gaps = ends.map((at) => this.radius(this.data.nodes[at], this.on) + 2);
      ctx.fillStyle = this.tieColour(tie);
      for (const head of arrowHeads(tie.way, start, stop, gaps, 7 + tie.width * this.network.k)) {
        ctx.beginPath();
        head.forEach(([x, y], at) => (at ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
        ctx.fill();
      }
    }
    ctx.restore();
  }

  /* partners, a batch per kind and colour; `shining` 1: those that shine (or all), 0: the others */
  marks(ctx, width, height, shining, alpha) {
    const { nodes } = this.data;
    const left = (i) => (this.bright ? this.bright[i] !== shining : !shining);
    const outside = (x, y) => x < -30 || y < -30 || x > width + 30 || y > height + 30;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = this.ground;
    ctx.lineWidth = 1;
    for (const group of this.groups) {
      const { points } = nodes[group[0]].kind;
      ctx.fillStyle = this.colourOf(nodes[group[0]]);
      let count = 0;
      let ringed = false;
      const spill = () => {
        if (count) ctx.fill();
        if (count && ringed) ctx.stroke();
        count = 0;
        ringed = false;
      };
      for (const i of group) {
        const [x, y] = [this.sx[i], this.sy[i]];
        if (outside(x, y) || left(i)) continue;
        if (!count) ctx.beginPath();
        const r = this.radius(nodes[i], this.bright && shining);
        if (r < 2.2) ctx.rect(x - r, y - r, 2 * r, 2 * r);
        else addShape(ctx, points, x, y, r);
        ringed ||= r > 4;
        count += 1;
        if (count === BATCH) spill();
      }
      spill();
    }
    ctx.restore();
  }

  namePlaces(near = []) {
    const spots = near.map((i) => [i, [this.sx[i], this.sy[i], this.radius(this.data.nodes[i])]]);
    return new NamePlaces([2, 2, this.canvas.clientWidth - 2, this.canvas.clientHeight - 2], new Map(spots));
  }

  /* names of the best connected and of museums in view that find room, over none of these; more the closer one looks */
  texts(ctx, width, height) {
    const size = width < 520 ? 12.5 : 13.5;
    const near = [];
    for (const i of this.rank) {
      if (near.length >= TRIED) break;
      if (this.bright && !this.bright[i]) continue;
      if (this.sx[i] < 0 || this.sy[i] < 0 || this.sx[i] > width || this.sy[i] > height) continue;
      near.push(i);
    }
    const places = this.namePlaces(near.slice(0, KEPT_CLEAR));
    let count = 0;
    for (const i of firstNamed(near, (each) => this.isMuseum(this.data.nodes[each].id))) {
      if (count >= NAMES_SHOWN) break;
      if (this.text(ctx, i, cut(this.data.nodes[i].name, 30), { weight: 500, size, places })) count += 1;
    }
    this.frame.dataset.labels = count;
  }

  /* whether the name found room; where it must stand it does in any case */
  text(ctx, i, name, { weight, size, places, forced = false }) {
    ctx.save();
    ctx.font = `${weight} ${size}px ${this.face}`;
    ctx.textBaseline = "middle";
    const spot = [this.sx[i], this.sy[i], this.radius(this.data.nodes[i])];
    const { width } = ctx.measureText(name);
    const box = places.place(i, spot, { width, height: size * 1.25, gap: 3, forced, pad: 4 });
    if (box) rimmed(ctx, name, box[0], (box[1] + box[3]) / 2, { ink: this.ink, ground: this.ground, rim: 3.5 });
    ctx.restore();
    return Boolean(box);
  }

  /* rings and names of what is selected, walked to or pointed at, above the picture and as quick as a glance */
  above(ctx) {
    const chosen = this.ends(this.spotted.selected);
    const marked = [...new Set([...chosen, this.walked, this.hovered?.node])].filter((id) => id && this.at.has(id));
    for (const id of marked) {
      const i = this.at.get(id);
      const partner = this.data.nodes[i];
      this.project(i);
      ctx.save();
      ctx.beginPath();
      ctx.arc(this.sx[i], this.sy[i], this.radius(partner) + 5, 0, 2 * Math.PI);
      ctx.strokeStyle = this.ink;
      ctx.lineWidth = chosen.includes(id) ? 2.5 : 1.5;
      if (id === this.walked) ctx.setLineDash([6, 4]);
      ctx.stroke();
      ctx.restore();
      this.text(ctx, i, partner.name, { weight: 600, size: 13.5, places: this.namePlaces(), forced: true });
    }
  }
}
