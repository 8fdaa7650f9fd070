/* The live map: vis-network mounted once, then told only the differences. Names are data: they are drawn on the
   canvas or set as text, never as markup. Python sends `data` (see wtnet/draw/map/live.py, message); a click goes back as
   the trigger "pick". What is selected and lit arrives apart, through window.wtnetMaps[key].spot, so that a click does
   not send the whole map again. */

class LiveMap extends MapHands {
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
    const by = (name) => this.root.querySelector(`[data-do="${name}"]`);
    by("in").onclick = () => this.zoom(1.3);
    by("out").onclick = () => this.zoom(1 / 1.3);
    by("fit").onclick = () => this.fit();
    by("full").onclick = () =>
      document.fullscreenElement ? document.exitFullscreen() : this.frame.requestFullscreen?.();
    by("arrange").onclick = () => this.arrange(!this.arranging);
    by("play").onclick = () => (this.playing ? this.stop() : this.play());
    // the page scrolls over the map until the map has been clicked
    this.canvas.addEventListener("wheel", (e) => this.asleep && !e.ctrlKey && e.stopPropagation(), { capture: true });
    this.canvas.addEventListener("pointerdown", () => (this.asleep = false), { capture: true });
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
  }

  theme() {
    const style = getComputedStyle(this.frame);
    const ground = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    if (ground === this.ground) return;
    this.ground = ground;
    const rgb = ground.startsWith("#")
      ? [1, 3, 5].map((i) => parseInt(ground.slice(i, i + 2), 16))
      : ground.match(/\d+/g).map(Number);
    this.dark = rgb[0] + rgb[1] + rgb[2] < 380;
    this.ink = style.getPropertyValue("--st-text-color").trim() || (this.dark ? "#fff" : "#000");
    this.face = style.getPropertyValue("--st-font").trim() || "sans-serif";
    if (this.data) this.sketch(this.data);
    this.paint();
  }

  show(data, pick) {
    this.stop();
    this.pick = pick;
    this.data = data;
    if (!this.lift) this.lift = this.stretch(data);
    const ids = data.nodes.map((n) => n[0]);
    this.about = new Map(data.nodes.map((n) => [n[0], n]));
    this.names = new Map(data.nodes.map((n) => [n[0], n[1]]));
    this.degree = new Map(ids.map((id) => [id, 0]));
    const ties = this.now();
    for (const tie of ties.values())
      for (const end of [tie.from, tie.to]) this.degree.set(end, this.degree.get(end) + 1);
    this.order = [...data.nodes]
      .sort((a, b) => b[5] - a[5] || this.degree.get(b[0]) - this.degree.get(a[0]))
      .map((n) => n[0]);
    this.theme();
    const rows = data.nodes.map((n) => ({
      id: n[0],
      x: n[3],
      y: n[4] * this.lift,
      size: n[5],
      shape: "custom",
      ctxRenderer: this.renderer,
    }));
    this.sync(this.nodes, rows);
    this.become(ties);
    if (!this.network) this.mount(data.options);
    this.sketch(data);
    this.frame.dataset.partners = ids.length;
    this.frame.dataset.ties = data.edges.length;
    this.root.querySelector('[data-do="play"]').hidden = data.film.length < 2;
    this.root.querySelector('[data-do="arrange"]').hidden = !data.may_arrange;
    this.network.redraw();
  }

  /* how far the picture is pulled upwards so that it fills a pane that is taller than it is wide: by `data.field`, the box of
     the whole programme, so that it is the same whatever is filtered when the map is first drawn; kept for good */
  stretch({ field }) {
    const [wide, high] = field.map(([low, far]) => Math.max(1, far - low));
    const pane = (this.canvas.clientHeight - 60) / Math.max(1, this.canvas.clientWidth - 120);
    return Math.max(1, Math.min(1.6, pane / (high / wide)));
  }

  read(edges) {
    const ids = this.data.nodes.map((n) => n[0]),
      ties = new Map();
    for (const [a, b, width, level, dashed] of edges) {
      const tie = { id: JSON.stringify([ids[a], ids[b]]), from: ids[a], to: ids[b], width, level, dashed, seen: 1 };
      ties.set(tie.id, tie);
    }
    return ties;
  }

  /* the ties as they are; since an earlier wave, those that are new are lighter, those that ended are dotted */
  now() {
    const [, fresh, ended] = this.data.since ?? ["", [], []],
      ids = this.data.nodes.map((n) => n[0]);
    const found = this.read(this.data.edges),
      ties = [...found.values()];
    for (const at of fresh) ties[at].fresh = true;
    this.endedTies = new Map(
      ended.map(([a, b]) => [
        `over ${a} ${b}`,
        { id: `over ${a} ${b}`, from: ids[a], to: ids[b], width: 1.6, level: 2, seen: 1, over: true },
      ]),
    );
    return found;
  }

  /* ties change their width and come and go within 300 ms; at once under reduced motion, or where they are very many */
  become(ties) {
    cancelAnimationFrame(this.moving);
    const before = this.ties,
      first = !this.network;
    this.ties = ties;
    if (first || calm() || ties.size > 700 || !before.size) return this.paint();
    const start = performance.now(),
      leaving = [...before.values()].filter(
        (tie) => !ties.has(tie.id) && this.names.has(tie.from) && this.names.has(tie.to),
      );
    const step = (now) => {
      const t = Math.min(1, (now - start) / 300);
      const rows = new Map();
      for (const tie of leaving) if (t < 1) rows.set(tie.id, { ...tie, seen: 1 - t });
      for (const tie of ties.values()) {
        const was = before.get(tie.id);
        rows.set(tie.id, was ? { ...tie, width: was.width + (tie.width - was.width) * t } : { ...tie, seen: t });
      }
      this.paint(rows);
      if (t < 1) this.moving = requestAnimationFrame(step);
    };
    step(start);
  }

  get renderer() {
    return ({ ctx, id, x, y }) => {
      const r = this.about.get(id)?.[5] ?? 8;
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
    this.network.on("beforeDrawing", (ctx) => this.panes(ctx));
    this.network.on("afterDrawing", (ctx) => this.labels(ctx));
    this.network.on("click", (e) => this.clicked(e));
    this.network.on("hoverNode", (e) => this.hover({ node: e.node }));
    this.network.on("blurNode", () => this.hover(null));
    this.network.on("hoverEdge", (e) => this.hover({ edge: e.edge }));
    this.network.on("blurEdge", () => this.hover(null));
    this.fit(false);
    this.resized = new ResizeObserver(() => {
      this.network.redraw();
      if (!this.touched) this.fit(false, true);
    });
    this.resized.observe(this.canvas);
    this.network.on("zoom", () => (this.touched = true));
    this.network.on("dragEnd", (e) => {
      this.touched = true;
      if (this.arranging && e.nodes.length) this.dropped(e.nodes);
    });
    this.frame.dataset.drawn = "true";
  }

  /* the whole map in view; a pane that changes its size keeps looking at what it looked at */
  fit(moving = true, again = false) {
    if (!this.data.nodes.length || this.canvas.clientWidth < 140) return;
    if (!again || !this.box) {
      this.box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [, , , x, y, r] of this.data.nodes) {
        const up = y * this.lift,
          box = this.box;
        box[0] = Math.min(box[0], x - r);
        box[1] = Math.min(box[1], up - r);
        box[2] = Math.max(box[2], x + r);
        box[3] = Math.max(box[3], up + r);
      }
    }
    const box = this.box;
    const w = this.canvas.clientWidth,
      h = this.canvas.clientHeight,
      room = Math.min(64, w * 0.09); // left and right, for names
    const foot = w < 520 ? 40 : 0; // on a phone the buttons would lie over the lowest partners
    const scale = Math.min(
      (w - 2 * room) / Math.max(1, box[2] - box[0]),
      (h - 64 - foot) / Math.max(1, box[3] - box[1]),
      2.2,
    );
    const position = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 + foot / 2 / scale };
    this.network.moveTo({ position, scale, animation: moving && !calm() ? { duration: 300 } : false });
    this.touched = false;
  }

  zoom(by) {
    this.touched = true;
    this.network.moveTo({ scale: this.network.getScale() * by, animation: calm() ? false : { duration: 200 } });
  }

  /* -- selection ------------------------------------------------------------------------------------------------ */

  clicked(e) {
    const node = this.network.getNodeAt(e.pointer.DOM),
      edge = node === undefined ? this.network.getEdgeAt(e.pointer.DOM) : undefined;
    const more = e.event?.srcEvent?.shiftKey || e.event?.srcEvent?.ctrlKey || e.event?.srcEvent?.metaKey;
    this.network.unselectAll();
    this.choose(node, edge, more);
  }

  choose(node, edge, more) {
    const tie = edge !== undefined ? (this.ties.get(edge) ?? this.endedTies.get(edge)) : null;
    if (node !== undefined && this.about.get(node)?.[7]) return this.pick({ kind: "open", id: node });
    if (node !== undefined && more) {
      const { selected } = this.spotted,
        held = selected?.kind === "partners" ? selected.ids : selected?.kind === "partner" ? [selected.id] : [];
      const ids = held.includes(node) ? held.filter((id) => id !== node) : [...held, node];
      if (ids.length > 1) {
        this.spot({ selected: { kind: "partners", ids }, lit: null });
        return this.pick({ kind: "partners", ids });
      }
      node = ids[0];
    }
    const picked =
      node !== undefined
        ? { kind: "partner", id: node }
        : tie && this.names.has(tie.from)
          ? { kind: "tie", id: tie.from, other: tie.to }
          : { kind: "none" };
    if (picked.kind === "none" && !this.spotted.selected && !this.spotted.lit) return;
    this.spot({ selected: picked.kind === "none" ? null : picked, lit: null });
    this.pick(picked);
  }

  ends(selected) {
    return selected ? [selected.id, selected.other, ...(selected.ids ?? [])].filter(Boolean) : [];
  }

  /* selected: {kind, id, other, ids} or null; lit: ids to light, or null for the neighbours of what is selected */
  spot({ selected, lit, go }) {
    this.spotted = { selected, lit };
    const ends = this.ends(selected);
    let on = lit ? new Set(lit) : null;
    if (!on && (selected?.kind === "partner" || selected?.kind === "partners")) {
      on = new Set(ends);
      for (const tie of this.ties.values())
        if (ends.includes(tie.from) || ends.includes(tie.to)) {
          on.add(tie.from);
          on.add(tie.to);
        }
    } else if (!on && ends.length) on = new Set(ends);
    this.on = on && [...on].some((id) => this.names.has(id)) ? on : null;
    this.frame.dataset.selected = selected ? [selected.kind, ...ends].join(":") : "";
    this.frame.dataset.lit = this.on ? this.on.size : "";
    this.paint();
    if (go && this.names.has(go))
      this.network.moveTo({ position: this.network.getPosition(go), animation: calm() ? false : { duration: 300 } });
    this.network?.redraw();
  }

  lights(tie) {
    const { selected, lit } = this.spotted,
      ends = this.ends(selected);
    if (!this.on) return true;
    if (lit) return this.on.has(tie.from) && this.on.has(tie.to);
    if (selected?.kind === "tie") return ends.includes(tie.from) && ends.includes(tie.to);
    return ends.includes(tie.from) || ends.includes(tie.to);
  }

  paint(rows = this.ties) {
    if (!this.ground || !this.data) return;
    const ramp = this.data.ramp[this.dark ? "dark" : "light"];
    this.sync(
      this.edges,
      [...rows.values(), ...(this.playing ? [] : this.endedTies.values())].map((tie) => ({
        id: tie.id,
        from: tie.from,
        to: tie.to,
        width: tie.width,
        dashes: tie.over ? [1.5, 6] : tie.dashed ? [5, 5] : false,
        // unknown strength: as clear as a middling one, and dashed
        color: {
          color: ramp[tie.level ?? 2],
          opacity:
            tie.seen *
            (tie.fresh ? 0.55 : 1) *
            (this.lights(tie) ? (this.on ? 0.95 : 0.34 + 0.12 * (tie.level ?? 2)) : 0.07),
          inherit: false,
        },
      })),
    );
    this.network?.redraw();
  }

  where(id) {
    const p = this.network.canvasToDOM(this.network.getPosition(id)),
      box = this.canvas.getBoundingClientRect();
    return { x: box.left + p.x, y: box.top + p.y };
  }

  gone() {
    this.stop();
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
  else
    timer = setInterval(() => {
      if (window.vis?.Network) {
        clearInterval(timer);
        draw();
      }
    }, 30);
  return () => {
    clearInterval(timer);
    const map = window.wtnetMaps[data.key];
    if (map?.root === root) {
      map.gone();
      delete window.wtnetMaps[data.key];
    }
  };
}
