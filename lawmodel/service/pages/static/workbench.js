// The pages work without this. With it a change is answered at once, and focus stays where it is.
(() => {
  const choose = (field) => {
    const radio = field.closest(".entry")?.querySelector("input[type=radio]");
    if (radio && field.value) radio.checked = true;
  };
  // What is typed is chosen.
  document.addEventListener("input", (event) => {
    if (event.target.matches(".entry input:not([type=radio])")) choose(event.target);
  });
  // A change of the form sends it; an unfinished text field waits.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (!form) return;
    const entry = event.target.closest(".entry");
    if (entry && event.target.type === "radio" && !entry.querySelector("input:not([type=radio])").value) {
      entry.querySelector("input:not([type=radio])").focus();
      return;
    }
    form.requestSubmit();
  });
  // Where a control moves to another place of the page, focus goes with it.
  const STOPS = "a[href], button, input, select, summary, textarea";
  let focused = null;
  document.addEventListener("htmx:before:swap", () => {
    const home = document.activeElement?.closest("[id]");
    const stops = home ? [...home.querySelectorAll(STOPS)] : [];
    focused = home && home.id !== "page" ? [home.id, stops.indexOf(document.activeElement)] : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!focused || document.activeElement !== document.body) return;
    const home = document.getElementById(focused[0]);
    const stop = focused[1] < 0 ? home : home?.querySelectorAll(STOPS)[focused[1]];
    stop?.focus({ preventScroll: true });
  });
})();
