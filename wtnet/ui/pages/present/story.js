/* The stage beside the editor, and the way from there to the whole screen. */

/* global STYLE, MARKUP -- stage.css and stage.html, put before the modules by component.py */

import { element } from "../../../draw/js/dom.js";
import { groundOf, onPaper } from "../../../draw/js/style.js";
import { StoryStage } from "./stage.js";
import { Talk } from "./talk.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
const rooms = new WeakMap();

function furnish(root) {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const frame = element("div");
  frame.innerHTML = MARKUP; // eslint-disable-line no-restricted-properties -- a file of ours
  root.append(frame);
  const room = { frame, stage: new StoryStage(frame.querySelector(".preview")) };
  room.stage.root.onclick = () => room.stage.go((room.stage.part + 1) % room.stage.parts);
  room.talk = new Talk(frame, (at) => room.pick({ at }));
  frame.querySelector(".go").onclick = () => room.talk.start(room.data, room.data.at);
  const shade = () => {
    const ground = groundOf(frame);
    if (room.ground === ground || !room.data) return;
    room.ground = ground;
    room.stage.show(room.data, room.data.at, true);
  };
  room.clock = setInterval(shade, 700);
  room.offPaper = onPaper(shade);
  return room;
}

export function showStory({ data, parentElement, setTriggerValue }) {
  if (!rooms.has(parentElement)) rooms.set(parentElement, furnish(parentElement));
  const room = rooms.get(parentElement);
  room.data = data;
  room.pick = (choice) => setTriggerValue("pick", choice);
  room.stage.show(data, data.at);
  room.frame.querySelector(".preview").dataset.at = data.at;
  return () => {
    clearInterval(room.clock);
    room.offPaper();
    room.talk.gone();
    room.stage.gone();
    rooms.delete(parentElement);
  };
}
