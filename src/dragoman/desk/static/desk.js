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
  if (event.shiftKey && event.key.startsWith("Arrow")) return; // which moves what is selected
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

// Fields for actors suggest them by the letters typed so far; where several may stand, parted by ;, for the last one.
const MOST = 8, PAUSE = 150; // actors at once; milliseconds without a letter before they are asked for
const plain = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let asking = null;

async function suggest(field) {
  const [, before, part] = field.matches("[data-several]") ? field.value.match(/^(.*;)?(.*)$/s) : [field.value, "", field.value];
  const letters = part.trim();
  asking?.abort();
  if (letters.length < 2) return;
  asking = new AbortController();
  const { signal } = asking;
  try {
    await new Promise((go) => { setTimeout(go, PAUSE); });
    if (signal.aborted) return;
    const answer = await fetch(`/api/v1/actors?${new URLSearchParams({ named: letters, limit: MOST })}`, { signal });
    if (!answer.ok) return;
    const list = document.getElementById("suggested") ?? document.body.appendChild(Object.assign(document.createElement("datalist"), { id: "suggested" }));
    list.replaceChildren(...(await answer.json()).actors.map(({ name, names, kind }) => {
      const spelt = [name, ...names].find((one) => plain(one).includes(plain(letters))) ?? name;
      return new Option(spelt === name ? kind : `${name}, ${kind}`, `${before ?? ""}${before ? " " : ""}${spelt}`);
    }));
    field.setAttribute("list", "suggested");
  } catch { /* more was typed, or the desk is away: the field is as good without */ }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-suggest]") && event.inputType && event.inputType !== "insertReplacementText") suggest(event.target);
});

// On a phone the menu begins closed; where there is room for it, it is open.
const narrow = matchMedia("(max-width: 50rem)");
const fold = () => { document.querySelector("details.menu").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

// Drag over a chart of months: since and until go into the address.
for (const figure of document.querySelectorAll("[data-brush]")) {
  const [first, last] = figure.dataset.brush.split(" ").map((month) => month.split("-").map(Number)).map(([y, m]) => y * 12 + m - 1);
  const picture = figure.querySelector("img");
  const band = figure.appendChild(document.createElement("div"));
  band.className = "band";
  let from = null;
  const pointed = (event) => {
    const box = picture.getBoundingClientRect();
    const inset = (figure.dataset.inset / picture.naturalWidth) * box.width;
    const share = (event.clientX - box.left - inset) / (box.width - inset);
    return { x: Math.min(Math.max(event.clientX - box.left, inset), box.width), month: Math.min(Math.max(first + Math.floor(share * (last - first + 1)), first), last) };
  };
  const named = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
  picture.draggable = false;
  picture.addEventListener("pointerdown", (event) => { from = pointed(event); picture.setPointerCapture(event.pointerId); });
  picture.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = pointed(event);
    band.style.left = `${Math.min(from.x, to.x)}px`;
    band.style.width = `${Math.abs(to.x - from.x)}px`;
  });
  picture.addEventListener("pointercancel", () => { from = null; band.style.width = "0"; });
  picture.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [since, until] = [from.month, pointed(event).month].sort((a, b) => a - b);
    const asked = new URLSearchParams(location.search);
    asked.set("since", named(since));
    asked.set("until", named(until));
    asked.delete("page");
    location.search = asked;
  });
}
