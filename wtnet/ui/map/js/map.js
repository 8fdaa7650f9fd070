/* The live map: vis-network mounted once, then told only the differences. Names are data: they are drawn on the
   canvas or set as text, never as markup. Python sends `data` (wtnet/draw/map/live.py, message); a click goes back
   as the trigger "pick". What is selected and lit arrives apart (spots.js), so that a click does not send the whole
   map again. */

import { calm } from "../../../draw/js/dom.js";
import { TIE_DASHES, groundOf, isDark, onPaper, tieOpacity, visArrows } from "../../../draw/js/style.js";
import { readMessage } from "./message.js";
import { dressed } from "./pieces.js";
import { mapIn, removeMap, spotOf } from "./spots.js";
import { MapView } from "./view.js";

const ANIMATED = 700; // so many ties at most change little by little
const MIDDLING = 2; // the class of strength that ties of unknown strength are drawn as

export class LiveMap extends MapView {
  constructor(root, vis) {
    super();
    this.vis = vis;
    this.root = root;
    this.frame = root.querySelector(".map");
    this.canvas = root.querySelector(".canvas");
    this.card = root.querySelector(".card");
    this.says = root.querySelector(".says");
    this.scene = root.querySelector(".scene");
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.ties = new Map();
    this.endedTies = new Map(); // ties that ended since an earlier wave: drawn dotted, and no ties of this one
    this.spotted = { selected: null, lit: null };
    this.hovered = null;
    this.walked = null;
    this.asleep = true;
    this.wire();
  }

  wire() {
    this.button("in").onclick = () => this.zoom(1.3);
    this.button("out").onclick = () => this.zoom(1 / 1.3);
    this.button("fit").onclick = () => this.fit();
    this.button("full").onclick = () =>
      document.fullscreenElement ? document.exitFullscreen() : this.frame.requestFullscreen?.();
    this.button("arrange").onclick = () => this.arrange(!this.arranging);
    this.button("play").onclick = () => (this.playing ? this.stop() : this.play());
    // the page scrolls over the map until the map has been clicked
    const capture = { capture: true };
    this.canvas.addEventListener("wheel", (e) => this.asleep && !e.ctrlKey && e.stopPropagation(), capture);
    this.canvas.addEventListener("pointerdown", () => (this.asleep = false), capture);
    this.frame.addEventListener("pointerleave", () => {
      this.asleep = true;
      this.hover(null);
    });
    this.canvas.addEventListener("keydown", (e) => this.key(e));
    this.canvas.addEventListener("blur", () => {
      this.walked = null;
      this.network?.redraw();
    });
    this.clock = setInterval(() => this.theme(), 700);
    this.offPaper = onPaper(({ matches }) => this.toPaper(matches));
  }

  theme() {
    const ground = groundOf(this.frame);
    if (ground === this.ground) return;
    const style = getComputedStyle(this.frame);
    this.ground = ground;
    this.dark = isDark(ground);
    this.ink = style.getPropertyValue("--st-text-color").trim() || (this.dark ? "#fff" : "#000");
    this.face = style.getPropertyValue("--st-font").trim() || "sans-serif";
    if (this.data) this.sketch(this.data);
    this.paint();
  }

  show(message, pick) {
    this.stop();
    this.pick = pick;
    const data = (this.data = readMessage(message));
    this.lift ||= this.liftOf(data.field);
    const ids = data.nodes.map(({ id }) => id);
    this.about = new Map(data.nodes.map((partner) => [partner.id, partner]));
    this.names = new Map(data.nodes.map(({ id, name }) => [id, name]));
    this.degree = new Map(ids.map((id) => [id, 0]));
    const ties = this.now();
    for (const { from, to } of ties.values())
      for (const end of [from, to]) this.degree.set(end, this.degree.get(end) + 1);
    const byDegree = (a, b) => this.degree.get(b.id) - this.degree.get(a.id);
    this.order = [...data.nodes].sort((a, b) => b.radius - a.radius || byDegree(a, b)).map(({ id }) => id);
    this.theme();
    this.sync(
      this.nodes,
      data.nodes.map(({ id, x, y, radius }) => ({
        id,
        x,
        y: y * this.lift,
        size: radius,
        shape: "custom",
        ctxRenderer: this.renderer,
      })),
    );
    this.become(ties);
    if (!this.network) this.mount(data.options);
    this.sketch(data);
    this.frame.dataset.partners = ids.length;
    this.frame.dataset.ties = data.edges.length;
    this.button("play").hidden = data.film.length < 2;
    this.button("arrange").hidden = !data.may_arrange;
    this.network.redraw();
  }

  read(edges) {
    const { nodes } = this.data;
    const ties = edges.map(([source, target, width, level, basis, way = 0, tint = null]) => {
      const [from, to] = [nodes[source].id, nodes[target].id];
      return { id: JSON.stringify([from, to]), from, to, width, level, basis, way, tint, seen: 1 };
    });
    return new Map(ties.map((tie) => [tie.id, tie]));
  }

  /* the ties as they are; since an earlier wave, those that are new are lighter, those that ended are dotted */
  now() {
    const { nodes, edges, since } = this.data;
    const [, fresh, ended] = since ?? ["", [], []];
    const ties = this.read(edges);
    const list = [...ties.values()];
    for (const at of fresh) list[at].fresh = true;
    this.endedTies = new Map(
      ended.map(([source, target]) => {
        const [id, from, to] = [`over ${source} ${target}`, nodes[source].id, nodes[target].id];
        return [id, { id, from, to, width: 1.6, level: MIDDLING, seen: 1, over: true }];
      }),
    );
    return ties;
  }

  /* ties change their width and come and go within 300 ms; at once under reduced motion, or where they are very many */
  become(ties) {
    cancelAnimationFrame(this.moving);
    const before = this.ties;
    this.ties = ties;
    if (!this.network || calm() || ties.size > ANIMATED || !before.size) return this.paint();
    const start = performance.now();
    const known = (tie) => this.names.has(tie.from) && this.names.has(tie.to);
    const leaving = [...before.values()].filter((tie) => !ties.has(tie.id) && known(tie));
    const step = (now) => {
      const share = Math.min(1, (now - start) / 300);
      const rows = new Map();
      for (const tie of leaving) if (share < 1) rows.set(tie.id, { ...tie, seen: 1 - share });
      for (const tie of ties.values()) {
        const was = before.get(tie.id);
        const change = was ? { width: was.width + (tie.width - was.width) * share } : { seen: share };
        rows.set(tie.id, { ...tie, ...change });
      }
      this.paint(rows);
      if (share < 1) this.moving = requestAnimationFrame(step);
    };
    step(start);
  }

  get renderer() {
    return ({ ctx, id, x, y }) => {
      const partner = this.about.get(id);
      const size = 2 * (partner?.radius ?? 8) + 6;
      return {
        drawNode: () => partner && this.node(ctx, partner, x, y),
        nodeDimensions: { width: size, height: size },
      };
    };
  }

  sync(set, rows) {
    const keep = new Set(rows.map((row) => row.id));
    set.remove(set.getIds().filter((id) => !keep.has(id)));
    set.update(rows);
  }

  mount(options) {
    this.network = new this.vis.Network(this.canvas, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("beforeDrawing", (ctx) => {
      this.panes(ctx);
      this.meetings(ctx);
    });
    this.network.on("afterDrawing", (ctx) => this.labels(ctx));
    this.network.on("click", (e) => this.clicked(e));
    this.network.on("hoverNode", (e) => this.hover({ node: e.node }));
    this.network.on("blurNode", () => this.hover(null));
    this.network.on("hoverEdge", (e) => this.hover({ edge: e.edge }));
    this.network.on("blurEdge", () => this.hover(null));
    this.settle();
    this.network.on("zoom", () => (this.touched = true));
    this.network.on("dragEnd", (e) => {
      this.touched = true;
      if (this.arranging && e.nodes.length) this.dropped(e.nodes);
    });
  }

  /* -- drawing the ties -------------------------------------------------------------------------------------------- */

  opacity(tie) {
    if (!this.lights(tie)) return 0.07;
    if (this.on) return 0.95;
    // a colour that is told apart stays clear
    return this.data.tints[tie.tint] ? 0.9 : tieOpacity(tie.level, MIDDLING);
  }

  /* by its category, or its strength; `unknown` is the class of strength of those of which it is not known */
  tieColour({ tint, level }, unknown = 0) {
    const [, light, dark] = this.data.tints[tint] ?? [];
    return (this.dark ? dark : light) ?? this.data.ramp[this.dark ? "dark" : "light"][level ?? unknown];
  }

  paint(ties = this.ties) {
    if (!this.ground || !this.data) return;
    const rows = [...ties.values(), ...(this.playing ? [] : this.endedTies.values())].map((tie) => ({
      id: tie.id,
      from: tie.from,
      to: tie.to,
      width: tie.width,
      arrows: visArrows(tie.way),
      dashes: tie.over ? [1.5, 6] : (TIE_DASHES[tie.basis] ?? false),
      color: {
        color: this.tieColour(tie, MIDDLING),
        opacity: tie.seen * (tie.fresh ? 0.55 : 1) * this.opacity(tie),
        inherit: false,
      },
    }));
    this.sync(this.edges, rows);
    this.network?.redraw();
  }

  gone() {
    this.stop();
    clearInterval(this.clock);
    this.offPaper();
    this.resized?.disconnect();
    this.network?.destroy();
    this.network = null; // a blur or a pointer that leaves may come after it is gone
  }
}

/* the last message for each root: what was on its way when it came is not drawn any more */
export const latest = new WeakMap();

export function showMap({ data, parentElement, setTriggerValue }, Kind = LiveMap) {
  const root = dressed(parentElement, "map");
  latest.set(root, data);
  let timer;
  const draw = () => {
    clearInterval(timer);
    const map = mapIn(root, data.key, () => new Kind(root, window.vis));
    map.show(latest.get(root), (choice) => setTriggerValue("pick", choice));
    map.spot(spotOf(data.key));
  };
  if (window.vis?.Network) draw();
  else timer = setInterval(() => window.vis?.Network && draw(), 30);
  return () => {
    clearInterval(timer);
    removeMap(root, data.key);
  };
}
