/* A story on the screen. The same stage stands small beside the editor and, in a dialog on top of everything, in
   front of people (talk.js). Python sends `data` (wtnet/ui/pages/present/message.py); nothing is fetched, and every
   word is set as text. */

import { element } from "../../../draw/js/dom.js";
import { groundOf, isDark } from "../../../draw/js/style.js";
import { chart } from "./chart.js";
import { StoryMap } from "./map.js";

const DOTS = 24; // so many slides at most are shown as dots

export class StoryStage {
  constructor(room) {
    this.heading = element("h2");
    this.pane = element("div", { class: "map" });
    this.words = element("div", { class: "words" });
    this.foot = element("div", { class: "foot" });
    this.slide = element("section", { class: "slide" }, this.heading, this.pane, this.words, this.foot);
    this.root = element("div", { class: "stage" }, this.slide);
    room.append(this.root);
    this.map = new StoryMap(this.pane);
    this.sized = new ResizeObserver(() => {
      this.fit();
      if (this.map.slide) this.map.place(true);
    });
    this.sized.observe(this.root);
  }

  show(data, at, still = false) {
    const slide = data.slides[at];
    const turned = this.at !== at;
    this.at = at;
    const dark = isDark(groundOf(this.root));
    this.slide.classList.toggle("dark", dark);
    this.heading.textContent = slide.heading;
    this.words.replaceChildren(...this.besideMap(slide));
    this.words.classList.toggle("loose", !slide.beside);
    this.foot.replaceChildren(
      element("span", { class: "source" }, slide.source),
      this.steps(data.slides.length, at),
      element("span", { class: "count" }, `${at + 1} of ${data.slides.length}`),
    );
    for (const piece of turned && !still ? [this.heading, this.words] : []) {
      piece.classList.remove("come");
      piece.getBoundingClientRect(); // from there it comes in again
      piece.classList.add("come");
    }
    this.fit();
    this.map.show(data, slide, dark, still);
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

  /* words that are too many for their column get smaller, down to half */
  fit() {
    for (let size = 1; size >= 0.5; size -= 0.05) {
      this.slide.style.setProperty("--fit", size);
      if (this.words.scrollHeight <= this.words.clientHeight + 1) return;
    }
  }

  gone() {
    this.sized.disconnect();
  }
}
