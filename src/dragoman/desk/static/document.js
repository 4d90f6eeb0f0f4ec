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

// Selected words become the words of a new report, by where they stand in the text: whole words, counted by characters
// as evidence is. An apostrophe or a hyphen within a word is a letter of it.
const form = document.querySelector("#add form");
let picked = null;

const isLetter = (letters, at) => /[^\s\p{P}]/u.test(letters[at] ?? " ")
  || (/['’‑-]/u.test(letters[at] ?? " ") && /[^\s\p{P}]/u.test(letters[at - 1] ?? " ") && /[^\s\p{P}]/u.test(letters[at + 1] ?? " "));

function stretch(range) {
  let [start, end] = [null, null];
  for (const part of article.querySelectorAll("[data-at]")) {
    const words = part.firstChild;
    if (!words || !range.intersectsNode(words)) continue;
    const from = words === range.startContainer ? range.startOffset : 0;
    const inside = words.data.slice(from, words === range.endContainer ? range.endOffset : words.length);
    if (!inside.trim()) continue;
    const at = Number(part.dataset.at) + [...words.data.slice(0, from)].length;
    start ??= { part, at: at + [...inside].length - [...inside.trimStart()].length };
    end = { part, at: at + [...inside.trimEnd()].length };
  }
  return start && { start: snapped(start, -1), end: snapped(end, 1) };
}

// Where a word ends that would be cut at this place; a paragraph may be in many parts.
function snapped({ part, at }, way) {
  const parts = [...part.closest("p").querySelectorAll("[data-at]")];
  const letters = parts.flatMap((one) => [...one.textContent]);
  let here = at - Number(parts[0].dataset.at);
  while (isLetter(letters, here - 1) && isLetter(letters, here)) here += way;
  return here + Number(parts[0].dataset.at);
}

function wordsOf({ start, end }) {
  return [...article.querySelectorAll("[data-at]")].map((part) => {
    const from = Number(part.dataset.at);
    return [...part.textContent].slice(Math.max(start - from, 0), Math.max(end - from, 0)).join("");
  }).join("");
}

document.addEventListener("selectionchange", () => {
  picked?.remove();
  picked = null;
  const selection = getSelection();
  if (!form || selection.isCollapsed || !selection.rangeCount || !article.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const chosen = stretch(range);
  if (!chosen) return;
  picked = document.createElement("div");
  picked.className = "picked";
  picked.setAttribute("role", "group");
  picked.setAttribute("aria-label", "Add a report");
  picked.addEventListener("mousedown", (event) => event.preventDefault()); // which would take the selection away
  const words = document.createElement("q");
  words.textContent = wordsOf(chosen);
  picked.append(words, "as ");
  for (const { value } of form.elements.kind.options) {
    const go = document.createElement("a");
    go.href = `${form.action}?${new URLSearchParams({ evidence: `${chosen.start}-${chosen.end}`, kind: value })}`;
    go.className = `kind ${value}`;
    go.textContent = value;
    picked.append(go);
  }
  const box = range.getBoundingClientRect();
  document.body.append(picked);
  picked.style.top = `${box.bottom + scrollY + 6}px`;
  picked.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - picked.offsetWidth - 8))}px`;
});

// To the kinds of what is selected; where nothing is, to the field for the words.
keys.n = () => (picked?.querySelector("a") ?? form?.elements.evidence)?.focus();

const asked = location.hash.slice(2);
const first = told.find((row) => row.dataset.id === asked);
if (first) choose(first);
