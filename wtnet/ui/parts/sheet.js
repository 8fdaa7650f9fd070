/* A sheet of the impact page: HTML and SVG made in Python, in which every word from the data is escaped there
   (wtnet/draw/charts/impact.py). What carries `data-pick` can be opened with the mouse or from the keyboard. */

export default function ({ data, parentElement, setTriggerValue }) {
  const room = parentElement.querySelector(".impact");
  const ground = getComputedStyle(room).getPropertyValue("--st-background-color").trim();
  const dark =
    ground.startsWith("#") && [1, 3, 5].reduce((sum, i) => sum + parseInt(ground.slice(i, i + 2), 16), 0) < 380;
  room.classList.toggle("dark", dark);
  if (room.drawn !== data.html) {
    const held = room.querySelector(":focus")?.dataset.pick;
    room.innerHTML = room.drawn = data.html;
    if (held)
      [...room.querySelectorAll("[data-pick]")]
        .find((each) => each.dataset.pick === held)
        ?.focus({ preventScroll: true });
    if (room.picked) room.querySelector("[data-on]")?.scrollIntoView({ block: "nearest" });
    room.picked = false;
  }
  // this runs again with every message: one handler, or a second one would close what the first opens
  room.onclick = (event) => {
    const what = event.target.closest("[data-pick]");
    if (!what) return;
    event.preventDefault();
    room.picked = true;
    setTriggerValue("pick", what.dataset.pick);
  };
}
