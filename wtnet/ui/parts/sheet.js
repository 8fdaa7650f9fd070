/* HTML and SVG made in Python, in which every word from the data is escaped there (wtnet/draw, wtnet/ui/parts). What
   carries `data-pick` can be selected with the mouse or from the keyboard; `data-print` prints the page. */

import { groundOf, isDark, onPaper } from "../../draw/js/style.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const sheet = parentElement.querySelector(".sheet");
  const shade = () => sheet.classList.toggle("dark", isDark(groundOf(sheet)));
  shade();
  if (sheet.markup !== data.html) {
    const focused = sheet.querySelector(":focus")?.dataset.pick;
    sheet.markup = data.html;
    sheet.innerHTML = data.html; // eslint-disable-line no-restricted-properties -- escaped in Python
    const again = [...sheet.querySelectorAll("[data-pick]")].find((each) => focused && each.dataset.pick === focused);
    again?.focus({ preventScroll: true });
    if (sheet.picked) sheet.querySelector("[data-on]")?.scrollIntoView({ block: "nearest" });
    sheet.picked = false;
  }
  const pick = (event) => {
    if (event.type === "click" && event.target.closest("[data-print]")) return window.print();
    const target = event.target.closest("[data-pick]");
    const typed = event.type === "keydown";
    if (!target || (typed && (target.tagName === "BUTTON" || !["Enter", " "].includes(event.key)))) return;
    event.preventDefault();
    event.stopPropagation();
    sheet.picked = true;
    setTriggerValue("pick", target.dataset.pick);
  };
  // this runs again with every message: one handler, or a second one would close what the first opens
  sheet.onclick = sheet.onkeydown = pick;
  sheet.unfold ??= () => sheet.querySelectorAll("details").forEach((each) => (each.open = true));
  window.addEventListener("beforeprint", sheet.unfold);
  const offPaper = onPaper(shade);
  return () => {
    offPaper();
    window.removeEventListener("beforeprint", sheet.unfold);
  };
}
