/* The map of a slide as SVG, in pixels of its pane. Partners keep their places from slide to slide: only the frame moves
   and what is new or gone fades, within 300 ms; at once under reduced motion, or where there are very many. */

const SVG = "http://www.w3.org/2000/svg";
const MANY = 1600;

function drawn(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function glyph(points) {
  return points.length
    ? drawn("polygon", { points: points.map((p) => p.join(",")).join(" ") })
    : drawn("circle", { r: 1 });
}

class StoryMap {
  constructor(pane) {
    this.pane = pane;
    this.svg = drawn("svg", { class: "net", role: "img" });
    this.ties = drawn("g");
    this.dots = drawn("g");
    this.names = drawn("g", { "aria-hidden": "true" });
    this.svg.append(this.ties, this.dots, this.names);
    this.lines = new Map();
    this.marks = new Map();
    this.legend = element("ul", "legend");
    pane.append(this.svg, this.legend);
    this.pen = document.createElement("canvas").getContext("2d");
  }

  /* what is on the slide; `still` draws it at once */
  show(data, slide, dark, still) {
    cancelAnimationFrame(this.moving);
    this.data = data;
    this.slide = slide;
    this.dark = dark;
    this.svg.setAttribute("aria-label", slide.alt);
    const net = data.nets[slide.net],
      many = net.ties.length + data.dots.length > MANY;
    this.thin = net.ties.reduce((sum, tie) => sum + tie[5], 0) > 90;
    this.calm = still || calmly() || many || !this.box;
    this.lit = new Set(slide.focus);
    for (const tie of net.ties)
      if (tie[5]) {
        this.lit.add(tie[0]);
        this.lit.add(tie[1]);
      }
    if (!slide.focus.length) for (const at of net.there) this.lit.add(at);
    this.sync(net, many && slide.focus.length > 0);
    this.key(net);
    const from = this.box,
      to = slide.box;
    if (this.calm) {
      this.box = to;
      this.place(true);
      return;
    }
    this.names.replaceChildren();
    const start = performance.now();
    const step = (now) => {
      const t = Math.min(1, (now - start) / 300),
        ease = t * t * (3 - 2 * t);
      this.box = from.map((was, i) => was + (to[i] - was) * ease);
      this.place(t === 1);
      if (t < 1) this.moving = requestAnimationFrame(step);
    };
    step(start);
  }

  sync(net, sparse) {
    const ramp = this.data.ramp[this.dark ? "dark" : "light"],
      seen = new Set();
    for (const [a, b, width, level, dashed, lit] of net.ties) {
      if (sparse && !lit) continue;
      const key = `${a} ${b}`;
      seen.add(key);
      let line = this.lines.get(key);
      const fresh = !line;
      if (fresh) {
        line = drawn("line");
        this.lines.set(key, line);
        this.ties.append(line);
      }
      line.dataset.ends = key;
      line.setAttribute("stroke", ramp[level ?? 0]);
      line.setAttribute("stroke-dasharray", dashed ? "5 5" : "none");
      line.dataset.wide = lit ? width * (this.thin ? 0.5 : 1) : 1;
      const shade = lit ? (this.thin ? 0.5 : 0.92) : 0.13;
      if (fresh && !this.calm) {
        line.setAttribute("stroke-opacity", 0);
        line.getBoundingClientRect();
      }
      line.setAttribute("stroke-opacity", shade);
      line.classList.toggle("lit", Boolean(lit));
    }
    for (const line of this.ties.querySelectorAll("line.lit")) this.ties.append(line);
    for (const [key, line] of this.lines)
      if (!seen.has(key)) this.leave(line, () => this.lines.delete(key), "stroke-opacity");
    const there = new Set(net.there);
    for (const at of there) {
      let mark = this.marks.get(at);
      if (!mark) {
        const kind = this.data.kinds[this.data.dots[at][2]];
        mark = drawn("g", { class: "dot", fill: kind[2] });
        mark.append(drawn("circle", { class: "ring", fill: "none", r: 1.75 }), glyph(kind[1]));
        mark.dataset.id = this.data.dots[at][0];
        this.marks.set(at, mark);
        this.dots.append(mark);
      }
      mark.setAttribute("opacity", this.lit.has(at) ? 1 : 0.2);
      const own = this.slide.focus.length === 1 && this.slide.focus[0] === at,
        ring = mark.firstChild;
      ring.setAttribute("stroke", own ? "currentColor" : "none");
      ring.setAttribute("stroke-width", 0.22);
      mark.classList.toggle("lit", this.lit.has(at));
    }
    for (const [at, mark] of this.marks) if (!there.has(at)) this.leave(mark, () => this.marks.delete(at), "opacity");
    for (const at of this.lit) if (this.marks.has(at)) this.dots.append(this.marks.get(at));
  }

  leave(piece, forget, how) {
    forget();
    if (this.calm) return piece.remove();
    piece.setAttribute(how, 0);
    setTimeout(() => piece.remove(), 300);
  }

  /* everything where it belongs in the pane; the names once it stands still */
  place(still) {
    const w = this.svg.clientWidth,
      h = this.svg.clientHeight;
    if (w < 20 || h < 20 || !this.box) return;
    const [left, top, right, bottom] = this.box,
      edge = Math.min(28, w * 0.04);
    const lift = this.lift(w, h);
    const scale = Math.min((w - 2 * edge) / (right - left), (h - 2 * edge) / ((bottom - top) * lift));
    const at = (n) => [
      (this.data.dots[n][3] - (left + right) / 2) * scale + w / 2,
      (this.data.dots[n][4] - (top + bottom) / 2) * lift * scale + h / 2,
    ];
    const unit = Math.max(3.2, Math.min(w, h) / 62);
    this.spots = new Map();
    for (const [n, mark] of this.marks) {
      const [x, y] = at(n),
        own = this.slide.focus.length === 1 && this.slide.focus[0] === n;
      const r = unit * (own ? 1.55 : this.lit.has(n) ? 1 : 0.7);
      this.spots.set(n, [x, y, r]);
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r.toFixed(2)})`);
    }
    for (const [key, line] of this.lines) {
      const [a, b] = key.split(" ").map(Number),
        [x1, y1] = at(a),
        [x2, y2] = at(b);
      line.setAttribute("stroke-width", Math.max(0.6, line.dataset.wide * Math.min(1.3, unit / 9.5)).toFixed(1));
      line.setAttribute("x1", x1.toFixed(1));
      line.setAttribute("y1", y1.toFixed(1));
      line.setAttribute("x2", x2.toFixed(1));
      line.setAttribute("y2", y2.toFixed(1));
    }
    if (still) this.label(w, h);
  }

  /* how far the picture is pulled upwards in a pane taller than it is; the same on every slide, so that places are kept */
  lift(w, h) {
    const xs = this.data.dots.map((n) => n[3]),
      ys = this.data.dots.map((n) => n[4]);
    if (xs.length < 3) return 1;
    const span = (v) => Math.max(1, Math.max(...v) - Math.min(...v)) + 120;
    return Math.max(1, Math.min(1.35, h / w / (span(ys) / span(xs))));
  }

  /* names of those that stand out, the slide's own first; a name never covers a name, nor goes over the edge */
  label(w, h) {
    this.names.replaceChildren();
    const rem = parseFloat(getComputedStyle(this.legend).fontSize),
      size = rem * 1.08,
      taken = [];
    const face = getComputedStyle(this.pane).fontFamily || "sans-serif",
      own = this.slide.focus.length === 1 ? this.slide.focus[0] : -1;
    const weight = new Map();
    for (const [a, b, width, , , lit] of this.data.nets[this.slide.net].ties)
      if (lit) for (const end of [a, b]) weight.set(end, (weight.get(end) ?? 0) + width);
    const order = [...this.lit]
      .filter((n) => this.spots.has(n))
      .sort((a, b) => (b === own) - (a === own) || (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
    const dots = order.map((n) => {
      const [x, y, r] = this.spots.get(n);
      return [x - r, y - r, x + r, y + r, n];
    });
    const meets = (b, t) => b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1];
    for (const n of order.slice(0, 120)) {
      const [x, y, r] = this.spots.get(n),
        name = this.data.dots[n][1],
        most = n === own ? 46 : 30;
      const text = name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name,
        px = n === own ? size * 1.15 : size;
      this.pen.font = `${n === own ? 700 : 500} ${px}px ${face}`;
      const wide = this.pen.measureText(text).width + 4,
        high = px * 1.2,
        gap = n === own ? r * 0.9 : 4;
      const spots = [
        [x - wide / 2, y + r + gap],
        [x + r + gap, y - high / 2],
        [x - r - gap - wide, y - high / 2],
        [x - wide / 2, y - r - gap - high],
      ];
      const free = spots
        .map((p) => [...p, p[0] + wide, p[1] + high])
        .filter((b) => b[0] >= 1 && b[1] >= 1 && b[2] <= w - 1 && b[3] <= h - 1 && !taken.some((t) => meets(b, t)));
      const covers = (b) => dots.reduce((sum, t) => sum + (t[4] !== n && meets(b, t)), 0);
      const best = free.sort((a, b) => covers(a) - covers(b))[0];
      if (!best || (n !== own && covers(best) > 0)) continue;
      taken.push(best);
      const said = drawn("text", {
        x: best[0] + 2,
        y: best[1] + high * 0.78,
        "font-size": px.toFixed(1),
        class: n === own ? "own" : "",
      });
      said.textContent = text;
      this.names.append(said);
    }
  }

  /* the kinds that stand out, and what a dashed line means where there is one */
  key(net) {
    this.legend.replaceChildren();
    const used = new Set([...this.lit].map((n) => this.data.dots[n][2]));
    this.data.kinds.forEach(([label, points, colour], at) => {
      if (!used.has(at)) return;
      const item = element("li"),
        mark = drawn("svg", { viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" }),
        shape = glyph(points);
      shape.setAttribute("fill", colour);
      mark.append(shape);
      item.append(mark, element("span", "", label));
      this.legend.append(item);
    });
    const lit = net.ties.filter((tie) => tie[5]);
    if (lit.some((tie) => tie[3] !== null)) this.legend.append(element("li", "", "wider: stronger"));
    if (lit.some((tie) => tie[4])) this.legend.append(element("li", "", "dashed: not rated by both sides"));
  }
}
