/* What is drawn on the canvas: shapes of the kinds, ties by strength, names that never cover each other. */
"use strict";

const NS = "http://www.w3.org/2000/svg";

function trace(ctx, points, x, y, r) {
  ctx.beginPath();
  if (!points.length) ctx.arc(x, y, r, 0, 2 * Math.PI);
  else {
    points.forEach(([px, py], i) => (i ? ctx.lineTo(x + px * r, y + py * r) : ctx.moveTo(x + px * r, y + py * r)));
    ctx.closePath();
  }
}

function svg(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function mark(kind) {
  const [, points, colour] = kind,
    made = svg("svg", { viewBox: "-1.2 -1.2 2.4 2.4", class: "mark", "aria-hidden": "true" });
  made.append(
    points.length
      ? svg("polygon", { points: points.map((p) => p.join(",")).join(" "), fill: colour })
      : svg("circle", { r: 1, fill: colour }),
  );
  return made;
}

function sample(colour, width, dashed) {
  const made = svg("svg", { viewBox: "0 0 34 10", class: "line", "aria-hidden": "true" });
  made.append(
    svg("line", {
      x1: 1,
      x2: 33,
      y1: 5,
      y2: 5,
      stroke: colour,
      "stroke-width": width,
      ...(dashed ? { "stroke-dasharray": "5 4" } : {}),
    }),
  );
  return made;
}

/* one partner; faint where something else is in focus */
function drawPartner(ctx, map, at, x, y) {
  const [, , kind, , , r] = map.data.nodes[at];
  ctx.save();
  ctx.globalAlpha = !map.lit || map.lit.has(at) ? 1 : 0.14;
  if (map.chosen === at) {
    ctx.beginPath();
    ctx.arc(x, y, r * 1.25 + 6, 0, 2 * Math.PI);
    ctx.strokeStyle = map.ink;
    ctx.lineWidth = 3;
    ctx.stroke();
  }
  trace(ctx, map.data.kinds[kind][1], x, y, r);
  ctx.fillStyle = map.data.kinds[kind][2];
  ctx.strokeStyle = map.paper;
  ctx.lineWidth = 2;
  ctx.lineJoin = "round";
  ctx.fill();
  ctx.stroke();
  ctx.restore();
}

/* names, the best connected first; a name never covers another name or partner unless it is in focus */
function drawNames(ctx, map) {
  const scale = map.network.getScale(),
    width = map.canvas.clientWidth,
    size = (width < 520 ? 12 : 14) / scale,
    gap = 4 / scale;
  const corner = map.network.DOMtoCanvas({ x: 4, y: 4 }),
    far = map.network.DOMtoCanvas({ x: width - 4, y: map.canvas.clientHeight - 4 });
  const shown = map.order.filter((at) => map.seen(at));
  const near = shown.filter((at) => {
    const [, , , x, y] = map.data.nodes[at];
    return x > corner.x && x < far.x && y > corner.y && y < far.y;
  });
  const boxes = near.map((at) => {
    const [, , , x, y, r] = map.data.nodes[at];
    return [x - r, y - r, x + r, y + r, at];
  });
  const first = map.chosen === null ? [] : [map.chosen];
  const order = [...new Set([...first, ...(map.lit ? near.filter((at) => map.lit.has(at)) : near)])].slice(0, 300);
  const taken = [],
    meets = (b, t) => b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1];
  let drawn = 0;
  ctx.save();
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const at of order) {
    const [, name, , x, y, r] = map.data.nodes[at],
      forced = first.includes(at);
    const text = name.length > 34 && !forced ? name.slice(0, 33).trimEnd() + "…" : name.slice(0, 90);
    ctx.font = `${forced ? 650 : 500} ${size}px ${map.face}`;
    const w = ctx.measureText(text).width,
      h = size * 1.25;
    const places = [
      [x - w / 2, y + r + gap],
      [x + r + gap, y - h / 2],
      [x - r - gap - w, y - h / 2],
      [x - w / 2, y - r - gap - h],
    ].map((p) => [...p, p[0] + w, p[1] + h]);
    const fits = (b) =>
      b[0] >= corner.x && b[1] >= corner.y && b[2] <= far.x && b[3] <= far.y && !taken.some((t) => meets(b, t));
    const place =
      places.find((b) => fits(b) && !boxes.some((t) => t[4] !== at && meets(b, t))) ??
      (forced || drawn < (map.lit || near.length > 300 ? 12 : 0)
        ? (places.find(fits) ?? (forced ? places[0] : null))
        : null);
    if (!place) continue;
    taken.push(place);
    ctx.strokeStyle = map.paper;
    ctx.lineWidth = 3.5 / scale;
    ctx.strokeText(text, place[0], place[1] + h / 2);
    ctx.fillStyle = map.ink;
    ctx.fillText(text, place[0], place[1] + h / 2);
    drawn += 1;
  }
  ctx.restore();
  map.frame.dataset.names = drawn;
}
