// Sliders beside the boxes for weights. htmx asks for the page and puts its answer in place; this file does what
// htmx has no word for without eval: a slider fills its box and shows its value, and what was found is read out once.
// Without scripts the sliders stay hidden, and boxes and button do the same.
"use strict";

(() => {
  const form = document.querySelector("form.what-if");
  if (!form) return;
  const said = document.getElementById("said");
  let sent = false;

  for (const slider of form.querySelectorAll(".slider")) {
    const range = slider.querySelector("input");
    const shown = slider.querySelector("output");
    const box = document.getElementById(range.dataset.of);
    slider.hidden = false;
    range.addEventListener("input", () => {
      shown.value = range.value;
      // As the reading has it: the box stays empty, and so does the address.
      box.value = Number(range.value) === Number(box.placeholder) ? "" : range.value;
      box.dispatchEvent(new CustomEvent("slide", { bubbles: true }));
    });
    // The end of a drag is told by "slide" already.
    range.addEventListener("change", (event) => event.stopPropagation());
    box.addEventListener("input", () => {
      const value = box.value === "" ? Number(box.placeholder) : Number(box.value);
      if (value > Number(range.max)) range.max = value;
      range.value = value;
      shown.value = box.value === "" ? box.placeholder : box.value;
    });
  }

  // A page that holds no answer, such as one that says what is wrong with the address, is shown whole.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail;
    if (asked.target && asked.target.id === "answer" && !asked.serverResponse.includes('id="answer"')) {
      asked.shouldSwap = false;
      sent = true;
      form.submit();
    }
  });

  // Once the form is sent the page that comes is the answer: a step that is still on its way must change neither the
  // page nor its address, and one that has not begun is not asked for. Whoever goes on here, since the answer was not
  // awaited or was left again, is answered as before.
  form.addEventListener("submit", () => {
    sent = true;
    htmx.trigger(form, "htmx:abort");
  });
  form.addEventListener("input", () => { sent = false; }, true);
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (sent) event.preventDefault();
  });

  // Read out what was found when the slider rests, not at each step.
  let rests = 0;
  document.body.addEventListener("htmx:afterSettle", () => {
    clearTimeout(rests);
    rests = setTimeout(() => {
      const found = document.getElementById("summary");
      if (!found || found.textContent === said.textContent) return;
      said.closest("p").hidden = false;
      said.textContent = found.textContent;
    }, 400);
  });
})();
