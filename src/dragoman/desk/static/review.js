// Single keys of the review; the buttons do the same without them.
"use strict";

const press = (selector) => () => document.querySelector(selector)?.click();
const reviewKeys = {
  a: press("#judge button[value=accept]"),
  x: press("#judge button[value=reject]"),
  s: press("#pass"),
  u: press("#undo"),
  r: () => document.querySelector("#judge [name=reason]")?.focus(),
  c: () => {
    const box = document.getElementById("correct");
    if (!box) return;
    box.open = true;
    box.querySelector("input:not([type=hidden]), select, textarea").focus();
  },
};

let done = false; // a key held down decides once
document.addEventListener("keydown", (event) => {
  const leaves = event.key === "Escape" || (event.key === "Enter" && event.target.matches("#judge input"));
  if (leaves && event.target.closest(".at-hand form")) event.target.blur(); // keys decide again
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const act = reviewKeys[event.key];
  if (!act || done) return;
  event.preventDefault();
  done = event.key !== "c" && event.key !== "r";
  act();
});
// Whoever comes back by the browser's own button may decide anew.
addEventListener("pageshow", () => { done = false; });
