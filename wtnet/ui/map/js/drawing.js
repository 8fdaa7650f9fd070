/* How the live map is drawn on its canvas: partners, panes of groups, names that never cover each other, the hover card
   and the legend. */

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

/* corners of the convex hull of points [[x, y], …], in order (Andrew's monotone chain) */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

class MapDrawing {
  /* -- drawing -------------------------------------------------------------------------------------------------- */

  node(ctx, id, x, y, r) {
    const n = this.about.get(id);
    if (!n) return;
    const chosen = this.ends(this.spotted.selected).includes(id),
      cat = this.data.cats[n[6]],
      points = this.data.kinds[n[2]][1];
    ctx.save();
    ctx.globalAlpha = !this.on || this.on.has(id) ? 1 : 0.16;
    ctx.lineJoin = "round";
    if (chosen || this.hovered?.node === id || this.walked === id) {
      ctx.beginPath();
      ctx.arc(x, y, r * 1.25 + 6, 0, 2 * Math.PI);
      ctx.strokeStyle = this.ink;
      ctx.lineWidth = chosen ? 3 : 1.5;
      if (this.walked === id) ctx.setLineDash([6, 4]);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    trace(ctx, points, x, y, r);
    ctx.fillStyle = cat ? cat[this.dark ? 3 : 2] : "#6B7A90";
    ctx.strokeStyle = this.ground;
    ctx.lineWidth = 2;
    if (n[7]) ctx.globalAlpha *= 0.82;
    ctx.fill();
    ctx.stroke();
    if (n[7]) {
      ctx.fillStyle = this.ground;
      ctx.font = `600 ${r * 0.8}px ${this.face}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(n[7], x, y);
    }
    ctx.restore();
  }

  /* groups as translucent panes behind their partners, with their name at the top */
  panes(ctx) {
    if (!this.data.hulls.length) return;
    const scale = this.network.getScale(),
      spots = this.network.getPositions();
    ctx.save();
    for (const [label, light, dark, nodes] of this.data.hulls) {
      const around = [];
      for (const at of nodes) {
        const n = this.data.nodes[at],
          p = spots[n[0]],
          r = n[5] + 16;
        if (p)
          for (let a = 0; a < 8; a += 1)
            around.push([p.x + r * Math.cos((a * Math.PI) / 4), p.y + r * Math.sin((a * Math.PI) / 4)]);
      }
      const corners = hull(around);
      if (corners.length < 3) continue;
      const colour = this.dark ? dark : light;
      ctx.beginPath();
      corners.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
      ctx.closePath();
      ctx.globalAlpha = 0.1;
      ctx.fillStyle = colour;
      ctx.fill();
      ctx.globalAlpha = 0.55;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5 / scale;
      ctx.stroke();
      const top = corners.reduce((a, b) => (b[1] < a[1] ? b : a));
      ctx.globalAlpha = 1;
      ctx.font = `600 ${12 / scale}px ${this.face}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "bottom";
      ctx.lineWidth = 3 / scale;
      ctx.strokeStyle = this.ground;
      ctx.strokeText(label, top[0], top[1] - 3 / scale);
      ctx.fillStyle = this.ink;
      ctx.fillText(label, top[0], top[1] - 3 / scale);
    }
    ctx.restore();
  }

  labels(ctx) {
    const big = Boolean(document.fullscreenElement) || this.canvas.clientWidth > 1000;
    const scale = this.network.getScale(),
      size = big ? 19 : this.canvas.clientWidth < 520 ? 12.5 : 14,
      px = size / scale;
    const corner = this.network.DOMtoCanvas({ x: 4, y: 4 }),
      far = this.network.DOMtoCanvas({ x: this.canvas.clientWidth - 4, y: this.canvas.clientHeight - 4 });
    const inside = ([x, y], w, h) => x >= corner.x && y >= corner.y && x + w <= far.x && y + h <= far.y;
    const taken = [],
      spots = this.network.getPositions(),
      there = this.order.filter((id) => spots[id]);
    const first = [...this.ends(this.spotted.selected), this.walked, this.hovered?.node].filter(
      (id) => id && spots[id],
    );
    const order = [...new Set([...first, ...(this.on ? there.filter((id) => this.on.has(id)) : there)])].slice(0, 260);
    const boxes = there.map((id) => {
      const p = spots[id],
        r = this.about.get(id)[5];
      return [p.x - r, p.y - r, p.x + r, p.y + r, id];
    });
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
      const p = spots[id],
        r = this.about.get(id)[5],
        w = ctx.measureText(text).width,
        h = px * 1.25,
        gap = 4 / scale;
      const places = [
        [p.x - w / 2, p.y + r + gap],
        [p.x + r + gap, p.y - h / 2],
        [p.x - r - gap - w, p.y - h / 2],
        [p.x - w / 2, p.y - r - gap - h],
      ];
      // a name never covers another name; only the most important ones may cover a partner
      const free = places
        .map((at) => [...at, at[0] + w, at[1] + h])
        .filter((b) => inside(b, w, h) && !taken.some((t) => t[4] !== id && meets(b, t)));
      let place = free.find((b) => !covers(b, id));
      if (!place && (forced || drawn < 12))
        place = free.sort((a, b) => covers(a, id) - covers(b, id)).find((b) => forced || covers(b, id) < 3);
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
      const line = (text, strong) => {
        const el = document.createElement(strong ? "strong" : "span");
        el.textContent = text;
        this.card.append(el);
      };
      if (what.node) this.words(what.node).forEach((text, i) => line(text, !i));
      else {
        const tie = this.ties.get(what.edge) ?? this.endedTies.get(what.edge),
          since = this.data.since?.[0];
        if (!tie || !this.names.has(tie.from)) return void (this.card.hidden = true);
        line(`${this.names.get(tie.from)} ↔ ${this.names.get(tie.to)}`, true);
        if (tie.over) line(`ended since ${since}`);
        else
          line(
            tie.level === null
              ? "strength not known"
              : ["a slight tie", "a light tie", "a working tie", "a strong tie", "a very strong tie"][tie.level],
          );
        if (!tie.over) line(tie.dashed ? "rated by one side only, or by nobody" : "rated by both sides");
        if (tie.fresh) line(`new since ${since}`);
      }
    }
    this.network?.redraw();
  }

  /* the legend: categories as switches with their numbers, and the shapes of the kinds where colour says something else */
  sketch(data) {
    const legend = this.root.querySelector(".legend"),
      shapes = this.root.querySelector(".shapes");
    const held = this.root.activeElement?.dataset?.cat;
    legend.replaceChildren();
    const own = data.cats.length === data.kinds.length && data.cats.every((cat, i) => cat[1] === data.kinds[i][0]);
    const kinds = data.cats.some((cat) => data.kinds.some((kind) => kind[0] === cat[1]));
    for (const [id, label, light, dark, count, on] of data.cats) {
      const item = document.createElement("li"),
        button = document.createElement("button"),
        words = document.createElement("span"),
        number = document.createElement("span");
      const points =
        data.kinds.find((kind) => kind[0] === label)?.[1] ??
        (kinds
          ? []
          : [
              [-0.9, -0.9],
              [0.9, -0.9],
              [0.9, 0.9],
              [-0.9, 0.9],
            ]);
      words.textContent = label.length > 36 ? label.slice(0, 35) + "…" : label;
      number.textContent = count;
      number.className = "number";
      button.type = "button";
      button.dataset.cat = id;
      button.setAttribute("aria-pressed", String(Boolean(on)));
      button.title = on ? `Hide: ${label}` : `Show: ${label}`;
      button.append(swatch(points, this.dark ? dark : light), words, number);
      button.onclick = () => this.pick({ kind: "legend", id });
      item.append(button);
      legend.append(item);
      if (held === id) button.focus({ preventScroll: true });
    }
    const since = this.root.querySelector(".since");
    since.hidden = !data.since;
    if (data.since)
      since.querySelectorAll("b").forEach((b) => {
        b.textContent = data.since[0];
      });
    shapes.replaceChildren();
    shapes.hidden = own || kinds;
    if (!shapes.hidden)
      for (const [label, points, count] of data.kinds) {
        const item = document.createElement("li"),
          words = document.createElement("span");
        words.textContent = `${label} ${count}`;
        item.append(swatch(points, "currentColor"), words);
        shapes.append(item);
      }
  }
}
