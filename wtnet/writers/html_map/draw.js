/* What is drawn on the canvas of the offline map: shapes of the kinds, and names that never cover each other. */

import { svg } from "../../draw/js/dom.js";
import { MUSEUM, NamePlaces, drawPlaced, firstNamed, placeName, rimmed } from "../../draw/js/labels.js";
import { dashArray, trace } from "../../draw/js/style.js";

const NAMES = 300; // so many partners at most are looked at for a name
const PROMINENT = 24; // so many names may stand further away, with a line

/** A short line as a tie is drawn, by what it rests on. */
export const sample = (colour, width, basis = 0, arrow = false) =>
  svg(
    "svg",
    { viewBox: "0 0 34 10", class: "line", "aria-hidden": "true" },
    svg("line", {
      x1: 1,
      x2: 33,
      y1: 5,
      y2: 5,
      stroke: colour,
      "stroke-width": width,
      "stroke-dasharray": dashArray(basis),
    }),
    arrow ? svg("polygon", { points: "34,5 25,1 25,9", fill: colour }) : null,
  );

/** One partner; faint where something else is in focus. */
export function drawPartner(ctx, map, at, x, y) {
  const { kind, radius } = map.nodes[at];
  ctx.save();
  ctx.globalAlpha = !map.lit || map.lit.has(at) ? 1 : 0.14;
  if (map.chosen === at) {
    ctx.beginPath();
    ctx.arc(x, y, radius * 1.25 + 6, 0, 2 * Math.PI);
    ctx.strokeStyle = map.ink;
    ctx.lineWidth = 3;
    ctx.stroke();
  }
  trace(ctx, kind.points, x, y, radius);
  ctx.fillStyle = kind.colour;
  ctx.strokeStyle = map.paper;
  ctx.lineWidth = 2;
  ctx.lineJoin = "round";
  ctx.fill();
  ctx.stroke();
  ctx.restore();
}

/** Names, the best connected and museums first; none covers another name, nor a partner unless it is in focus. */
export function drawNames(ctx, map) {
  const { clientWidth: width, clientHeight: height } = map.canvas;
  const scale = map.network.getScale();
  const size = (width < 520 ? 12 : 14) / scale;
  const corner = map.network.DOMtoCanvas({ x: 4, y: 4 });
  const far = map.network.DOMtoCanvas({ x: width - 4, y: height - 4 });
  const inView = ({ x, y }) => x > corner.x && x < far.x && y > corner.y && y < far.y;
  const spot = (at) => [map.nodes[at].x, map.nodes[at].y, map.nodes[at].radius];
  const near = map.order.filter((at) => map.isShown(at) && inView(map.nodes[at]));
  const first = map.chosen === null ? [] : [map.chosen];
  const named = firstNamed(near, (at) => map.nodes[at].kind.label === MUSEUM);
  const order = [...new Set([...first, ...(map.lit ? named.filter((at) => map.lit.has(at)) : named)])].slice(0, NAMES);
  const places = new NamePlaces([corner.x, corner.y, far.x, far.y], new Map(near.map((at) => [at, spot(at)])));
  places.keepClear(map.buttons());
  const look = { size, gap: 4 / scale };
  let [count, tried] = [0, 0];
  ctx.save();
  ctx.textBaseline = "middle";
  for (const at of order) {
    const forced = first.includes(at);
    ctx.font = `${forced ? 650 : 500} ${size}px ${map.face}`;
    const { name } = map.nodes[at];
    const placed = placeName(ctx, places, at, spot(at), { ...look, name, forced, led: tried < PROMINENT });
    if (placed) drawPlaced(ctx, placed, { ink: map.ink, ground: map.paper });
    count += Boolean(placed);
    tried += 1;
  }
  map.frame.dataset.numbers = map.byKind ? drawNumbers(ctx, map, places, size) : 0;
  ctx.restore();
  map.frame.dataset.names = count;
}

/* the numbers of kinds on their ties, the strongest first, where there is room; of the chosen partner's alone where one
   is chosen; how many there are */
function drawNumbers(ctx, map, places, size) {
  let drawn = 0;
  ctx.font = `700 ${size}px ${map.face}`;
  const ties = map.ties().filter(({ source, target }) => !map.lit || [source, target].includes(map.chosen));
  for (const { source, target, tint } of ties.sort((a, b) => b.width - a.width)) {
    const { number } = map.tints[tint] ?? {};
    const [from, to] = [map.nodes[source], map.nodes[target]];
    const half = ctx.measureText(number ?? "").width / 2;
    const spots = [0.5, 0.6, 0.4, 0.7, 0.3].map((share) => [
      from.x + (to.x - from.x) * share,
      from.y + (to.y - from.y) * share,
    ]);
    const free = ([x, y]) => places.take([x - half, y - size / 2, x + half, y + size / 2]);
    const spot = number ? spots.find(free) : null;
    if (!spot) continue;
    rimmed(ctx, number, spot[0] - half, spot[1], { ink: map.ink, ground: map.paper, rim: size / 4 });
    drawn += 1;
  }
  return drawn;
}
