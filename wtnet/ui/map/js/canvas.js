/* The wide map: the live map for thousands of partners. Selection, keyboard, legend and hover card are the live map's own;
   only what is drawn, and how, is different: a plain canvas instead of vis-network, ties in batches of few, and while the map
   is moved the last picture is moved with it. Measured in tests/benchmarks/large.py. */

const BATCH = 16,
  TEXTS = 34;

/* a canvas that can be moved and zoomed; stands where vis-network stands in the live map */
class Plane {
  constructor(holder, map) {
    this.map = map;
    this.holder = holder;
    this.canvas = document.createElement("canvas");
    this.still = document.createElement("canvas"); // the last picture in full, and where it was looked at from
    Object.assign(this.canvas.style, {
      position: "absolute",
      inset: 0,
      width: "100%",
      height: "100%",
      touchAction: "pan-y",
    });
    holder.append(this.canvas);
    Object.assign(this, { k: 1, x: 0, y: 0, cost: 0, stale: true, fingers: new Map() }); // on screen = layout · k + (x, y)
    const on = (name, act) => this.canvas.addEventListener(name, act);
    on("pointerdown", (e) => this.down(e));
    on("pointermove", (e) => this.move(e));
    on("pointerup", (e) => this.up(e));
    on("pointercancel", (e) => this.fingers.delete(e.pointerId));
    on("wheel", (e) => {
      e.preventDefault();
      this.around(this.spot(e), Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0016)));
    });
    on("dblclick", (e) => this.around(this.spot(e), 1.8));
  }

  /* -- what the live map asks of vis-network ------------------------------------------------------------------------- */

  getScale() {
    return this.k;
  }
  canvasToDOM({ x, y }) {
    return { x: x * this.k + this.x, y: y * this.k + this.y };
  }
  DOMtoCanvas({ x, y }) {
    return { x: (x - this.x) / this.k, y: (y - this.y) / this.k };
  }
  getPosition(id) {
    const n = this.map.about.get(id);
    return { x: n[3], y: n[4] * this.map.lift };
  }
  getPositions(ids = this.map.names.keys()) {
    return Object.fromEntries([...ids].map((id) => [id, this.getPosition(id)]));
  }
  getNodeAt(p) {
    return this.map.nodeAt(p);
  }
  getEdgeAt(p) {
    return this.map.tieAt(p);
  }
  unselectAll() {}
  setOptions() {}

  moveTo({ position, scale = this.k }) {
    const at = position ?? this.DOMtoCanvas({ x: this.holder.clientWidth / 2, y: this.holder.clientHeight / 2 });
    this.k = Math.max(0.004, Math.min(4, scale));
    this.x = this.holder.clientWidth / 2 - at.x * this.k;
    this.y = this.holder.clientHeight / 2 - at.y * this.k;
    this.redraw();
  }

  redraw() {
    this.stale = true;
    this.ask();
  }

  destroy() {
    cancelAnimationFrame(this.asked);
    clearTimeout(this.later);
    this.canvas.remove();
  }

  /* -- hands --------------------------------------------------------------------------------------------------------- */

  spot(e) {
    const box = this.canvas.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  }

  down(e) {
    this.canvas.style.touchAction = "none"; // once touched, fingers move the map and no longer the page
    this.canvas.setPointerCapture(e.pointerId);
    this.fingers.set(e.pointerId, this.spot(e));
    this.began = this.fingers.size === 1 ? this.spot(e) : null;
    this.holder.focus({ preventScroll: true });
  }

  move(e) {
    const now = this.spot(e),
      was = this.fingers.get(e.pointerId);
    if (!was) return this.map.over(now);
    const other = [...this.fingers].find(([id]) => id !== e.pointerId)?.[1];
    if (this.began && Math.hypot(now.x - this.began.x, now.y - this.began.y) > 4) this.began = null;
    this.fingers.set(e.pointerId, now);
    if (other)
      this.around(
        other,
        Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(was.x - other.x, was.y - other.y)),
      );
    else if (!this.began) this.shift(now.x - was.x, now.y - was.y);
  }

  up(e) {
    const click = this.began && this.fingers.size === 1;
    this.fingers.delete(e.pointerId);
    if (click) this.map.clicked({ pointer: { DOM: this.spot(e) }, event: { srcEvent: e } });
  }

  shift(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.moved();
  }

  around(p, by) {
    const k = Math.max(0.004, Math.min(4, this.k * by)),
      real = k / this.k;
    Object.assign(this, { x: p.x - (p.x - this.x) * real, y: p.y - (p.y - this.y) * real, k });
    this.moved();
  }

  /* a picture that takes long is not made again for each step of a movement, but when the hand rests, and now and then */
  moved() {
    this.map.touched = true;
    this.map.follow?.();
    if (this.cost < 24) return this.redraw();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.redraw(), performance.now() - this.made > 6 * this.cost ? 0 : 140);
    this.ask();
  }

  /* -- frames -------------------------------------------------------------------------------------------------------- */

  ask() {
    if (!this.asked)
      this.asked = requestAnimationFrame(() => {
        this.asked = 0;
        this.frame();
      });
  }

  frame() {
    const w = this.holder.clientWidth,
      h = this.holder.clientHeight,
      dense = Math.min(2, window.devicePixelRatio || 1);
    if (!w || !h) return;
    for (const c of [this.canvas, this.still])
      if (c.width !== Math.round(w * dense) || c.height !== Math.round(h * dense)) {
        c.width = Math.round(w * dense);
        c.height = Math.round(h * dense);
        this.stale = true;
      }
    if (this.stale) {
      const start = performance.now(),
        ctx = this.still.getContext("2d");
      ctx.setTransform(dense, 0, 0, dense, 0, 0);
      ctx.clearRect(0, 0, w, h);
      this.map.picture(ctx, w, h);
      this.seen = { k: this.k, x: this.x, y: this.y };
      this.stale = false;
      this.made = performance.now();
      this.cost = this.made - start;
      this.map.frame.dataset.cost = this.cost.toFixed(1);
    }
    const ctx = this.canvas.getContext("2d"),
      by = this.k / this.seen.k;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.setTransform(by, 0, 0, by, (this.x - this.seen.x * by) * dense, (this.y - this.seen.y * by) * dense);
    ctx.drawImage(this.still, 0, 0);
    ctx.setTransform(dense, 0, 0, dense, 0, 0);
    this.map.above(ctx, w, h);
  }
}

class WideMap extends LiveMap {
  constructor(root) {
    super(root, { DataSet: class {} });
  }

  sync() {}

  read(edges) {
    const ties = super.read(edges),
      at = new Map(this.data.nodes.map((n, i) => [n[0], i])),
      list = [...ties.values()];
    list.sort((a, b) => (a.level ?? 0) - (b.level ?? 0) || a.width - b.width); // the strong are drawn over the weak
    this.list = list;
    this.from = Int32Array.from(list, (tie) => at.get(tie.from));
    this.to = Int32Array.from(list, (tie) => at.get(tie.to));
    this.at = at;
    this.sx = new Float32Array(this.data.nodes.length);
    this.sy = new Float32Array(this.data.nodes.length);
    return ties;
  }

  become(ties) {
    this.ties = ties;
    this.rank = this.order.map((id) => this.at.get(id));
    // drawn a kind and colour at a time, but a few hundred partners after another, so that no kind lies over all others
    const groups = new Map();
    [...this.rank].reverse().forEach((i, at) => {
      const n = this.data.nodes[i],
        key = `${Math.floor(at / 1200)}|${n[2]}|${n[6]}`;
      groups.has(key) ? groups.get(key).push(i) : groups.set(key, [i]);
    });
    this.groups = [...groups.values()];
    this.paint();
  }

  mount() {
    this.network = new Plane(this.canvas, this);
    this.fit(false);
    this.resized = new ResizeObserver(() => {
      this.network.redraw();
      if (!this.touched) this.fit(false, true);
    });
    this.resized.observe(this.canvas);
    this.frame.dataset.drawn = "true";
  }

  /* which partners and ties shine: worked out when the selection changes, not at every picture */
  paint() {
    if (!this.ground || !this.data || !this.at) return;
    this.bright = this.on && Uint8Array.from(this.data.nodes, (n) => this.on.has(n[0]));
    this.lines = this.on ? this.list.flatMap((tie, i) => (this.lights(tie) ? [i] : [])) : [];
    this.network?.redraw();
  }

  radius(n, shining) {
    return Math.max(n[5] * this.network.k, (shining ? 3 : 1.5) + 2.6 * Math.max(0, (n[5] - 9) / 15));
  }

  /* -- what is where ------------------------------------------------------------------------------------------------- */

  nodeAt(p) {
    let best,
      least = Infinity;
    for (let i = 0; i < this.sx.length; i += 1) {
      const d = Math.hypot(this.sx[i] - p.x, this.sy[i] - p.y) - (this.bright?.[i] ? 4 : 0),
        n = this.data.nodes[i];
      if (d < least && d < Math.max(7, this.radius(n) + 3)) [best, least] = [n[0], d];
    }
    return best;
  }

  /* ties can be hit where they can be told apart: those that shine, or any once few are in view */
  tieAt(p) {
    let best,
      least = 5;
    const near = (i) => {
      const ax = this.sx[this.from[i]],
        ay = this.sy[this.from[i]],
        bx = this.sx[this.to[i]] - ax,
        by = this.sy[this.to[i]] - ay;
      const t = Math.max(0, Math.min(1, ((p.x - ax) * bx + (p.y - ay) * by) / (bx * bx + by * by || 1)));
      const d = Math.hypot(p.x - ax - t * bx, p.y - ay - t * by);
      if (d < least) [best, least] = [this.list[i].id, d];
    };
    if (this.on) this.lines.forEach(near);
    else if (this.inView < 600) for (let i = 0; i < this.list.length; i += 1) near(i);
    return best;
  }

  over(p) {
    const node = this.nodeAt(p),
      edge = node === undefined ? this.tieAt(p) : undefined;
    this.canvas.style.cursor = node === undefined && edge === undefined ? "" : "pointer";
    if (node !== undefined) this.hover({ node });
    else if (edge === undefined ? this.hovered : this.hovered?.edge !== edge)
      this.hover(edge === undefined ? null : { edge });
  }

  hover(what) {
    const was = this.network?.stale;
    super.hover(what);
    if (this.network) this.network.stale = was; // the ring and the name are drawn above the picture
  }

  stand(id) {
    super.stand(id);
    if (id !== undefined) this.network.ask();
  }

  /* -- drawing ------------------------------------------------------------------------------------------------------- */

  picture(ctx, w, h) {
    const { k, x, y } = this.network,
      nodes = this.data.nodes;
    for (let i = 0; i < nodes.length; i += 1) {
      this.sx[i] = nodes[i][3] * k + x;
      this.sy[i] = nodes[i][4] * this.lift * k + y;
    }
    const within = (i) => {
      const a = this.from[i],
        b = this.to[i],
        { sx, sy } = this;
      return !(
        (sx[a] < 0 && sx[b] < 0) ||
        (sx[a] > w && sx[b] > w) ||
        (sy[a] < 0 && sy[b] < 0) ||
        (sy[a] > h && sy[b] > h)
      );
    };
    const seen = [];
    for (let i = 0; i < this.list.length; i += 1) if (within(i)) seen.push(i);
    this.inView = seen.length;
    this.strokes(ctx, seen, Math.min(0.55, Math.max(0.07, 14 / Math.sqrt(seen.length))) * (this.on ? 0.18 : 1));
    if (this.on) this.strokes(ctx, this.lines.filter(within), 0.9);
    if (this.bright) this.marks(ctx, w, h, 0, 0.2);
    this.marks(ctx, w, h, 1, 1);
    this.texts(ctx, w, h);
  }

  strokes(ctx, ties, alpha) {
    const ramp = this.data.ramp[this.dark ? "dark" : "light"],
      { k } = this.network;
    ctx.save();
    ctx.globalAlpha = alpha;
    for (let start = 0; start < ties.length;) {
      const first = this.list[ties[start]],
        dashed = first.dashed && ties.length < 2500;
      ctx.strokeStyle = ramp[first.level ?? 0];
      ctx.lineWidth = Math.max(0.7, first.width * k);
      ctx.setLineDash(dashed ? [5, 4] : []);
      ctx.beginPath();
      let end = start;
      for (; end < ties.length && end < start + BATCH; end += 1) {
        const tie = this.list[ties[end]];
        if (
          tie.width !== first.width ||
          tie.level !== first.level ||
          (dashed && !tie.dashed) ||
          (!dashed && tie.dashed && ties.length < 2500)
        )
          break;
        ctx.moveTo(this.sx[this.from[ties[end]]], this.sy[this.from[ties[end]]]);
        ctx.lineTo(this.sx[this.to[ties[end]]], this.sy[this.to[ties[end]]]);
      }
      ctx.stroke();
      start = end;
    }
    ctx.restore();
  }

  /* partners, a batch per kind and colour; `shining` 1: those that shine (or all), 0: the others */
  marks(ctx, w, h, shining, alpha) {
    const nodes = this.data.nodes;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = this.ground;
    ctx.lineWidth = 1;
    for (const group of this.groups) {
      const [, , kind, , , , cat] = nodes[group[0]],
        points = this.data.kinds[kind][1],
        colour = this.data.cats[cat];
      ctx.fillStyle = colour ? colour[this.dark ? 3 : 2] : "#6B7A90";
      let held = 0,
        ringed = false;
      const spill = () => {
        if (held) {
          ctx.fill();
          if (ringed) ctx.stroke();
        }
        held = 0;
        ringed = false;
      };
      for (const i of group) {
        const px = this.sx[i],
          py = this.sy[i];
        if (px < -30 || py < -30 || px > w + 30 || py > h + 30 || (this.bright ? this.bright[i] !== shining : !shining))
          continue;
        if (!held) ctx.beginPath();
        const r = this.radius(nodes[i], this.bright && shining);
        if (r < 2.2) ctx.rect(px - r, py - r, 2 * r, 2 * r);
        else if (!points.length) {
          ctx.moveTo(px + r, py);
          ctx.arc(px, py, r, 0, 2 * Math.PI);
        } else {
          points.forEach(([ox, oy], at) =>
            at ? ctx.lineTo(px + ox * r, py + oy * r) : ctx.moveTo(px + ox * r, py + oy * r),
          );
          ctx.closePath();
        }
        ringed ||= r > 4;
        held += 1;
        if (held === BATCH) spill();
      }
      spill();
    }
    ctx.restore();
  }

  /* names of the most important partners in view that find room; more of them the closer one looks */
  texts(ctx, w, h) {
    const taken = [],
      size = w < 520 ? 12.5 : 13.5;
    let drawn = 0,
      tried = 0;
    for (const i of this.rank) {
      if (drawn >= TEXTS || tried >= 400) break;
      if (this.bright && !this.bright[i]) continue;
      if (this.sx[i] < 0 || this.sy[i] < 0 || this.sx[i] > w || this.sy[i] > h) continue;
      tried += 1;
      const name = this.data.nodes[i][1];
      drawn += this.text(
        ctx,
        i,
        name.length > 30 ? name.slice(0, 29).trimEnd() + "…" : name,
        `500 ${size}px ${this.face}`,
        size,
        w,
        h,
        taken,
      );
    }
    this.frame.dataset.labels = drawn;
  }

  text(ctx, i, name, font, size, w, h, taken) {
    ctx.save();
    Object.assign(ctx, {
      font,
      textBaseline: "middle",
      lineJoin: "round",
      lineWidth: 3.5,
      strokeStyle: this.ground,
      fillStyle: this.ink,
    });
    const wide = ctx.measureText(name).width,
      high = size * 1.25,
      r = this.radius(this.data.nodes[i]) + 3;
    const places = [
      [this.sx[i] - wide / 2, this.sy[i] + r],
      [this.sx[i] + r, this.sy[i] - high / 2],
      [this.sx[i] - r - wide, this.sy[i] - high / 2],
      [this.sx[i] - wide / 2, this.sy[i] - r - high],
    ];
    const found = places.find(
      ([a, b]) =>
        a > 2 &&
        b > 2 &&
        a + wide < w - 2 &&
        b + high < h - 2 &&
        !taken?.some((t) => a < t[2] && a + wide > t[0] && b < t[3] && b + high > t[1]),
    );
    const at = found ?? (taken ? null : places[0]);
    if (at) {
      taken?.push([at[0] - 4, at[1], at[0] + wide + 4, at[1] + high]);
      ctx.strokeText(name, at[0], at[1] + high / 2);
      ctx.fillText(name, at[0], at[1] + high / 2);
    }
    ctx.restore();
    return at ? 1 : 0;
  }

  /* rings and names of what is selected, walked to or pointed at, above the picture and as quick as a glance */
  above(ctx) {
    const { k, x, y } = this.network,
      chosen = this.ends(this.spotted.selected);
    const marked = [...new Set([...chosen, this.walked, this.hovered?.node])].filter((id) => id && this.at.has(id));
    for (const id of marked) {
      const i = this.at.get(id),
        n = this.data.nodes[i];
      this.sx[i] = n[3] * k + x;
      this.sy[i] = n[4] * this.lift * k + y;
      ctx.save();
      ctx.beginPath();
      ctx.arc(this.sx[i], this.sy[i], this.radius(n) + 5, 0, 2 * Math.PI);
      ctx.strokeStyle = this.ink;
      ctx.lineWidth = chosen.includes(id) ? 2.5 : 1.5;
      if (id === this.walked) ctx.setLineDash([6, 4]);
      ctx.stroke();
      ctx.restore();
      this.text(ctx, i, n[1], `600 13.5px ${this.face}`, 13.5, this.canvas.clientWidth, this.canvas.clientHeight, null);
    }
  }
}

/* the message as the live map knows it, from its packed form (wtnet/draw/map/large.py, pack) */
async function unpacked(data) {
  const bytes = Uint8Array.from(atob(data.packed), (c) => c.charCodeAt(0));
  const raw = await new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")),
  ).arrayBuffer();
  const [n, m] = data.count,
    [[left, right], [top, bottom]] = data.box;
  let at = 0;
  const take = (Type, count) => {
    const found = new Type(raw, at, count);
    at += count * Type.BYTES_PER_ELEMENT;
    return found;
  };
  const source = take(Uint32Array, m),
    target = take(Uint32Array, m),
    xs = take(Uint16Array, n),
    ys = take(Uint16Array, n),
    cats = take(Uint16Array, n);
  const radius = take(Uint8Array, n),
    kind = take(Uint8Array, n),
    width = take(Uint8Array, m),
    tie = take(Uint8Array, m);
  const lines = new TextDecoder().decode(new Uint8Array(raw, at)).split("\n");
  const nodes = Array.from(xs, (x, i) => [
    lines[i],
    lines[n + i],
    kind[i],
    left + (x / 65535) * (right - left),
    top + (ys[i] / 65535) * (bottom - top),
    radius[i] / 10,
    cats[i] === 65535 ? null : cats[i],
    null,
  ]);
  const edges = Array.from(source, (s, i) => [
    s,
    target[i],
    width[i] / 10,
    (tie[i] & 7) === 7 ? null : tie[i] & 7,
    tie[i] >> 3,
  ]);
  return { ...data, packed: null, nodes, edges };
}

function showWide({ data, parentElement, setTriggerValue }) {
  const root = dressed(parentElement, "map");
  window.wtnetMaps ??= {};
  window.wtnetSpots ??= {};
  waiting.set(root, data.packed);
  const pick = (what) => setTriggerValue("pick", what);
  let left = false;
  const told = data.packed + JSON.stringify(data.cats);
  const draw = async () => {
    let map = window.wtnetMaps[data.key];
    if (map?.root !== root || map.told !== told) {
      const whole = await unpacked(data);
      if (left || waiting.get(root) !== data.packed) return;
      map = window.wtnetMaps[data.key];
      if (!map || map.root !== root) {
        map?.gone();
        map = window.wtnetMaps[data.key] = new WideMap(root);
      }
      map.told = told;
      map.show(whole, pick);
    }
    map.pick = pick;
    map.spot(window.wtnetSpots[data.key] ?? { selected: null, lit: null });
  };
  draw();
  return () => {
    left = true;
    const map = window.wtnetMaps[data.key];
    if (map?.root === root) {
      map.gone();
      delete window.wtnetMaps[data.key];
    }
  };
}

/* what is selected and lit, told to several maps at once: {key: {selected, lit, go}} */
function showSpots({ data }) {
  window.wtnetSpots = { ...window.wtnetSpots, ...data.spots };
  for (const [key, spot] of Object.entries(data.spots)) window.wtnetMaps?.[key]?.spot(spot);
}
