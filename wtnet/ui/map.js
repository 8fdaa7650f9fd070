/* The live map: vis-network mounted once, then told only the differences. Names are data: they are drawn on the
   canvas or set as text, never as markup. Python sends `data` (see wtnet/draw/map.py, message); a click goes back as
   the trigger "pick". What is selected and lit arrives apart, through window.wtnetMaps[key].spot, so that a click does
   not send the whole map again. */

function trace(ctx, points, x, y, r) {
  ctx.beginPath();
  if (!points.length) ctx.arc(x, y, r, 0, 2 * Math.PI);
  else {
    points.forEach(([px, py], i) => (i ? ctx.lineTo(x + px * r, y + py * r) : ctx.moveTo(x + px * r, y + py * r)));
    ctx.closePath();
  }
}

function swatch(points, colour) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "-1.3 -1.3 2.6 2.6");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(NS, points.length ? "polygon" : "circle");
  if (points.length) shape.setAttribute("points", points.map((p) => p.join(",")).join(" "));
  else shape.setAttribute("r", "1");
  shape.setAttribute("fill", colour);
  svg.append(shape);
  return svg;
}

class LiveMap {
  constructor(root, vis) {
    this.vis = vis;
    this.root = root;
    this.frame = root.querySelector(".map");
    this.canvas = root.querySelector(".canvas");
    this.card = root.querySelector(".card");
    this.legend = root.querySelector(".legend");
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.spotted = { selected: null, lit: null };
    this.hovered = null;
    this.asleep = true;
    this.wire();
  }

  wire() {
    const by = (name) => this.root.querySelector(`[data-do="${name}"]`);
    by("in").onclick = () => this.zoom(1.3);
    by("out").onclick = () => this.zoom(1 / 1.3);
    by("fit").onclick = () => this.fit();
    // the page scrolls over the map until the map has been clicked
    this.canvas.addEventListener("wheel", (e) => this.asleep && !e.ctrlKey && e.stopPropagation(), { capture: true });
    this.canvas.addEventListener("pointerdown", () => (this.asleep = false), { capture: true });
    this.frame.addEventListener("pointerleave", () => { this.asleep = true; this.hover(null); });
    this.clock = setInterval(() => this.theme(), 700);
  }

  theme() {
    const style = getComputedStyle(this.frame);
    const ground = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    if (ground === this.ground) return;
    this.ground = ground;
    const rgb = ground.startsWith("#") ? [1, 3, 5].map((i) => parseInt(ground.slice(i, i + 2), 16)) : ground.match(/\d+/g).map(Number);
    this.dark = rgb[0] + rgb[1] + rgb[2] < 380;
    this.ink = style.getPropertyValue("--st-text-color").trim() || (this.dark ? "#fff" : "#000");
    this.face = style.getPropertyValue("--st-font").trim() || "sans-serif";
    this.paint();
  }

  show(data, pick) {
    this.pick = pick;
    this.data = data;
    const ids = data.nodes.map((n) => n[0]);
    this.names = new Map(data.nodes.map((n) => [n[0], n[1]]));
    this.kind = new Map(data.nodes.map((n) => [n[0], data.kinds[n[2]]]));
    this.radius = new Map(data.nodes.map((n) => [n[0], n[5]]));
    this.ties = new Map();
    const degree = new Map(ids.map((id) => [id, 0]));
    for (const [a, b, width, level, dashed] of data.edges) {
      const tie = { id: JSON.stringify([ids[a], ids[b]]), from: ids[a], to: ids[b], width, level, dashed };
      this.ties.set(tie.id, tie);
      degree.set(tie.from, degree.get(tie.from) + 1);
      degree.set(tie.to, degree.get(tie.to) + 1);
    }
    this.degree = degree;
    this.order = [...data.nodes].sort((a, b) => b[5] - a[5] || degree.get(b[0]) - degree.get(a[0])).map((n) => n[0]);
    this.theme();
    this.sync(this.nodes, data.nodes.map((n) => ({ id: n[0], x: n[3], y: n[4], size: n[5], shape: "custom", ctxRenderer: this.renderer })));
    this.paint();
    if (!this.network) this.mount(data.options);
    this.sketch(data);
    this.frame.dataset.partners = ids.length;
    this.frame.dataset.ties = data.edges.length;
    this.network.redraw();
  }

  get renderer() {
    return ({ ctx, id, x, y }) => {
      const r = this.radius.get(id) ?? 8;
      return { drawNode: () => this.node(ctx, id, x, y, r), nodeDimensions: { width: 2 * r + 6, height: 2 * r + 6 } };
    };
  }

  sync(set, rows) {
    const keep = new Set(rows.map((row) => row.id));
    set.remove(set.getIds().filter((id) => !keep.has(id)));
    set.update(rows);
  }

  mount(options) {
    this.network = new this.vis.Network(this.canvas, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("afterDrawing", (ctx) => this.labels(ctx));
    this.network.on("click", (e) => this.clicked(e));
    this.network.on("hoverNode", (e) => this.hover({ node: e.node }));
    this.network.on("blurNode", () => this.hover(null));
    this.network.on("hoverEdge", (e) => this.hover({ edge: e.edge }));
    this.network.on("blurEdge", () => this.hover(null));
    this.fit(false);
    this.resized = new ResizeObserver(() => { this.network.redraw(); if (!this.touched) this.fit(false); });
    this.resized.observe(this.canvas);
    this.network.on("zoom", () => (this.touched = true));
    this.network.on("dragEnd", () => (this.touched = true));
    this.frame.dataset.drawn = "true";
  }

  fit(moving = true) {
    const box = this.data.nodes.reduce((b, n) => [Math.min(b[0], n[3] - n[5]), Math.min(b[1], n[4] - n[5]), Math.max(b[2], n[3] + n[5]), Math.max(b[3], n[4] + n[5])], [Infinity, Infinity, -Infinity, -Infinity]);
    const w = this.canvas.clientWidth, h = this.canvas.clientHeight, room = w < 520 ? 44 : 84; // left and right, for names
    const scale = Math.min((w - 2 * room) / Math.max(1, box[2] - box[0]), (h - 2 * 30) / Math.max(1, box[3] - box[1]), 2.2);
    const position = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
    this.network.moveTo({ position, scale, animation: moving && !calm() ? { duration: 300 } : false });
    this.touched = false;
  }

  zoom(by) {
    this.touched = true;
    this.network.moveTo({ scale: this.network.getScale() * by, animation: calm() ? false : { duration: 200 } });
  }

  /* -- selection ------------------------------------------------------------------------------------------------ */

  clicked(e) {
    const node = this.network.getNodeAt(e.pointer.DOM), edge = node === undefined ? this.network.getEdgeAt(e.pointer.DOM) : undefined;
    this.network.unselectAll();
    const tie = edge !== undefined ? this.ties.get(edge) : null;
    const picked = node !== undefined ? { kind: "partner", id: node } : tie ? { kind: "tie", id: tie.from, other: tie.to } : { kind: "none" };
    if (picked.kind === "none" && !this.spotted.selected && !this.spotted.lit) return;
    this.spot({ selected: picked.kind === "none" ? null : picked, lit: null });
    this.pick(picked);
  }

  /* selected: {kind, id, other} or null; lit: ids to light, or null for the neighbours of what is selected */
  spot({ selected, lit, go }) {
    this.spotted = { selected, lit };
    let on = lit ? new Set(lit) : null;
    if (!on && selected?.kind === "partner") {
      on = new Set([selected.id]);
      for (const tie of this.ties.values()) if (tie.from === selected.id || tie.to === selected.id) { on.add(tie.from); on.add(tie.to); }
    } else if (!on && selected?.kind === "tie") on = new Set([selected.id, selected.other]);
    this.on = on && [...on].some((id) => this.names.has(id)) ? on : null;
    this.frame.dataset.selected = selected ? [selected.kind, selected.id, selected.other].filter(Boolean).join(":") : "";
    this.frame.dataset.lit = this.on ? this.on.size : "";
    this.paint();
    if (go && this.names.has(go)) this.network.moveTo({ position: this.network.getPosition(go), animation: calm() ? false : { duration: 300 } });
    this.network?.redraw();
  }

  lights(tie) {
    const { selected, lit } = this.spotted;
    if (!this.on) return true;
    if (lit) return this.on.has(tie.from) && this.on.has(tie.to);
    if (selected?.kind === "tie") return (tie.from === selected.id && tie.to === selected.other) || (tie.from === selected.other && tie.to === selected.id);
    return tie.from === selected?.id || tie.to === selected?.id;
  }

  paint() {
    if (!this.ties || !this.ground) return;
    const ramp = this.data.ramp[this.dark ? "dark" : "light"];
    this.sync(this.edges, [...this.ties.values()].map((tie) => ({
      id: tie.id, from: tie.from, to: tie.to, width: tie.width, dashes: tie.dashed ? [5, 5] : false, hidden: false,
      color: { color: ramp[tie.level ?? 0], opacity: this.lights(tie) ? (this.on ? 0.95 : 0.34 + 0.12 * (tie.level ?? 0)) : 0.07, inherit: false },
    })));
    this.network?.redraw();
  }

  /* -- drawing -------------------------------------------------------------------------------------------------- */

  node(ctx, id, x, y, r) {
    const kind = this.kind.get(id);
    if (!kind) return;
    const { selected } = this.spotted;
    const chosen = selected && (selected.id === id || selected.other === id);
    ctx.save();
    ctx.globalAlpha = !this.on || this.on.has(id) ? 1 : 0.16;
    ctx.lineJoin = "round";
    if (chosen || this.hovered?.node === id) {
      ctx.beginPath();
      ctx.arc(x, y, r * 1.25 + 6, 0, 2 * Math.PI);
      ctx.strokeStyle = this.ink;
      ctx.lineWidth = chosen ? 3 : 1.5;
      ctx.stroke();
    }
    trace(ctx, kind[2], x, y, r);
    ctx.fillStyle = kind[1];
    ctx.strokeStyle = this.ground;
    ctx.lineWidth = 2;
    ctx.fill();
    ctx.stroke();
    ctx.restore();
  }

  labels(ctx) {
    const scale = this.network.getScale(), size = this.canvas.clientWidth < 520 ? 12 : 13.5, px = size / scale;
    const corner = this.network.DOMtoCanvas({ x: 4, y: 4 }), far = this.network.DOMtoCanvas({ x: this.canvas.clientWidth - 4, y: this.canvas.clientHeight - 4 });
    const inside = ([x, y], w, h) => x >= corner.x && y >= corner.y && x + w <= far.x && y + h <= far.y;
    const taken = [], spots = this.network.getPositions(this.order), { selected } = this.spotted;
    const first = [selected?.id, selected?.other, this.hovered?.node].filter((id) => id && spots[id]);
    const order = [...new Set([...first, ...(this.on ? this.order.filter((id) => this.on.has(id)) : this.order)])].slice(0, 260);
    const boxes = this.order.map((id) => { const p = spots[id], r = this.radius.get(id); return [p.x - r, p.y - r, p.x + r, p.y + r, id]; });
    for (const b of boxes) if (first.includes(b[4])) taken.push([...b.slice(0, 4), b[4]]);
    const meets = (b, t) => b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1];
    const covers = (b, own) => boxes.reduce((n, t) => n + (t[4] !== own && meets(b, t)), 0);
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    let drawn = 0;
    for (const id of order) {
      const forced = first.includes(id);
      const name = this.names.get(id) ?? "";
      const text = name.length > 30 && !forced ? name.slice(0, 29).trimEnd() + "…" : name.slice(0, 90);
      ctx.font = `${forced ? 600 : 500} ${px}px ${this.face}`;
      const p = spots[id], r = this.radius.get(id), w = ctx.measureText(text).width, h = px * 1.25, gap = 4 / scale;
      const places = [[p.x - w / 2, p.y + r + gap], [p.x + r + gap, p.y - h / 2], [p.x - r - gap - w, p.y - h / 2], [p.x - w / 2, p.y - r - gap - h]];
      // a name never covers another name; only the most important ones may cover a partner
      const free = places.map((at) => [...at, at[0] + w, at[1] + h]).filter((b) => inside(b, w, h) && !taken.some((t) => t[4] !== id && meets(b, t)));
      let place = free.find((b) => !covers(b, id));
      if (!place && (forced || drawn < 12)) place = free.sort((a, b) => covers(a, id) - covers(b, id)).find((b) => forced || covers(b, id) < 3);
      if (!place && forced) place = places[0];
      if (!place) continue;
      taken.push([place[0], place[1], place[0] + w, place[1] + h]);
      ctx.globalAlpha = !this.on || this.on.has(id) ? 1 : 0.25;
      ctx.strokeStyle = this.ground;
      ctx.lineWidth = 3.5 / scale;
      ctx.strokeText(text, place[0], place[1] + h / 2);
      ctx.fillStyle = this.ink;
      ctx.fillText(text, place[0], place[1] + h / 2);
      drawn += 1;
    }
    ctx.restore();
    this.frame.dataset.labels = drawn;
  }

  hover(what) {
    if (what?.node && this.hovered?.node === what.node) return;
    this.hovered = what;
    this.card.replaceChildren();
    this.card.hidden = !what;
    if (what) {
      const line = (text, strong) => { const el = document.createElement(strong ? "strong" : "span"); el.textContent = text; this.card.append(el); };
      if (what.node) {
        const n = this.degree.get(what.node) ?? 0;
        line(this.names.get(what.node) ?? "", true);
        line(this.kind.get(what.node)?.[0] ?? "");
        line(n === 1 ? "works with 1 partner here" : `works with ${n} partners here`);
      } else {
        const tie = this.ties.get(what.edge);
        if (!tie) return void (this.card.hidden = true);
        line(`${this.names.get(tie.from)} ↔ ${this.names.get(tie.to)}`, true);
        line(tie.level === null ? "strength not known" : ["a slight tie", "a light tie", "a working tie", "a strong tie", "a very strong tie"][tie.level]);
        line(tie.dashed ? "rated by one side only, or by nobody" : "rated by both sides");
      }
    }
    this.network?.redraw();
  }

  sketch(data) {
    this.legend.replaceChildren();
    const count = new Map();
    for (const n of data.nodes) count.set(n[2], (count.get(n[2]) ?? 0) + 1);
    data.kinds.forEach(([label, colour, points], i) => {
      const item = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = `${label} ${count.get(i) ?? 0}`;
      item.append(swatch(points, colour), words);
      this.legend.append(item);
    });
  }

  where(id) {
    const p = this.network.canvasToDOM(this.network.getPosition(id)), box = this.canvas.getBoundingClientRect();
    return { x: box.left + p.x, y: box.top + p.y };
  }

  gone() {
    clearInterval(this.clock);
    this.resized?.disconnect();
    this.network?.destroy();
  }
}

const waiting = new WeakMap();

function showMap({ data, parentElement, setTriggerValue }) {
  const root = dressed(parentElement, "map");
  window.wtnetMaps ??= {};
  window.wtnetSpots ??= {};
  waiting.set(root, data);
  const pick = (what) => setTriggerValue("pick", what);
  const draw = () => {
    let map = window.wtnetMaps[data.key];
    if (!map || map.root !== root) {
      map?.gone();
      map = window.wtnetMaps[data.key] = new LiveMap(root, window.vis);
    }
    map.show(waiting.get(root), pick);
    map.spot(window.wtnetSpots[data.key] ?? { selected: null, lit: null });
  };
  let timer = null;
  if (window.vis?.Network) draw();
  else timer = setInterval(() => { if (window.vis?.Network) { clearInterval(timer); draw(); } }, 30);
  return () => {
    clearInterval(timer);
    const map = window.wtnetMaps[data.key];
    if (map?.root === root) { map.gone(); delete window.wtnetMaps[data.key]; }
  };
}
