/* A story in front of people: the stage on the whole screen, with notes, a window and keys for the presenter. */

import { element, svg } from "../../../draw/js/dom.js";
import { NotesWindow, NO_NOTES } from "./notes.js";
import { StoryStage } from "./stage.js";

const MOVES = {
  ArrowRight: 1,
  ArrowDown: 1,
  PageDown: 1,
  Enter: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageUp: -1,
  Backspace: -1,
};

export class Talk {
  constructor(root, ended) {
    this.dialog = root.querySelector("dialog");
    this.ended = ended;
    this.large = false;
    this.aside = new NotesWindow((e) => this.key(e));
    this.dialog.addEventListener("keydown", (e) => this.key(e));
    this.dialog.addEventListener("cancel", (e) => {
      e.preventDefault();
      if (this.code?.hidden ?? true) this.end();
      else this.toggleCode();
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
    this.aside.began = Date.now();
    this.dialog.setAttribute("aria-label", data.title);
    this.stage = new StoryStage(this.dialog);
    this.stage.root.tabIndex = -1;
    this.stage.root.addEventListener("click", (e) => this.turn(e.clientX < this.stage.root.clientWidth / 4 ? -1 : 1));
    this.notes = element("div", { class: "notes", hidden: "" });
    this.code = element("div", { class: "follow", hidden: "" });
    this.live = element("div", { class: "live", "aria-live": "polite" });
    this.dialog.append(this.code, this.bar(), this.notes, this.live);
    this.dialog.showModal();
    this.stage.root.focus();
    this.enlarge(this.large);
    this.full = false;
    const full = document.documentElement.requestFullscreen?.();
    full?.then(() => (this.full = true)).catch(() => {});
    this.go(at, true);
  }

  bar() {
    const actions = [
      ["‹", "Back", () => this.turn(-1)],
      ["›", "On", () => this.turn(1)],
      ["Q", "Follow along", () => this.toggleCode()],
      ["T", "Larger type", () => this.enlarge(!this.large)],
      ["N", "Notes", () => this.toggleNotes()],
      ["W", "Window of notes", () => this.openWindow()],
      ["✕", "End", () => this.end()],
    ];
    const buttons = actions.map(([sign, name, onclick]) =>
      element("button", { type: "button", title: name, "aria-label": name, onclick }, sign),
    );
    return element("div", { class: "bar" }, ...buttons);
  }

  /* the bar is seen while the pointer moves */
  stir() {
    this.dialog.classList.add("moved");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.dialog.classList.remove("moved"), 2500);
  }

  /* to the next part of the slide, or to the next slide */
  turn(by) {
    this.dialog.classList.remove("dimmed");
    if (this.stage.go(this.stage.part + by)) return this.mirror();
    this.go(Math.max(0, Math.min(this.data.slides.length - 1, this.at + by)));
  }

  go(at, first = false) {
    this.dialog.classList.remove("dimmed");
    if (at === this.at && !first) return;
    this.at = at;
    const { slides } = this.data;
    const { heading, text, beside, alt, notes } = slides[at];
    this.stage.show(this.data, at, first);
    this.dialog.dataset.at = at;
    const chart = beside ? beside.alt : "";
    this.live.textContent = `Slide ${at + 1} of ${slides.length}: ${heading}. ${text} ${chart} ${alt}`;
    this.notes.replaceChildren(element("b", {}, "Notes"), element("span", {}, notes || NO_NOTES));
    this.drawCode();
    this.mirror();
  }

  key(event) {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.composedPath()[0].tagName === "BUTTON" && [" ", "Enter"].includes(event.key);
    const moves = { ...MOVES, " ": event.shiftKey ? -1 : 1 };
    const actions = {
      Home: () => this.go(0),
      End: () => this.go(this.data.slides.length - 1),
      Escape: () => (this.code.hidden ? this.end() : this.toggleCode()),
      q: () => this.toggleCode(),
      t: () => this.enlarge(!this.large),
      n: () => this.toggleNotes(),
      w: () => this.openWindow(),
      b: () => this.dim(),
      ".": () => this.dim(),
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (onButton || !(key in moves || key in actions)) return;
    event.preventDefault();
    if (key in moves) this.turn(moves[key]);
    else actions[key]();
  }

  dim() {
    this.dialog.classList.toggle("dimmed");
  }

  enlarge(large) {
    this.large = large;
    this.stage.root.classList.toggle("large", large);
    this.stage.settle();
  }

  toggleCode() {
    this.code.hidden = !this.code.hidden;
    if (!this.code.hidden) this.live.textContent = this.code.textContent;
  }

  /* the code of the slide's link on white, which readers of codes need; or why there is none */
  drawCode() {
    const { why = "", slides = [] } = this.data.follow ?? {};
    const [address, size, path] = slides[this.at] ?? [];
    const words = address ? "Scan this to look for yourself." : why;
    const code = address
      ? svg("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": `QR code of ${address}` })
      : null;
    code?.append(svg("path", { d: path, "shape-rendering": "crispEdges" }));
    this.code.replaceChildren(
      element("p", {}, words),
      ...(code ? [code, element("p", { class: "address" }, address)] : []),
    );
  }

  toggleNotes() {
    this.notes.hidden = !this.notes.hidden;
  }

  /* where the browser opens no window, the notes come under the stage */
  openWindow() {
    if (!this.aside.open()) return this.toggleNotes();
    this.mirror();
  }

  /* the window of notes shows what the stage does */
  mirror() {
    const { part, parts } = this.stage;
    this.aside.show(this.data, this.at, parts > 1 ? `, part ${part + 1} of ${parts}` : "");
  }

  end() {
    if (!this.stage) return;
    const { at } = this;
    this.stage.gone();
    this.stage = null;
    this.at = undefined;
    this.aside.close();
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
