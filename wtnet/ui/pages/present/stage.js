/* A story on the screen. The same stage stands small beside the editor and, in a dialog on top of everything, in
   front of people (talk.js). Python sends `data` (wtnet/ui/pages/present/message.py); nothing is fetched, and every
   word is set as text.

   The rows of the stage are as high as the tallest title, legend and source of the whole story, so that the map stands
   still from slide to slide; words that have no room at their size go on in a further part of the slide. */

import { element } from "../../../draw/js/dom.js";
import { groundOf, isDark } from "../../../draw/js/style.js";
import { chart } from "./chart.js";
import { StoryMap, legendOf } from "./map.js";

const DOTS = 24; // so many slides at most are shown as dots
const LONG_TITLE = 90; // letters of a title beyond which all are set smaller

/* pieces of all slides that take their room and are not seen */
const spares = (pieces) => {
  const different = new Map(pieces.map((piece) => [piece.textContent, piece]));
  for (const piece of different.values()) piece.classList.add("spare");
  return different.values();
};

export class StoryStage {
  constructor(room) {
    this.heading = element("h2");
    this.source = element("div");
    this.sources = element("div", { class: "source" });
    this.head = element("div", { class: "head" });
    this.pane = element("div", { class: "map" });
    this.keys = element("div", { class: "keys-room" });
    this.words = element("div", { class: "words" });
    this.foot = element("div", { class: "foot" });
    this.slide = element("section", { class: "slide" }, this.head, this.pane, this.keys, this.words, this.foot);
    this.root = element("div", { class: "stage" }, this.slide);
    room.append(this.root);
    this.map = new StoryMap(this.pane);
    this.sized = new ResizeObserver(() => this.settle());
    this.sized.observe(this.root);
  }

  show(data, at, still = false) {
    const slide = data.slides[at];
    const turned = this.at !== at;
    this.at = at;
    const dark = isDark(groundOf(this.root));
    this.slide.classList.toggle("dark", dark);
    this.slide.classList.toggle("whole", Boolean(slide.beside?.ways.length));
    this.heading.textContent = slide.heading;
    this.source.textContent = slide.source;
    this.legend = legendOf(data, slide, dark);
    if (this.data !== data || this.dark !== dark) this.furnish(data, dark);
    this.keys.lastChild.replaceWith(this.legend);
    this.words.replaceChildren(...this.besideMap(slide));
    this.parted = element("span", { class: "part" });
    this.foot.replaceChildren(
      this.sources,
      this.parted,
      this.steps(data.slides.length, at),
      element("span", { class: "count" }, `${at + 1} of ${data.slides.length}`),
    );
    for (const piece of turned && !still ? [this.heading, this.words] : []) {
      piece.classList.remove("come");
      piece.getBoundingClientRect(); // from there it comes in again
      piece.classList.add("come");
    }
    if (turned) this.part = 0;
    this.go(this.part);
    this.map.show(data, slide, dark, still);
  }

  /* the room of the tallest title, the longest legend and the longest source */
  furnish(data, dark) {
    [this.data, this.dark] = [data, dark];
    const titles = data.slides.map(({ heading }) => element("div", { "aria-hidden": "true" }, heading));
    this.slide.classList.toggle(
      "long",
      data.slides.some(({ heading }) => heading.length > LONG_TITLE),
    );
    this.head.replaceChildren(...spares(titles), this.heading);
    const sources = data.slides.map(({ source }) => element("div", { "aria-hidden": "true" }, source));
    this.sources.replaceChildren(...spares(sources), this.source);
    this.keys.replaceChildren(...spares(data.slides.map((slide) => legendOf(data, slide, dark))), this.legend);
  }

  besideMap({ text, beside, quote }) {
    const parts = text ? [element("div", { class: "text" }, text)] : [];
    if (beside) parts.push(chart(beside));
    if (quote) {
      const [words, by] = quote;
      const quoted = element("span", {}, `“${words}”`);
      parts.push(element("blockquote", { class: "quote" }, quoted, element("footer", {}, `— ${by}`)));
    }
    return parts;
  }

  steps(number, at) {
    const dots = Array.from({ length: number <= DOTS ? number : 0 }, (_, n) =>
      element("i", { class: n === at ? "now" : null }),
    );
    return element("span", { class: "steps", "aria-hidden": "true" }, ...dots);
  }

  /* how wide a part is, with the gap to the next */
  get stride() {
    return this.words.clientWidth + (parseFloat(getComputedStyle(this.words).columnGap) || 0);
  }

  get parts() {
    const gap = this.stride - this.words.clientWidth;
    return Math.max(1, Math.round((this.words.scrollWidth + gap) / Math.max(1, this.stride)));
  }

  /* to a part of the words; whether there is one */
  go(part) {
    const { parts } = this;
    const there = part >= 0 && part < parts;
    this.part = Math.max(0, Math.min(parts - 1, part));
    this.words.scrollLeft = this.part * this.stride;
    this.parted.textContent = parts > 1 ? `part ${this.part + 1} of ${parts}` : "";
    return there;
  }

  /* everything in its place after a change of size */
  settle() {
    if (!this.data) return;
    this.go(this.part);
    this.map.place(true);
  }

  gone() {
    this.sized.disconnect();
  }
}
