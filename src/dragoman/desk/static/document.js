// The article and its reports: choosing one in either shows it in both, with what can be decided; selected words can be
// told as a report. Without this the letters lead to the reports' own pages, and the words are typed.
"use strict";

const article = document.querySelector(".article");
const told = [...document.querySelectorAll(".told-here [data-id]")];
let chosen = null;
let turns = 0;
const beside = matchMedia("(min-width: 64.01rem)"); // the list is beside the text, else below it

function light(row) {
  for (const lit of article.querySelectorAll(".lit, .chosen")) lit.classList.remove("lit", "chosen");
  if (row.dataset.of) for (const part of article.querySelectorAll(`[data-m="${row.dataset.of}"]`)) part.classList.add("lit");
  const letter = article.querySelector(`#r${row.dataset.id}`);
  letter?.classList.add("chosen");
  return letter;
}

async function choose(row, move = true) {
  if (!row || row === chosen) return;
  chosen = row;
  const turn = ++turns; // whoever steps on quickly gets the answer for the last row alone
  for (const open of document.querySelectorAll(".told-here #decide")) open.remove();
  for (const other of told) other.classList.toggle("at", other === row);
  at = rows().indexOf(row);
  const letter = light(row);
  if (move) letter?.scrollIntoView({ block: "center" });
  history.replaceState(null, "", `#r${row.dataset.id}`);
  const answer = await fetch(`/reports/${row.dataset.id}?back=document`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || turn !== turns) return;
  const box = page.getElementById("decide"); // none for who may not decide, where nobody has
  if (box) row.append(document.adoptNode(box));
  if (beside.matches || !move) row.scrollIntoView({ block: "nearest" });
}

for (const row of told) {
  row.addEventListener("focusin", (event) => { if (!event.target.closest("#decide")) choose(row); });
  row.querySelector("a.kind")?.addEventListener("click", (event) => { event.preventDefault(); chosen = null; choose(row); });
}

article.addEventListener("click", (event) => {
  const letter = event.target.closest("a.kind");
  if (letter) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(told.find((row) => `r${row.dataset.id}` === letter.id), false);
    return;
  }
  if (!getSelection().isCollapsed) return;
  const through = [];
  for (let part = event.target.closest("[data-m]"); part; part = part.parentElement.closest("[data-m]")) through.push(part.dataset.m);
  const here = told.filter((row) => through.includes(row.dataset.of));
  choose(here[(here.indexOf(chosen) + 1) % here.length], false);
});

keys.ArrowRight = keys.j;
keys.ArrowLeft = keys.k;

// Selected words become the words of a new report, by where they stand in the text.
const form = document.querySelector("#add form");
let picked = null;

function stretch(range) {
  let [start, end] = [null, null];
  for (const part of article.querySelectorAll("[data-at]")) {
    const words = part.firstChild;
    if (!words || !range.intersectsNode(words)) continue;
    const from = words === range.startContainer ? range.startOffset : 0;
    const inside = words.data.slice(from, words === range.endContainer ? range.endOffset : words.length);
    if (!inside.trim()) continue;
    const at = Number(part.dataset.at) + [...words.data.slice(0, from)].length; // by characters, as evidence counts
    start ??= at + inside.length - inside.trimStart().length;
    end = at + [...inside.trimEnd()].length;
  }
  return start === null ? null : `${start}-${end}`;
}

document.addEventListener("selectionchange", () => {
  picked?.remove();
  picked = null;
  const selection = getSelection();
  if (!form || selection.isCollapsed || !selection.rangeCount || !article.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const evidence = stretch(range);
  if (evidence === null) return;
  picked = document.createElement("p");
  picked.className = "picked";
  picked.addEventListener("mousedown", (event) => event.preventDefault()); // which would take the selection away
  picked.append("Add as ");
  for (const { value } of form.elements.kind.options) {
    const go = document.createElement("a");
    go.href = `${form.action}?${new URLSearchParams({ evidence, kind: value })}`;
    go.className = `kind ${value}`;
    go.textContent = value;
    picked.append(go);
  }
  const box = range.getBoundingClientRect();
  document.body.append(picked);
  picked.style.top = `${box.bottom + scrollY + 6}px`;
  picked.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - picked.offsetWidth - 8))}px`;
});

const asked = location.hash.slice(2);
const first = told.find((row) => row.dataset.id === asked);
if (first) choose(first);
