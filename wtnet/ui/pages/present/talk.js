/* A story in front of people: the stage on the whole screen, with notes and keys for the presenter. */

import { element } from "../../../draw/js/dom.js";
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
const NO_NOTES = "No notes for this slide.";

export class Talk {
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
    this.notes = element("div", { class: "notes", hidden: "" });
    this.live = element("div", { class: "live", "aria-live": "polite" });
    this.dialog.append(this.bar(), this.notes, this.live);
    this.dialog.showModal();
    this.stage.root.focus();
    this.full = false;
    const full = document.documentElement.requestFullscreen?.();
    full?.then(() => (this.full = true)).catch(() => {});
    this.go(at, true);
  }

  bar() {
    const actions = [
      ["‹", "Back", () => this.turn(-1)],
      ["›", "On", () => this.turn(1)],
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

  turn(by) {
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
      Escape: () => this.end(),
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

  toggleNotes() {
    this.notes.hidden = !this.notes.hidden;
  }

  /* the second view: a window of this page's own, for the presenter's screen; keys work there too */
  openWindow() {
    if (this.aside && !this.aside.closed) return this.aside.focus();
    this.aside = window.open("", "wtnet_notes", "popup,width=760,height=560");
    if (!this.aside) return this.toggleNotes();
    const { document: page } = this.aside;
    page.title = "Notes";
    page.body.style.cssText =
      "font:20px/1.45 system-ui,sans-serif;margin:28px;max-width:60ch;color:#14181f;background:#fff";
    page.addEventListener("keydown", (e) => this.key(e));
    this.mirror();
  }

  /* the window of notes shows what the stage does */
  mirror() {
    if (!this.aside || this.aside.closed) return;
    const { document: page } = this.aside;
    const { slides } = this.data;
    const { heading, text, notes } = slides[this.at];
    const next = slides[this.at + 1];
    const line = (words, style) => {
      const paragraph = page.createElement("p");
      paragraph.textContent = words;
      paragraph.style.cssText = `white-space:pre-line;margin:0 0 14px;${style}`;
      return paragraph;
    };
    page.body.replaceChildren(
      line(`${this.at + 1} of ${slides.length}`, "font-size:16px;color:#5a6578"),
      line(heading, "font-size:28px;font-weight:650"),
      line(text, "color:#3b4763"),
      line(notes || NO_NOTES, "border-left:4px solid #4049ff;padding-left:14px"),
      line(next ? `Next: ${next.heading}` : "This is the last slide.", "font-size:16px;color:#5a6578"),
    );
  }

  end() {
    if (!this.stage) return;
    const { at } = this;
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
