
"use strict";
// Opens and closes all steps at once. Without it each can be opened by itself.
(() => {
  const controls = document.querySelector(".mandos");
  controls.hidden = false;
  for (const button of controls.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const open = button.dataset.open === "true";
      for (const step of document.querySelectorAll(".arbol details")) step.open = open;
    });
  }
})();
