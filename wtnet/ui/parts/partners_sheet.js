/* A sheet of HTML and SVG made in Python, in which every word from the data is escaped there (wtnet/ui/parts/partners_sheet.py,
   wtnet/draw). What carries `data-pick` can be selected with the mouse or from the keyboard; `data-print` prints
   the page. */

export default function ({ data, parentElement, setTriggerValue }) {
  const room = parentElement.querySelector(".sheet");
  if (room.drawn !== data.html) room.innerHTML = room.drawn = data.html;
  const pick = (event) => {
    if (event.type === "click" && event.target.closest("[data-print]")) return window.print();
    const who = event.target.closest("[data-pick]");
    if (!who || (event.type === "keydown" && (who.tagName === "BUTTON" || !["Enter", " "].includes(event.key)))) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("pick", who.dataset.pick);
  };
  const unfold = () => room.querySelectorAll("details").forEach((each) => (each.open = true));
  room.addEventListener("click", pick);
  room.addEventListener("keydown", pick);
  window.addEventListener("beforeprint", unfold);
  return () => {
    room.removeEventListener("click", pick);
    room.removeEventListener("keydown", pick);
    window.removeEventListener("beforeprint", unfold);
  };
}
