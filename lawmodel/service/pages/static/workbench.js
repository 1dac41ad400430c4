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
  // Focus: where a control moves to another place of the page, it goes with it. Where a link was followed, or nothing is
  // left of what had it, it goes to the heading of what is shown, or to the place that the link names. The answer is in a
  // status line, which a screen reader tells by itself; so it is said once.
  const STOPS = "a[href], button, input, select, summary, textarea";
  let focused = null;
  let followed = null;
  document.addEventListener("htmx:before:swap", (event) => {
    const source = event.detail?.ctx?.sourceElement;
    followed = source?.matches?.("a[href]") ? source.hash.slice(1) : null;
    const home = document.activeElement?.closest("[id]");
    const stops = home ? [...home.querySelectorAll(STOPS)] : [];
    const inside = home && home.id !== "page" && home.id !== "main";
    focused = inside ? [home.id, stops.indexOf(document.activeElement), top(document.activeElement)] : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (followed !== null) {
      arrive(document.getElementById(followed));
      if (!followed) scrollTo(0, 0);
    } else if (document.activeElement === document.body) {
      const home = focused && document.getElementById(focused[0]);
      const stop = home && (focused[1] < 0 ? home : home.querySelectorAll(STOPS)[focused[1]]);
      stop?.focus({ preventScroll: true });
      if (document.activeElement === document.body) arrive(null);
    }
    // What has focus stays where the reader looks, however much is above it now.
    if (followed === null && focused && document.activeElement.closest("form")) {
      scrollBy(0, top(document.activeElement) - focused[2]);
    }
  });
  const top = (place) => place.getBoundingClientRect().top;
  const arrive = (place) => {
    const found = place ?? document.querySelector("h1");
    if (!found) return;
    if (!found.matches(STOPS)) found.tabIndex = -1;
    found.focus({ preventScroll: true });
  };
})();
