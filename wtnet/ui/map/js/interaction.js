/* What a person does with the live map besides clicking: walking by keyboard, arranging by hand, playing the waves. */

class MapHands extends MapDrawing {
  /* -- arranging by hand, playing the waves ----------------------------------------------------------------------- */

  arrange(on) {
    this.arranging = on;
    this.network.setOptions({ interaction: { dragNodes: on } });
    this.root.querySelector('[data-do="arrange"]').setAttribute("aria-pressed", String(on));
    this.frame.classList.toggle("arranging", on);
    this.tell(
      on
        ? "Drag partners to where you want them; the arrangement is kept for this programme."
        : "Partners are fixed again.",
    );
  }

  dropped(nodes) {
    const spots = this.network.getPositions(nodes);
    for (const id of nodes) {
      const n = this.about.get(id);
      n[3] = Math.round(spots[id].x);
      n[4] = Math.round(spots[id].y / this.lift);
    }
    this.pick({ kind: "moved", moves: nodes.map((id) => [id, this.about.get(id)[3], this.about.get(id)[4]]) });
  }

  play() {
    const film = this.data.film;
    let at = 0;
    const button = this.root.querySelector('[data-do="play"]');
    button.setAttribute("aria-pressed", "true");
    button.setAttribute("aria-label", "Stop playing");
    const step = () => {
      if (at === film.length) return this.stop();
      const [name, edges] = film[at];
      this.scene.hidden = false;
      this.scene.textContent = `${name} · ${at + 1} of ${film.length} · ${edges.length} ties`;
      this.tell(this.scene.textContent);
      this.become(this.read(edges));
      this.frame.dataset.scene = name;
      at += 1;
      this.playing = setTimeout(step, 2200);
    };
    this.playing = 1;
    step();
  }

  stop() {
    if (!this.playing) return;
    clearTimeout(this.playing);
    this.playing = null;
    const button = this.root.querySelector('[data-do="play"]');
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "Play the waves");
    this.scene.hidden = true;
    delete this.frame.dataset.scene;
    this.become(this.now());
  }

  /* -- the keyboard: walk from partner to partner, hear where you are ------------------------------------------------ */

  key(e) {
    const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const letter = e.key.length === 1 && /\p{L}/u.test(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey;
    if (arrows[e.key]) this.walk(...arrows[e.key]);
    else if (e.key === "Home") this.stand(this.order[0]);
    else if (e.key === "Enter" || e.key === " ") this.walked && this.choose(this.walked, undefined, e.shiftKey);
    else if (e.key === "Escape") this.choose(undefined, undefined);
    else if (e.key === "+" || e.key === "=") this.zoom(1.3);
    else if (e.key === "-") this.zoom(1 / 1.3);
    else if (e.key === "0") this.fit();
    else if (letter) this.spell(e.key);
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  walk(dx, dy) {
    if (!this.walked || !this.names.has(this.walked))
      return this.stand(
        this.spotted.selected?.id && this.names.has(this.spotted.selected.id)
          ? this.spotted.selected.id
          : this.order[0],
      );
    const spots = this.network.getPositions(),
      here = spots[this.walked];
    const tied = new Set();
    for (const tie of this.ties.values()) {
      if (tie.from === this.walked) tied.add(tie.to);
      else if (tie.to === this.walked) tied.add(tie.from);
    }
    let best = null,
      least = Infinity;
    for (const id of tied.size ? tied : this.order) {
      if (id === this.walked) continue;
      const x = spots[id].x - here.x,
        y = spots[id].y - here.y,
        along = x * dx + y * dy,
        across = Math.abs(x * dy - y * dx);
      if (along > 0 && along + 2 * across < least) [best, least] = [id, along + 2 * across];
    }
    best ? this.stand(best) : this.tell("No partner of this one lies that way.");
  }

  /* letters typed one after another find a partner by the beginning of its name, or of a word in it */
  spell(letter) {
    clearTimeout(this.spelling);
    this.typed = (this.typed ?? "") + letter.toLowerCase();
    this.spelling = setTimeout(() => (this.typed = ""), 1200);
    const starts = (id) => this.names.get(id).toLowerCase().startsWith(this.typed);
    const found =
      this.order.find(starts) ??
      this.order.find((id) =>
        this.names
          .get(id)
          .toLowerCase()
          .includes(" " + this.typed),
      );
    found ? this.stand(found) : this.tell(`No partner begins with ${this.typed}.`);
  }

  stand(id) {
    if (id === undefined) return;
    this.walked = id;
    const at = this.network.canvasToDOM(this.network.getPosition(id)),
      w = this.canvas.clientWidth,
      h = this.canvas.clientHeight;
    if (at.x < 30 || at.y < 30 || at.x > w - 30 || at.y > h - 30)
      this.network.moveTo({ position: this.network.getPosition(id), animation: false });
    this.tell(this.words(id).join(", "));
    this.hover({ node: id });
    this.frame.dataset.walked = id;
  }

  tell(text) {
    this.says.textContent = text;
  }

  words(id) {
    const n = this.about.get(id),
      count = this.degree.get(id) ?? 0,
      cat = this.data.cats[n[6]];
    const kind = n[7] ? `${n[7]} partners; click to open` : this.data.kinds[n[2]][0];
    const own = cat && !n[7] && cat[1] !== kind ? [cat[1]] : [];
    return [
      n[1],
      kind,
      ...own,
      n[7]
        ? `tied to ${count} on the map`
        : count === 1
          ? "works with 1 partner here"
          : `works with ${count} partners here`,
    ];
  }
}
