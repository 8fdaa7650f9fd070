/* What a person does with the live map besides clicking: walking by keyboard, arranging by hand, playing the waves. */

import { ARROWS, nearest } from "../../../draw/js/keyboard.js";
import { MapSelection } from "./selection.js";

const SCENE_SHOWN = 2200; // milliseconds

export class MapInteraction extends MapSelection {
  button(name) {
    return this.root.querySelector(`[data-do="${name}"]`);
  }

  announce(text) {
    this.says.textContent = text;
  }

  /* -- arranging by hand, playing the waves --------------------------------------------------------------------- */

  arrange(on) {
    this.arranging = on;
    this.network.setOptions({ interaction: { dragNodes: on } });
    this.button("arrange").setAttribute("aria-pressed", String(on));
    this.frame.classList.toggle("arranging", on);
    this.announce(
      on
        ? "Drag partners to where you want them; it is kept for everybody who opens this programme."
        : "Partners are fixed again.",
    );
  }

  dropped(ids) {
    const positions = this.network.getPositions(ids);
    const moves = ids.map((id) => {
      const x = Math.round(positions[id].x);
      const y = Math.round(positions[id].y / this.lift);
      Object.assign(this.about.get(id), { x, y });
      return [id, x, y];
    });
    this.pick({ kind: "moved", moves });
  }

  play() {
    const { film } = this.data;
    let at = 0;
    const button = this.button("play");
    button.setAttribute("aria-pressed", "true");
    button.setAttribute("aria-label", "Stop playing");
    const step = () => {
      if (at === film.length) return this.stop();
      const [wave, edges] = film[at];
      this.scene.hidden = false;
      this.scene.textContent = `${wave} · ${at + 1} of ${film.length} · ${edges.length} partnerships`;
      this.announce(this.scene.textContent);
      this.become(this.read(edges));
      this.frame.dataset.scene = wave;
      at += 1;
      this.playing = setTimeout(step, SCENE_SHOWN);
    };
    this.playing = 1;
    step();
  }

  stop() {
    if (!this.playing) return;
    clearTimeout(this.playing);
    this.playing = null;
    const button = this.button("play");
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "Play the waves");
    this.scene.hidden = true;
    delete this.frame.dataset.scene;
    this.become(this.now());
  }

  /* -- the keyboard: walk from partner to partner, hear where you are ------------------------------------------- */

  key(event) {
    const { key } = event;
    const letter = key.length === 1 && /\p{L}/u.test(key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (ARROWS[key]) this.walk(ARROWS[key]);
    else if (key === "Home") this.stand(this.order[0]);
    else if (key === "Enter" || key === " ") this.walked && this.choose(this.walked, undefined, event.shiftKey);
    else if (key === "Escape") this.choose(undefined, undefined);
    else if (key === "+" || key === "=") this.zoom(1.3);
    else if (key === "-") this.zoom(1 / 1.3);
    else if (key === "0") this.fit();
    else if (letter) this.spell(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* to the nearest partner that way: of those tied to this one, or of all where it has no tie */
  walk(direction) {
    if (!this.walked || !this.names.has(this.walked)) {
      const selected = this.spotted.selected?.id;
      return this.stand(selected && this.names.has(selected) ? selected : this.order[0]);
    }
    const tied = new Set();
    for (const { from, to } of this.ties.values()) {
      if (from === this.walked) tied.add(to);
      else if (to === this.walked) tied.add(from);
    }
    const positions = this.network.getPositions();
    const others = tied.size ? tied : this.order;
    const next = nearest(others, (id) => positions[id], positions[this.walked], direction);
    if (next) this.stand(next);
    else this.announce("No partner of this one lies that way.");
  }

  /* letters typed one after another find a partner by the beginning of its name, or of a word in it */
  spell(letter) {
    clearTimeout(this.spelling);
    this.typed = (this.typed ?? "") + letter.toLowerCase();
    this.spelling = setTimeout(() => (this.typed = ""), 1200);
    const name = (id) => this.names.get(id).toLowerCase();
    const match =
      this.order.find((id) => name(id).startsWith(this.typed)) ??
      this.order.find((id) => name(id).includes(` ${this.typed}`));
    if (match) this.stand(match);
    else this.announce(`No partner begins with ${this.typed}.`);
  }

  stand(id) {
    if (id === undefined) return;
    this.walked = id;
    const position = this.network.getPosition(id);
    const { x, y } = this.network.canvasToDOM(position);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (x < 30 || y < 30 || x > width - 30 || y > height - 30) this.network.moveTo({ position, animation: false });
    this.announce(this.words(id).join(", "));
    this.hover({ node: id });
    this.frame.dataset.walked = id;
  }

  /* who a partner is, for the card and for those who hear the map */
  words(id) {
    const { name, kind, category, members } = this.about.get(id);
    const count = this.degree.get(id) ?? 0;
    if (members) return [name, `${members} partners; click to open`, `tied to ${count} on the map`];
    const own = category && category.label !== kind.label ? [category.label] : [];
    const works = count === 1 ? "works with 1 partner here" : `works with ${count} partners here`;
    return [name, kind.label, ...own, works];
  }
}
