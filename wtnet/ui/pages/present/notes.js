/* The presenter's window: what the stage shows, the notes, what comes next in words and as the stage will have it, the
   time of day and of the talk. It is a page of its own that the talk writes; keys work there too. */

/* global STYLE -- stage.css, put before the modules by component.py */

import { element } from "../../../draw/js/dom.js";
import { StoryStage } from "./stage.js";

export const NO_NOTES = "No notes for this slide.";
const QUIET = "color:#4b566b";
const LOOK = `
  body { --st-font: system-ui, sans-serif; --st-text-color: #14181f;
    --st-background-color: #fff; --st-primary-color: #4049ff; }
  .next { width: 480px; max-width: 100%; aspect-ratio: 16 / 9; border: 1px solid #c9ceda; font-weight: 400; }`;

const two = (number) => String(number).padStart(2, "0");

/** A time of day, and how long it is since another: "14:05", "12:34" (minutes, seconds; before them hours, if any). */
export function clock(now, began) {
  const seconds = Math.max(0, Math.round((now - began) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const day = new Date(now);
  return [
    `${two(day.getHours())}:${two(day.getMinutes())}`,
    `${hours ? `${hours}:` : ""}${hours ? two(minutes) : minutes}:${two(seconds % 60)}`,
  ];
}

export class NotesWindow {
  /* `key` takes what is typed in the window */
  constructor(key) {
    this.key = key;
  }

  get isOpen() {
    return Boolean(this.window && !this.window.closed);
  }

  /* open it, or bring it to the front; whether it is there */
  open() {
    if (this.isOpen) {
      this.window.focus();
      return true;
    }
    this.window = window.open("", "wtnet_notes", "popup,width=860,height=640");
    if (!this.window) return false;
    const { document: page } = this.window;
    page.title = "Notes";
    page.documentElement.lang = "en-GB";
    page.body.style.cssText =
      "font:20px/1.45 system-ui,sans-serif;margin:24px 28px;max-width:66ch;color:#14181f;background:#fff";
    page.head.append(element("style", {}, STYLE + LOOK));
    this.next = element("div", { class: "next", role: "img" });
    page.body.append(this.next);
    this.stage = new StoryStage(this.next);
    page.addEventListener("keydown", this.key);
    this.ticking = setInterval(() => this.tick(), 1000);
    return true;
  }

  write(tag, words, style) {
    const made = this.window.document.createElement(tag);
    made.textContent = words;
    made.style.cssText = `white-space:pre-line;margin:0 0 14px;${style}`;
    return made;
  }

  /* the slide of a story at a place, `part` which part of it, the notes and the next slide */
  show(data, at, part) {
    if (!this.isOpen) return;
    const { slides } = data;
    const { heading, text, notes } = slides[at];
    const next = slides[at + 1];
    this.time = this.write("p", "", "font-size:26px;font-weight:650;font-variant-numeric:tabular-nums");
    this.window.document.body.replaceChildren(
      this.time,
      this.write("p", `${at + 1} of ${slides.length}${part}`, `font-size:16px;${QUIET}`),
      this.write("h1", heading, "font-size:28px;line-height:1.2;font-weight:650"),
      this.write("p", text, QUIET),
      this.write("p", notes || NO_NOTES, "border-left:4px solid #4049ff;padding-left:14px"),
      this.write(
        "h2",
        next ? `Next: ${next.heading}` : "This is the last slide.",
        "font-size:20px;border-top:1px solid #c9ceda;padding-top:14px",
      ),
      this.next,
    );
    this.next.hidden = !next;
    if (next) {
      this.next.setAttribute("aria-label", `${next.heading}. ${next.text} ${next.beside?.alt ?? ""} ${next.alt}`);
      this.stage.show(data, at + 1, true);
    }
    this.tick();
  }

  tick() {
    if (!this.isOpen || !this.time) return;
    const [now, gone] = clock(Date.now(), this.began);
    this.time.textContent = `${now} · ${gone} since the start`;
  }

  close() {
    clearInterval(this.ticking);
    this.stage?.gone();
    this.window?.close();
    this.window = null;
  }
}
