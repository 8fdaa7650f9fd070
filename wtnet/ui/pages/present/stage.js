/* A story on the screen. The same stage stands small beside the editor and, in a dialog on top of everything, in front of
   people. Python sends `data` (wtnet/ui/pages/present/message.py); nothing is fetched, and every word is set as text. */

const calmly = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

class StoryStage {
  constructor(room) {
    this.root = element("div", "stage");
    this.slide = element("section", "slide");
    this.heading = element("h2");
    this.pane = element("div", "map");
    this.words = element("div", "words");
    this.foot = element("div", "foot");
    this.slide.append(this.heading, this.pane, this.words, this.foot);
    this.root.append(this.slide);
    room.append(this.root);
    this.map = new StoryMap(this.pane);
    this.sized = new ResizeObserver(() => {
      this.fit();
      this.map.data && this.map.place(true);
    });
    this.sized.observe(this.root);
  }

  show(data, at, still = false) {
    const slide = data.slides[at],
      turned = this.at !== at;
    this.at = at;
    const ground = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim() || "#ffffff";
    const rgb = ground.startsWith("#")
      ? [1, 3, 5].map((i) => parseInt(ground.slice(i, i + 2), 16))
      : (ground.match(/\d+/g) ?? [255, 255, 255]).map(Number);
    const dark = rgb[0] + rgb[1] + rgb[2] < 380;
    this.slide.classList.toggle("dark", dark);
    this.heading.textContent = slide.heading;
    this.words.replaceChildren();
    if (slide.text) this.words.append(element("div", "text", slide.text));
    if (slide.beside) this.words.append(chart(slide.beside));
    if (slide.quote) {
      const quote = element("blockquote", "quote"),
        by = element("footer", "", `— ${slide.quote[1]}`);
      quote.append(element("span", "", `“${slide.quote[0]}”`), by);
      this.words.append(quote);
    }
    this.words.classList.toggle("loose", !slide.beside);
    this.foot.replaceChildren(
      element("span", "source", slide.source),
      this.steps(data.slides.length, at),
      element("span", "count", `${at + 1} of ${data.slides.length}`),
    );
    if (turned && !still)
      for (const piece of [this.heading, this.words]) {
        piece.classList.remove("come");
        piece.getBoundingClientRect();
        piece.classList.add("come");
      }
    this.fit();
    this.map.show(data, slide, dark, still);
  }

  steps(number, at) {
    const steps = element("span", "steps");
    steps.setAttribute("aria-hidden", "true");
    if (number <= 24) for (let n = 0; n < number; n += 1) steps.append(element("i", n === at ? "now" : ""));
    return steps;
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

class Presentation {
  constructor(root, ended) {
    this.dialog = root.querySelector("dialog");
    this.ended = ended;
    this.dialog.addEventListener("keydown", (e) => this.key(e));
    this.dialog.addEventListener("cancel", (e) => {
      e.preventDefault();
      this.end();
    });
    this.dialog.addEventListener("close", () => this.end());
    this.dialog.addEventListener("pointermove", () => this.stir());
    this.left = () => !document.fullscreenElement && this.full && this.end();
    document.addEventListener("fullscreenchange", this.left);
  }

  start(data, at) {
    this.data = data;
    this.dialog.replaceChildren();
    this.dialog.className = "show";
    this.dialog.setAttribute("aria-label", data.title);
    this.stage = new StoryStage(this.dialog);
    this.stage.root.tabIndex = -1;
    this.stage.root.addEventListener("click", (e) => this.turn(e.clientX < this.stage.root.clientWidth / 4 ? -1 : 1));
    this.notes = element("div", "notes");
    this.notes.hidden = true;
    this.live = element("div", "live");
    this.live.setAttribute("aria-live", "polite");
    this.dialog.append(this.bar(), this.notes, this.live);
    this.dialog.showModal();
    this.stage.root.focus();
    this.full = false;
    document.documentElement
      .requestFullscreen?.()
      .then(() => (this.full = true))
      .catch(() => {});
    this.go(at, true);
  }

  bar() {
    const bar = element("div", "bar");
    for (const [sign, name, act] of [
      ["‹", "Back", () => this.turn(-1)],
      ["›", "On", () => this.turn(1)],
      ["N", "Notes", () => this.tell()],
      ["W", "Window of notes", () => this.second()],
      ["✕", "End", () => this.end()],
    ]) {
      const button = element("button", "", sign);
      button.type = "button";
      button.title = name;
      button.setAttribute("aria-label", name);
      button.onclick = act;
      bar.append(button);
    }
    return bar;
  }

  stir() {
    this.dialog.classList.add("moved");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.dialog.classList.remove("moved"), 2500);
  }

  turn(by) {
    this.go(Math.max(0, Math.min(this.data.slides.length - 1, this.at + by)));
  }

  go(at, first = false) {
    this.dialog.classList.remove("dimmed");
    if (at === this.at && !first) return;
    this.at = at;
    const slide = this.data.slides[at];
    this.stage.show(this.data, at, first);
    this.dialog.dataset.at = at;
    this.live.textContent = `Slide ${at + 1} of ${this.data.slides.length}: ${slide.heading}. ${slide.text} ${slide.beside ? slide.beside.alt : ""} ${slide.alt}`;
    this.notes.replaceChildren(
      element("b", "", "Notes"),
      element("span", "", slide.notes || "No notes for this slide."),
    );
    this.mirror();
  }

  key(e) {
    e.stopPropagation();
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const onButton = e.composedPath()[0].tagName === "BUTTON" && (e.key === " " || e.key === "Enter");
    const moves = {
      ArrowRight: 1,
      ArrowDown: 1,
      PageDown: 1,
      Enter: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
      PageUp: -1,
      Backspace: -1,
      " ": e.shiftKey ? -1 : 1,
    };
    const does = {
      Home: () => this.go(0),
      End: () => this.go(this.data.slides.length - 1),
      Escape: () => this.end(),
      n: () => this.tell(),
      w: () => this.second(),
      b: () => this.dim(),
      ".": () => this.dim(),
    };
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (onButton || !(key in moves || key in does)) return;
    e.preventDefault();
    if (key in moves) this.turn(moves[key]);
    else does[key]();
  }

  dim() {
    this.dialog.classList.toggle("dimmed");
  }
  tell() {
    this.notes.hidden = !this.notes.hidden;
  }

  /* the second view: a window of this page's own, for the presenter's screen; keys work there too */
  second() {
    if (this.aside && !this.aside.closed) return this.aside.focus();
    this.aside = window.open("", "wtnet_notes", "popup,width=760,height=560");
    if (!this.aside) return this.tell();
    this.aside.document.title = "Notes";
    this.aside.document.body.style.cssText =
      "font:20px/1.45 system-ui,sans-serif;margin:28px;max-width:60ch;color:#14181f;background:#fff";
    this.aside.document.addEventListener("keydown", (e) => this.key(e));
    this.mirror();
  }

  mirror() {
    if (!this.aside || this.aside.closed) return;
    const page = this.aside.document,
      slide = this.data.slides[this.at],
      next = this.data.slides[this.at + 1];
    const line = (text, style) => {
      const p = page.createElement("p");
      p.textContent = text;
      p.style.cssText = `white-space:pre-line;margin:0 0 14px;${style}`;
      return p;
    };
    page.body.replaceChildren(
      line(`${this.at + 1} of ${this.data.slides.length}`, "font-size:16px;color:#5a6578"),
      line(slide.heading, "font-size:28px;font-weight:650"),
      line(slide.text, "color:#3b4763"),
      line(slide.notes || "No notes for this slide.", "border-left:4px solid #4049ff;padding-left:14px"),
      line(next ? `Next: ${next.heading}` : "This is the last slide.", "font-size:16px;color:#5a6578"),
    );
  }

  end() {
    if (!this.stage) return;
    const at = this.at;
    this.stage.gone();
    this.stage = null;
    this.at = undefined;
    this.aside?.close();
    if (document.fullscreenElement) document.exitFullscreen?.().catch(() => {});
    this.full = false;
    this.dialog.close();
    this.dialog.replaceChildren();
    this.ended(at);
  }

  gone() {
    this.end();
    document.removeEventListener("fullscreenchange", this.left);
  }
}

const rooms = new WeakMap();

function showStory({ data, parentElement, setTriggerValue }) {
  let room = rooms.get(parentElement);
  if (!room) {
    parentElement.adoptedStyleSheets = [...parentElement.adoptedStyleSheets, dress];
    const frame = element("div");
    frame.innerHTML = MARKUP; // ours, without any data
    parentElement.append(frame);
    room = { stage: new StoryStage(frame.querySelector(".preview")) };
    room.talk = new Presentation(frame, (at) => room.pick({ at }));
    frame.querySelector(".go").onclick = () => room.talk.start(room.data, room.data.at);
    room.clock = setInterval(() => {
      const ground = getComputedStyle(frame).getPropertyValue("--st-background-color");
      if (room.ground !== ground && room.data) {
        room.ground = ground;
        room.stage.show(room.data, room.data.at, true);
      }
    }, 700);
    rooms.set(parentElement, room);
  }
  room.data = data;
  room.pick = (what) => setTriggerValue("pick", what);
  room.stage.show(data, data.at);
  parentElement.querySelector(".preview").dataset.at = data.at;
  return () => {
    clearInterval(room.clock);
    room.talk.gone();
    room.stage.gone();
    rooms.delete(parentElement);
  };
}
