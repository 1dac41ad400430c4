// Progress: a log of answers in this browser, and nowhere else. Without this, all pages of exercises work, and nothing is kept.
(() => {
  document.documentElement.classList.add("scripted");
  const LOG = "lawmodel-progress";
  const SETS = "lawmodel-sets";
  const PENDING = "lawmodel-pending";
  const MOST_SETS = 20;
  const MOST_ANSWERS = 20000;
  const MOST_SENT = 900000; // characters: the service takes a megabyte
  const EMPTY = () => ({ format: "lawmodel-progress", edition: 1, answers: [] });
  const kept = (key, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const keep = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  const isLog = (log) => log?.format === "lawmodel-progress" && log.edition === 1 && Array.isArray(log.answers);
  const log = () => {
    const found = kept(LOG, EMPTY());
    return isLog(found) ? found : EMPTY();
  };
  const joined = (one, other) => {
    const found = new Map();
    for (const answer of [...one.answers, ...other.answers]) {
      const key = `${answer.at} ${answer.exercise}`;
      if (!found.has(key)) found.set(key, answer);
    }
    const answers = [...found.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return { ...EMPTY(), answers: answers.slice(-MOST_ANSWERS) };
  };
  // An answer is noted when it was given here, and not when its page is opened again, or from a link.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.id !== "exercise" || event.submitter?.value === "hint") return;
      try {
        sessionStorage.setItem(PENDING, event.target.action);
      } catch {
        // then nothing is kept, and the page says so
      }
    },
    true,
  );
  const note = () => {
    const place = document.getElementById("kept");
    if (!place?.dataset.record) return;
    let pending = null;
    try {
      pending = sessionStorage.getItem(PENDING);
      sessionStorage.removeItem(PENDING);
    } catch {
      place.textContent = place.dataset.notKept;
      return;
    }
    if (pending !== location.origin + location.pathname) return;
    const answer = { ...JSON.parse(place.dataset.record), at: new Date().toISOString() };
    const sets = kept(SETS, {});
    const [path, query] = place.dataset.set.split("?");
    const [, name, number] = path.match(/^(.*)\/(\d+)$/);
    const set = `${name}?${query}`;
    const reached = Math.max(Number(number), sets[set] ?? 0);
    delete sets[set];
    const latest = Object.fromEntries([...Object.entries(sets), [set, reached]].slice(-MOST_SETS));
    const done = keep(LOG, joined(log(), { answers: [answer] })) && keep(SETS, latest);
    place.textContent = done ? place.dataset.kept : place.dataset.notKept;
  };
  let saved = null;
  const show = () => {
    const here = document.getElementById("progress-here");
    if (!here) return;
    const found = log();
    here.hidden = false;
    document.getElementById("answers-here").textContent = found.answers.length;
    document.getElementById("progress-file").hidden = true;
    if (saved) URL.revokeObjectURL(saved);
    saved = URL.createObjectURL(new Blob([`${JSON.stringify(found, null, 1)}\n`], { type: "application/json" }));
    document.getElementById("progress-export").href = saved;
    let sent = found;
    while (JSON.stringify(sent).length > MOST_SENT) sent = { ...sent, answers: sent.answers.slice(sent.answers.length / 10 + 1) };
    document.getElementById("content").value = JSON.stringify(sent);
    const sets = Object.entries(kept(SETS, {})).map(([set, reached]) => set.replace("?", `/${reached}?`));
    document.getElementById("sets").value = sets.join("\n");
  };
  document.addEventListener("change", async (event) => {
    if (event.target.id !== "progress-import" || !event.target.files.length) return;
    const says = document.getElementById("progress-says");
    try {
      const read = JSON.parse(await event.target.files[0].text());
      if (!isLog(read) || !keep(LOG, joined(log(), read))) throw new Error("no log");
      says.textContent = says.dataset.imported;
    } catch {
      says.textContent = says.dataset.refused;
    }
    show();
  });
  document.addEventListener("click", (event) => {
    const forget = event.target.closest?.("#progress-forget");
    if (!forget || !confirm(forget.dataset.sure)) return;
    localStorage.removeItem(LOG);
    localStorage.removeItem(SETS);
    show();
  });
  const arrived = () => {
    note();
    show();
  };
  document.addEventListener("htmx:after:swap", arrived);
  arrived();
})();
