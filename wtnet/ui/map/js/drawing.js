/* How the live map is drawn on its canvas: partners, panes of groups, names that never cover each other, the hover card
   and the legend. */

import { cut, element, lineSwatch, swatch } from "../../../draw/js/dom.js";
import { MUSEUM, NamePlaces, drawPlaced, firstNamed, placeName, rimmed } from "../../../draw/js/labels.js";
import { HEADS, RESTS_ON, isSaidByOne, trace } from "../../../draw/js/style.js";

const NO_CATEGORY = "#6B7A90";
const SQUARE = [
  [-0.9, -0.9],
  [0.9, -0.9],
  [0.9, 0.9],
  [-0.9, 0.9],
];
const TIES = {
  numbers: [
    "a slight partnership",
    "a light partnership",
    "a working partnership",
    "a strong partnership",
    "a very strong partnership",
  ],
  words: ["light", "light", "moderate or mixed", "strong", "strong"],
  documents: [
    "documented as slight",
    "documented as light",
    "documented as working",
    "documented as strong",
    "documented as very strong",
  ],
};
const WITHHELD = 3;
const NAMES_TRIED = 260; // so many partners at most are looked at for a name
const PROMINENT = 24; // so many names may stand further away, with a line
const PASSING = 120; // while the picture moves, names find their places anew after so many milliseconds

/* corners of the convex hull of points [[x, y], …], in order (Andrew's monotone chain) */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

const MANY_MET = 150; // so many pairs that met are drawn faintly

const alike = (some, others) => some.length === others.length && some.every((each, at) => each === others[at]);

export class MapDrawing {
  /* -- drawing -------------------------------------------------------------------------------------------------- */

  colourOf({ category }) {
    return category ? category[this.dark ? "dark" : "light"] : NO_CATEGORY;
  }

  node(ctx, partner, x, y) {
    const { id, radius, members } = partner;
    const chosen = this.ends(this.spotted.selected).includes(id);
    ctx.save();
    ctx.globalAlpha = !this.on || this.on.has(id) ? 1 : 0.16;
    ctx.lineJoin = "round";
    if (chosen || this.hovered?.node === id || this.walked === id) {
      ctx.beginPath();
      ctx.arc(x, y, radius * 1.25 + 6, 0, 2 * Math.PI);
      ctx.strokeStyle = this.ink;
      ctx.lineWidth = chosen ? 3 : 1.5;
      if (this.walked === id) ctx.setLineDash([6, 4]);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    trace(ctx, partner.kind.points, x, y, radius);
    ctx.fillStyle = this.colourOf(partner);
    ctx.strokeStyle = this.ground;
    ctx.lineWidth = 2;
    if (members) ctx.globalAlpha *= 0.82;
    ctx.fill();
    ctx.stroke();
    if (members) {
      ctx.fillStyle = this.ground;
      ctx.font = `600 ${radius * 0.8}px ${this.face}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(members, x, y);
    }
    ctx.restore();
  }

  /* who met at an activity: dotted curves behind the ties, which are straight */
  meetings(ctx) {
    const positions = this.network.getPositions();
    const scale = this.network.getScale();
    ctx.save();
    ctx.strokeStyle = this.dark ? "#9097FF" : "#4049FF";
    ctx.lineCap = "round";
    ctx.setLineDash([0.5 / scale, 5 / scale]);
    const pairs = this.data.met ?? [];
    const faint = pairs.length > MANY_MET ? 0.3 : 0.7;
    for (const [source, target, times] of pairs) {
      const ends = [this.data.nodes[source].id, this.data.nodes[target].id];
      const [a, b] = ends.map((id) => positions[id]);
      if (!a || !b) continue;
      ctx.globalAlpha = !this.on || ends.every((id) => this.on.has(id)) ? (this.on ? 0.8 : faint) : 0.05;
      ctx.lineWidth = (0.8 + Math.min(times, 4) * 0.4) / scale;
      ctx.beginPath();
      ctx.moveTo(a.x, a.y);
      ctx.quadraticCurveTo((a.x + b.x) / 2 + (b.y - a.y) * 0.18, (a.y + b.y) / 2 - (b.x - a.x) * 0.18, b.x, b.y);
      ctx.stroke();
    }
    ctx.restore();
  }

  /* groups as translucent panes behind their partners, with their name at the top */
  panes(ctx) {
    if (!this.data.hulls.length) return;
    const scale = this.network.getScale();
    const positions = this.network.getPositions();
    const eighths = Array.from({ length: 8 }, (_, turn) => (turn * Math.PI) / 4);
    ctx.save();
    for (const [label, light, dark, nodes] of this.data.hulls) {
      const rims = nodes.flatMap((at) => {
        const { id, radius } = this.data.nodes[at];
        const position = positions[id];
        const reach = radius + 16;
        return position ? eighths.map((a) => [position.x + reach * Math.cos(a), position.y + reach * Math.sin(a)]) : [];
      });
      const corners = hull(rims);
      if (corners.length < 3) continue;
      const colour = this.dark ? dark : light;
      trace(ctx, corners, 0, 0, 1);
      ctx.globalAlpha = 0.1;
      ctx.fillStyle = colour;
      ctx.fill();
      ctx.globalAlpha = 0.55;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5 / scale;
      ctx.stroke();
      const [x, y] = corners.reduce((a, b) => (b[1] < a[1] ? b : a));
      ctx.globalAlpha = 1;
      ctx.font = `600 ${12 / scale}px ${this.face}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "bottom";
      rimmed(ctx, label, x, y - 3 / scale, { ink: this.ink, ground: this.ground, rim: 3 / scale });
    }
    ctx.restore();
  }

  /* names move along with their partners while the picture moves, and find their places anew once it stands */
  labels(ctx) {
    const positions = this.network.getPositions();
    const marked = [...this.ends(this.spotted.selected), this.walked, this.hovered?.node];
    const first = marked.filter((id) => id && positions[id]);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const pane = { width, height, scale: this.network.getScale(), corner: this.network.DOMtoCanvas({ x: 4, y: 4 }) };
    const spots = this.order.filter((id) => positions[id]).map((id) => [id, positions[id].x, positions[id].y]);
    const view = [pane.scale, pane.corner.x, pane.corner.y, ...spots.flat()];
    const seen = [width, height, this.names, this.on, this.ink, document.fonts.status, ...first];
    const stands = this.named && alike(view, this.named.view);
    if (!this.named || !alike(seen, this.named.seen) || !(stands || this.isPassing()))
      this.named = { view, seen, at: performance.now(), placed: this.placeNames(ctx, first, spots, pane) };
    ctx.save();
    ctx.textBaseline = "middle";
    for (const { id, x, y, placed, font, alpha } of this.named.placed) {
      if (!positions[id]) continue;
      ctx.save();
      ctx.translate(positions[id].x - x, positions[id].y - y);
      ctx.font = font;
      ctx.globalAlpha = alpha;
      drawPlaced(ctx, placed, { ink: this.ink, ground: this.ground });
      ctx.restore();
    }
    ctx.restore();
    this.frame.dataset.labels = this.named.placed.length;
  }

  /* whether names were placed a moment ago; then they are once more when nothing has moved for a moment */
  isPassing() {
    clearTimeout(this.settling);
    if (this.onScreen || performance.now() - this.named.at > PASSING) return false;
    this.settling = setTimeout(() => this.network?.redraw(), PASSING);
    return true;
  }

  /* the best connected and museums are named first; a name covers no other name, and no partner unless its own is
     selected or looked at (`first`); its own is the nearest. `spots`: id, x and y of whoever is drawn */
  placeNames(ctx, first, spots, { width, height, scale, corner }) {
    const large = Boolean(document.fullscreenElement) || width > 1000;
    const size = (large ? 19 : width < 520 ? 12.5 : 14) / scale;
    const far = this.network.DOMtoCanvas({ x: width - 4, y: height - 4 });
    const marks = new Map(spots.map(([id, x, y]) => [id, [x, y, this.about.get(id).radius]]));
    const shining = [...marks.keys()].filter((id) => !this.on || this.on.has(id));
    const order = [...new Set([...first, ...firstNamed(shining, (id) => this.isMuseum(id))])].slice(0, NAMES_TRIED);
    const places = new NamePlaces([corner.x, corner.y, far.x, far.y], marks);
    for (const id of new Set(first)) places.keepFree(id);
    ctx.save();
    const names = order.map((id, tried) => {
      const [name, spot, forced] = [this.names.get(id) ?? "", marks.get(id), first.includes(id)];
      const font = (ctx.font = `${forced ? 600 : 500} ${size}px ${this.face}`);
      const placed = placeName(ctx, places, id, spot, { name, size, gap: 4 / scale, forced, led: tried < PROMINENT });
      return { id, x: spot[0], y: spot[1], placed, font, alpha: !this.on || this.on.has(id) ? 1 : 0.25 };
    });
    ctx.restore();
    return names.filter(({ placed }) => placed);
  }

  isMuseum(id) {
    return this.about.get(id).kind.label === MUSEUM;
  }

  /* the card of the partner `node` or the tie `edge` under the pointer; null puts it away */
  hover(target) {
    if (target?.node && this.hovered?.node === target.node) return;
    this.hovered = target;
    const lines = !target ? [] : target.node ? this.words(target.node) : this.tieWords(target.edge);
    this.card.replaceChildren(...lines.map((text, at) => element(at ? "span" : "strong", {}, text)));
    this.card.hidden = !lines.length;
    this.network?.redraw();
  }

  tieWords(id) {
    const tie = this.ties.get(id) ?? this.endedTies.get(id);
    if (!tie || !this.names.has(tie.from)) return [];
    const [from, to] = [this.names.get(tie.from), this.names.get(tie.to)];
    const [ahead, back] = HEADS[tie.way ?? 0];
    const title = ahead === back ? `${from} ↔ ${to}` : ahead ? `${from} → ${to}` : `${to} → ${from}`;
    const [wave] = this.data.since ?? [];
    if (tie.over) return [title, `ended since ${wave}`];
    const { voice } = this.data;
    const strength = tie.level === null ? "strength not known" : TIES[voice][tie.level];
    const basisWords = tie.basis === WITHHELD ? [RESTS_ON[WITHHELD]] : [strength, RESTS_ON[tie.basis]];
    if (isSaidByOne(tie.way)) basisWords.push(`only ${ahead ? from : to} says that they work together`);
    if (this.data.tints[tie.tint]) basisWords.push(this.data.tints[tie.tint][0]);
    return [title, ...basisWords, ...(tie.fresh ? [`new since ${wave}`] : [])];
  }

  /* -- the legend ----------------------------------------------------------------------------------------------- */

  /* categories as switches with their numbers, and the shapes of the kinds where colour says something else */
  sketch({ cats, kinds, since, met, voice, tints, edges }) {
    for (const pair of this.root.querySelectorAll(".key [data-voice]"))
      pair.hidden = !pair.dataset.voice.split(" ").includes(voice);
    const legend = this.root.querySelector(".legend");
    const shapes = this.root.querySelector(".shapes");
    const focused = this.root.activeElement?.dataset?.cat;
    const byKind = cats.some((category) => kinds.some((kind) => kind.label === category.label));
    const pointsOf = ({ label }) => kinds.find((kind) => kind.label === label)?.points ?? (byKind ? [] : SQUARE);
    legend.replaceChildren(
      ...cats.map((category) => element("li", {}, this.legendSwitch(category, pointsOf(category)))),
    );
    if (focused) legend.querySelector(`[data-cat="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    for (const pair of this.root.querySelectorAll(".met")) pair.hidden = !met?.length;
    for (const pair of this.root.querySelectorAll(".arrows")) pair.hidden = !edges.some(([, , , , , way]) => way);
    this.root.querySelector(".tints").hidden = !tints.length;
    this.root
      .querySelector(".tints")
      .replaceChildren(
        ...tints.map(([label, light, dark]) =>
          element("li", {}, lineSwatch(this.dark ? dark : light), element("span", {}, cut(label, 48))),
        ),
      );
    const key = this.root.querySelector(".since");
    key.hidden = !since;
    for (const wave of since ? key.querySelectorAll("b") : []) [wave.textContent] = since;
    shapes.hidden = byKind || (!cats.length && !kinds.length);
    const rows = kinds.map(({ label, points, count }) =>
      element("li", {}, swatch(points, "currentColor"), element("span", {}, `${label} ${count}`)),
    );
    shapes.replaceChildren(...(shapes.hidden ? [] : rows));
  }

  legendSwitch(category, points) {
    const { id, label, count, on } = category;
    return element(
      "button",
      {
        type: "button",
        "data-cat": id,
        "aria-pressed": String(on),
        title: on ? `Hide: ${label}` : `Show: ${label}`,
        onclick: () => this.pick({ kind: "legend", id }),
      },
      swatch(points, this.dark ? category.dark : category.light),
      element("span", {}, cut(label, 36)),
      element("span", { class: "number" }, count),
    );
  }
}
