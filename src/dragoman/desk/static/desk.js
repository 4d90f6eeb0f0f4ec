// Keys and the brush; every page works without this.
"use strict";

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
const linkOf = (row) => row.querySelector("a[href]");
let at = -1;

function step(by) {
  const all = rows();
  if (!all.length) return;
  all[at]?.classList.remove("at");
  at = Math.min(Math.max(at + by, 0), all.length - 1);
  all[at].classList.add("at");
  (linkOf(all[at]) ?? all[at]).focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "?": () => document.getElementById("keys").showModal(),
  "/": () => { const box = document.querySelector("input[type=search]"); box ? box.focus() : location.assign("/search"); },
  g: () => document.querySelector("nav a").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

// On a phone the menu begins closed.
if (matchMedia("(max-width: 50rem)").matches) document.querySelector("details.menu").open = false;

// Drag over the density chart: since and until go into the address.
for (const figure of document.querySelectorAll("[data-brush]")) {
  const steps = figure.dataset.brush.split(" ");
  const picture = figure.querySelector("img");
  const band = figure.appendChild(document.createElement("div"));
  band.className = "band";
  let from = null;
  const LEFT = 0.05; // the axis labels' share of the picture
  const share = (event) => {
    const box = picture.getBoundingClientRect();
    return Math.min(Math.max(((event.clientX - box.left) / box.width - LEFT) / (1 - LEFT), 0), 0.999);
  };
  picture.draggable = false;
  picture.addEventListener("pointerdown", (event) => { from = share(event); picture.setPointerCapture(event.pointerId); });
  picture.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const [a, b] = [from, share(event)].sort((x, y) => x - y);
    band.style.left = `${(LEFT + a * (1 - LEFT)) * 100}%`;
    band.style.width = `${(b - a) * (1 - LEFT) * 100}%`;
  });
  picture.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, share(event)].sort((x, y) => x - y);
    const asked = new URLSearchParams(location.search);
    asked.set("since", steps[Math.floor(a * steps.length)]);
    asked.set("until", steps[Math.floor(b * steps.length)]);
    asked.delete("page");
    location.search = asked;
  });
}
