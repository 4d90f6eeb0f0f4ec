// The slider fills the form's date and asks again; without scripts the date is written.
"use strict";

for (const label of document.querySelectorAll("[data-months]")) {
  const months = label.dataset.months.split(" ");
  const field = label.closest("form").elements[label.dataset.fills];
  const slider = label.querySelector("input");
  const told = label.querySelector("output");
  const month = () => months[slider.value] ?? "";
  const later = months.findIndex((one) => one >= field.value.slice(0, 7));
  slider.value = field.value && later >= 0 ? later : months.length;
  slider.addEventListener("input", () => { told.value = month() || "today"; });
  slider.addEventListener("change", () => { field.value = month(); label.closest("form").requestSubmit(); });
  label.hidden = false;
}
