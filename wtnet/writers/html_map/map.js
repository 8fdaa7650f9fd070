/* The map that travels: everything it shows is in this file. Names are data: they are drawn on the canvas or set as
   text, never as markup. See wtnet/writers/html_map/page.py for what DATA holds. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const el = (id) => document.getElementById(id);
const figure = (value, digits = 2) => (value === null || value === undefined ? "–" : value.toFixed(digits));
const many = (number, one, more) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : (more ?? one + "s")}`;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function made(tag, words, more = {}) {
  const one = document.createElement(tag);
  if (words !== undefined && words !== null) one.textContent = words;
  return Object.assign(one, more);
}

class OfflineMap {
  constructor(data) {
    this.data = data;
    this.frame = el("map");
    this.canvas = el("canvas");
    this.off = new Set();
    this.least = 0;
    this.wave = data.waves.length - 1;
    this.chosen = null;
    this.lit = null;
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    const options = {
      ...data.options,
      interaction: {
        ...data.options.interaction,
        hideEdgesOnDrag: data.nodes.length > 600,
        hideEdgesOnZoom: data.nodes.length > 600,
      },
    };
    this.theme(matchMedia("(prefers-color-scheme: dark)").matches);
    this.nodes.add(
      data.nodes.map((n, at) => ({
        id: at,
        x: n[3],
        y: n[4],
        size: n[5],
        shape: "custom",
        ctxRenderer: this.renderer,
      })),
    );
    this.rank();
    this.network = new vis.Network(this.canvas, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("afterDrawing", (ctx) => drawNames(ctx, this));
    this.network.on("click", (e) => {
      this.network.unselectAll();
      const at = this.network.getNodeAt(e.pointer.DOM);
      this.choose(at === undefined ? null : at);
    });
    this.network.on("hoverNode", () => (this.canvas.style.cursor = "pointer"));
    this.network.on("blurNode", () => (this.canvas.style.cursor = ""));
    new ResizeObserver(() => this.fit(false)).observe(this.canvas);
    this.paint();
    this.fit(false);
  }

  get renderer() {
    return ({ ctx, id, x, y }) => ({
      drawNode: () => this.seen(id) && drawPartner(ctx, this, id, x, y),
      nodeDimensions: { width: 2 * this.data.nodes[id][5] + 6, height: 2 * this.data.nodes[id][5] + 6 },
    });
  }

  theme(dark) {
    this.dark = dark;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const style = getComputedStyle(document.documentElement);
    [this.paper, this.ink] = ["--paper", "--ink"].map((name) => style.getPropertyValue(name).trim());
    this.face = getComputedStyle(document.body).fontFamily;
  }

  seen(at) {
    return !this.off.has(this.data.nodes[at][2]);
  }

  /* the ties of the wave that the filters leave: [a, b, width, class, dashed, strength, basis] */
  ties() {
    return this.data.waves[this.wave][1].filter(
      (t) => this.seen(t[0]) && this.seen(t[1]) && (!this.least || (t[5] !== null && t[5] >= this.least)),
    );
  }

  rank() {
    const degree = this.data.nodes.map(() => 0);
    for (const [a, b] of this.ties()) {
      degree[a] += 1;
      degree[b] += 1;
    }
    this.degree = degree;
    this.order = this.data.nodes.map((_, at) => at).sort((a, b) => degree[b] - degree[a] || a - b);
  }

  around(at) {
    return this.ties()
      .filter((t) => t[0] === at || t[1] === at)
      .map((t) => [t[0] === at ? t[1] : t[0], t]);
  }

  paint() {
    this.rank();
    if (this.chosen !== null && !this.seen(this.chosen)) this.chosen = null;
    this.lit =
      this.chosen === null ? null : new Set([this.chosen, ...this.around(this.chosen).map(([other]) => other)]);
    const ramp = this.data.ramp[this.dark ? "dark" : "light"];
    const rows = this.ties().map((t) => {
      const on = !this.lit || t[0] === this.chosen || t[1] === this.chosen,
        level = t[3] ?? 0;
      return {
        id: `${t[0]}-${t[1]}`,
        from: t[0],
        to: t[1],
        width: t[2],
        dashes: t[4] ? [5, 5] : false,
        color: { color: ramp[level], opacity: on ? (this.lit ? 0.95 : 0.34 + 0.12 * level) : 0.06, inherit: false },
      };
    });
    const keep = new Set(rows.map((row) => row.id));
    this.edges.remove(this.edges.getIds().filter((id) => !keep.has(id)));
    this.edges.update(rows);
    this.frame.dataset.ties = rows.length;
    this.frame.dataset.chosen = this.chosen === null ? "" : this.data.nodes[this.chosen][0];
    this.network?.redraw();
    told(this);
  }

  choose(at, look = false) {
    this.chosen = at;
    this.paint();
    if (at !== null && look)
      this.network.moveTo({
        position: { x: this.data.nodes[at][3], y: this.data.nodes[at][4] },
        scale: Math.max(this.network.getScale(), 0.7),
        animation: calm() ? false : { duration: 300 },
      });
  }

  fit(moving = true) {
    const shown = this.data.nodes.filter((_, at) => this.seen(at)),
      w = this.canvas.clientWidth,
      h = this.canvas.clientHeight;
    if (!shown.length || w < 100) return;
    const [left, right] = [Math.min(...shown.map((n) => n[3] - n[5])), Math.max(...shown.map((n) => n[3] + n[5]))];
    const [top, foot] = [Math.min(...shown.map((n) => n[4] - n[5])), Math.max(...shown.map((n) => n[4] + n[5]))];
    const scale = Math.min(
      (w - Math.min(130, w * 0.2)) / Math.max(1, right - left),
      (h - 70) / Math.max(1, foot - top),
      2.2,
    );
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + foot) / 2 },
      scale,
      animation: moving && !calm() ? { duration: 300 } : false,
    });
  }

  zoom(by) {
    this.network.moveTo({ scale: this.network.getScale() * by, animation: calm() ? false : { duration: 150 } });
  }

  step(to) {
    this.wave = Math.max(0, Math.min(this.data.waves.length - 1, to));
    this.paint();
  }

  /* the nearest partner in a direction; the best connected where none is chosen */
  walk(dx, dy) {
    if (this.chosen === null) return this.choose(this.order.find((at) => this.seen(at)) ?? null);
    const [, , , x, y] = this.data.nodes[this.chosen];
    let best = null,
      least = Infinity;
    this.data.nodes.forEach(([, , , nx, ny], at) => {
      const ahead = (nx - x) * dx + (ny - y) * dy,
        aside = Math.abs((nx - x) * dy - (ny - y) * dx);
      if (at !== this.chosen && this.seen(at) && ahead > 0 && ahead + 2 * aside < least) {
        best = at;
        least = ahead + 2 * aside;
      }
    });
    if (best !== null) this.choose(best);
  }
}
