/** The map that travels: everything it shows is in this file. Names are data: they are drawn on the canvas or set as
   text, never as markup. The rows of the data, from wtnet/writers/html_map/page.py, content:

   @typedef {[id: string, name: string, kind: number, x: number, y: number, radius: number]} NodeRow
   @typedef {[source: number, target: number, width: number, level: ?number, basis: number, strength: ?number,
     rests: string, words: string, way: ?number, relation: ?string, tint: ?number]} TieRow both ends by their place
     among the nodes; `level`: class of strength, null where it is unknown; `basis` and `way`: their places in BASES and
     WAYS of wtnet/draw/style.py; `relation`: what kind of partnership it is documented to be; `tint`: its place among
     the kinds of ties
   @typedef {[label: string, light: string, dark: string, number: string]} TintRow
   @typedef {[label: string, points: number[][], colour: string, count: number]} KindRow */

/* global vis -- vis-network, in a script of its own before this one */

import { calm } from "../../draw/js/dom.js";
import { nearest } from "../../draw/js/keyboard.js";
import { TIE_DASHES, stretch, tieOpacity, visArrows } from "../../draw/js/style.js";
import { drawNames, drawPartner } from "./draw.js";

const MANY = 600; // with more partners than that, ties are left out while the map is moved

const readKind = ([label, points, colour, count]) => ({ label, points, colour, count });
const readTie = ([
  source,
  target,
  width,
  level,
  basis,
  strength,
  rests,
  words,
  way = 0,
  relation = "",
  tint = null,
]) => {
  return { source, target, width, level, basis, strength, rests, words, way, relation, tint };
};
const readTint = ([label, light, dark, number]) => ({ label, light, dark, number });

export class OfflineMap {
  /* `changed` is called with the map after everything that changes what it shows */
  constructor(data, changed) {
    this.data = data;
    this.changed = changed;
    this.frame = document.getElementById("map");
    this.canvas = document.getElementById("canvas");
    this.kinds = data.kinds.map(readKind);
    this.nodes = data.nodes.map(([id, name, kind, x, y, radius]) => ({
      id,
      name,
      kind: this.kinds[kind],
      x,
      y,
      radius,
    }));
    this.lift();
    this.tints = data.tints.map(readTint);
    this.byKind = false; // whether ties are coloured by kind of partnership
    this.waves = data.waves.map(([name, ties]) => ({ name, ties: ties.map(readTie) }));
    this.off = new Set(); // kinds that are switched off in the legend
    this.least = 0;
    this.wave = data.waves.length - 1;
    this.chosen = null;
    this.lit = null;
    this.edges = new vis.DataSet();
    this.theme(matchMedia("(prefers-color-scheme: dark)").matches);
    this.rank();
    this.mount();
    this.paint();
    this.fit(false);
  }

  /* a map that is wider than its pane is drawn higher, so that names have room */
  lift() {
    const [xs, ys] = [this.nodes.map(({ x }) => x), this.nodes.map(({ y }) => y)];
    const [width, height] = [xs, ys].map((each) => Math.max(1, Math.max(...each) - Math.min(...each)));
    const pane = { width: Math.max(1, this.canvas.clientWidth - 120), height: this.canvas.clientHeight - 60 };
    const by = stretch({ width, height }, pane, 1.6);
    for (const node of this.nodes) node.y *= by;
  }

  mount() {
    const fewer = { hideEdgesOnDrag: this.nodes.length > MANY, hideEdgesOnZoom: this.nodes.length > MANY };
    const options = { ...this.data.options, interaction: { ...this.data.options.interaction, ...fewer } };
    const rows = this.nodes.map(({ x, y, radius }, at) => {
      return { id: at, x, y, size: radius, shape: "custom", ctxRenderer: this.renderer };
    });
    this.network = new vis.Network(this.canvas, { nodes: new vis.DataSet(rows), edges: this.edges }, options);
    this.network.on("afterDrawing", (ctx) => drawNames(ctx, this));
    this.network.on("click", (e) => {
      this.network.unselectAll();
      this.choose(this.network.getNodeAt(e.pointer.DOM) ?? null);
    });
    this.network.on("hoverNode", () => (this.canvas.style.cursor = "pointer"));
    this.network.on("blurNode", () => (this.canvas.style.cursor = ""));
    new ResizeObserver(() => this.fit(false)).observe(this.canvas);
  }

  get renderer() {
    return ({ ctx, id, x, y }) => {
      const size = 2 * this.nodes[id].radius + 6;
      return {
        drawNode: () => this.isShown(id) && drawPartner(ctx, this, id, x, y),
        nodeDimensions: { width: size, height: size },
      };
    };
  }

  theme(dark) {
    this.dark = dark;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const style = getComputedStyle(document.documentElement);
    [this.paper, this.ink] = ["--paper", "--ink"].map((name) => style.getPropertyValue(name).trim());
    this.face = getComputedStyle(document.body).fontFamily;
  }

  get ramp() {
    return this.data.ramp[this.dark ? "dark" : "light"];
  }

  isShown(at) {
    return !this.off.has(this.nodes[at].kind);
  }

  /* the box of the buttons above the map */
  buttons() {
    const { left, top, right, bottom } = this.frame.querySelector(".zoom").getBoundingClientRect();
    const canvas = this.canvas.getBoundingClientRect();
    const corners = [
      [left, top],
      [right, bottom],
    ];
    return corners.flatMap(([x, y]) => {
      const spot = this.network.DOMtoCanvas({ x: x - canvas.left, y: y - canvas.top });
      return [spot.x, spot.y];
    });
  }

  /* places of the partners that are shown */
  get shown() {
    return this.nodes.map((_, at) => at).filter((at) => this.isShown(at));
  }

  /* the ties of the wave that the filters leave */
  ties() {
    const strongEnough = ({ strength }) => !this.least || (strength !== null && strength >= this.least);
    const both = ({ source, target }) => this.isShown(source) && this.isShown(target);
    return this.waves[this.wave].ties.filter((tie) => both(tie) && strongEnough(tie));
  }

  rank() {
    this.degree = this.nodes.map(() => 0);
    for (const { source, target } of this.ties()) for (const end of [source, target]) this.degree[end] += 1;
    this.order = this.nodes.map((_, at) => at).sort((a, b) => this.degree[b] - this.degree[a] || a - b);
  }

  /* whom a partner is tied to: [the place of the other, the tie] */
  around(at) {
    const own = this.ties().filter(({ source, target }) => source === at || target === at);
    return own.map((tie) => [tie.source === at ? tie.target : tie.source, tie]);
  }

  tintColour({ light, dark }) {
    return this.dark ? dark : light;
  }

  tieColour({ tint, level }) {
    return this.byKind && this.tints[tint] ? this.tintColour(this.tints[tint]) : this.ramp[level ?? 0];
  }

  opacity({ source, target, level }) {
    if (!this.lit) return this.byKind ? 0.9 : tieOpacity(level, 0);
    return source === this.chosen || target === this.chosen ? 0.95 : 0.06;
  }

  paint() {
    this.rank();
    if (this.chosen !== null && !this.isShown(this.chosen)) this.chosen = null;
    this.lit =
      this.chosen === null ? null : new Set([this.chosen, ...this.around(this.chosen).map(([other]) => other)]);
    const rows = this.ties().map((tie) => ({
      id: `${tie.source}-${tie.target}`,
      from: tie.source,
      to: tie.target,
      width: tie.width,
      dashes: TIE_DASHES[tie.basis] ?? false,
      arrows: visArrows(tie.way),
      color: { color: this.tieColour(tie), opacity: this.opacity(tie), inherit: false },
    }));
    const keep = new Set(rows.map((row) => row.id));
    this.edges.remove(this.edges.getIds().filter((id) => !keep.has(id)));
    this.edges.update(rows);
    this.frame.dataset.ties = rows.length;
    this.frame.dataset.chosen = this.chosen === null ? "" : this.nodes[this.chosen].id;
    this.network.redraw();
    this.changed(this);
  }

  choose(at, go = false) {
    this.chosen = at;
    this.paint();
    if (at === null || !go) return;
    const { x, y } = this.nodes[at];
    const scale = Math.max(this.network.getScale(), 0.7);
    this.network.moveTo({ position: { x, y }, scale, animation: calm() ? false : { duration: 300 } });
  }

  fit(moving = true) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const shown = this.shown.map((at) => this.nodes[at]);
    if (!shown.length || width < 100) return;
    const left = Math.min(...shown.map(({ x, radius }) => x - radius));
    const right = Math.max(...shown.map(({ x, radius }) => x + radius));
    const top = Math.min(...shown.map(({ y, radius }) => y - radius));
    const foot = Math.max(...shown.map(({ y, radius }) => y + radius));
    const across = (width - Math.min(130, width * 0.2)) / Math.max(1, right - left);
    const down = (height - 70) / Math.max(1, foot - top);
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + foot) / 2 },
      scale: Math.min(across, down, 2.2),
      animation: moving && !calm() ? { duration: 300 } : false,
    });
  }

  zoom(by) {
    this.network.moveTo({ scale: this.network.getScale() * by, animation: calm() ? false : { duration: 150 } });
  }

  step(to) {
    this.wave = Math.max(0, Math.min(this.waves.length - 1, to));
    this.paint();
  }

  /* the nearest partner in a direction; the best connected where none is chosen */
  walk(direction) {
    if (this.chosen === null) return this.choose(this.order.find((at) => this.isShown(at)) ?? null);
    const others = this.shown.filter((at) => at !== this.chosen);
    const next = nearest(others, (at) => this.nodes[at], this.nodes[this.chosen], direction);
    if (next !== null) this.choose(next);
  }
}
