"use strict";
// Everything here reads the page itself: no data, no network, no markup made from strings.
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const notes = all("#texts .note");
  const pieces = new Map(); // note id -> the runs of text it is about
  const ids = (element) => `${element.dataset.s || ""} ${element.dataset.r || ""}`.trim().split(/\s+/);
  for (const run of all("#texts [data-s], #texts [data-r]"))
    for (const id of ids(run)) pieces.has(id) ? pieces.get(id).push(run) : pieces.set(id, [run]);

  // ---- light and dark
  const root = document.documentElement;
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => { $("theme").textContent = dark() ? "Light" : "Dark"; };
  $("theme").addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  name();
  all("[hidden].tools, #filters").forEach((element) => { element.hidden = false; });
  const measure = () => root.style.setProperty("--bar", getComputedStyle($("filters")).position === "sticky" ? `${$("filters").offsetHeight}px` : "0px");
  new ResizeObserver(measure).observe($("filters"));

  // ---- filters
  const fields = { text: $("f-text"), v: $("f-v"), w: $("f-w"), m: $("f-m"), a: $("f-a") };
  const words = new Map();
  const wordsOf = (note) => {
    if (!words.has(note)) words.set(note, note.textContent.toLowerCase());
    return words.get(note);
  };
  const fits = (note, want) =>
    (!want.v || (note.dataset.v || "").split(" ").includes(want.v)) &&
    (!want.w || note.dataset.w === want.w) &&
    (!want.m || note.dataset.m === want.m) &&
    (!want.a || "a" in note.dataset) &&
    (!want.text || wordsOf(note).includes(want.text));
  let shown = notes.filter((note) => !("own" in note.dataset));
  const every = shown.length;

  function filter() {
    const want = { text: fields.text.value.trim().toLowerCase(), v: fields.v.value, w: fields.w.value, m: fields.m.value, a: fields.a.checked };
    const on = Object.values(want).some(Boolean);
    document.body.classList.toggle("filtering", on);
    all("#texts .hit").forEach((element) => element.classList.remove("hit"));
    const found = notes.filter((note) => fits(note, want) && (on || !("own" in note.dataset)));
    const kept = new Set(found);
    for (const note of notes) note.hidden = on && !kept.has(note);
    if (on) for (const note of found) {
      for (const run of pieces.get(note.id) || []) if ((run.dataset.s || "").split(" ").includes(note.id)) run.classList.add("hit");
      note.closest(".part").classList.add("hit");
    }
    const texts = new Set(found.map((note) => note.closest("article")));
    for (const article of all("#texts > article")) article.hidden = on && !texts.has(article);
    shown = found;
    $("count").textContent = on ? `${found.length} ${found.length === 1 ? "statement" : "statements"} in ${texts.size} ${texts.size === 1 ? "text" : "texts"}` : `${every} ${every === 1 ? "statement" : "statements"}`;
  }
  let waiting = 0;
  $("filters").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  $("filters").addEventListener("submit", (event) => { event.preventDefault(); filter(); step(1); });
  $("filters").addEventListener("reset", () => setTimeout(filter));
  filter();

  // ---- what belongs together lights up
  let lit = [];
  function light(list) {
    lit.forEach((element) => element.classList.remove("lit"));
    lit = list.flatMap((id) => [...(pieces.get(id) || []), ...($(id) ? [$(id)] : [])]);
    lit.forEach((element) => element.classList.add("lit"));
  }

  // ---- the card: exact words, chain and reason, copied from the notes
  const card = $("card"), body = card.querySelector(".body");
  let pinned = null, hovered = null, timer = 0;
  function part(id, first) {
    const note = $(id), box = document.createElement("div");
    if (!first) box.className = "other";
    const copy = note.cloneNode(true);
    const from = copy.querySelector("summary");
    box.append(...(from ? from.childNodes : []), ...(copy.querySelector(".more") || copy).childNodes);
    if (!first) box.querySelector("dl")?.remove();
    return box;
  }
  const covering = (run) => (run.dataset.s || run.dataset.r || "").split(" ").filter((id) => $(id)).reverse();
  function open(run, pin) {
    const list = covering(run);
    if (!list.length) return;
    light(list);
    body.replaceChildren(...list.map((id, at) => part(id, at === 0)));
    card.hidden = false;
    card.scrollTop = 0;
    card.classList.toggle("pinned", pin);
    place(run);
    pinned = pin ? run : null;
    if (pin) card.querySelector(".close").focus({ preventScroll: true });
  }
  function place(run) {
    const at = run.getClientRects()[0], edge = 12;
    const below = at.bottom + 8 + card.offsetHeight < innerHeight;
    card.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - card.offsetWidth - edge))}px`;
    card.style.top = `${below ? at.bottom + 8 : Math.max(edge, at.top - card.offsetHeight - 8)}px`;
  }
  function close() {
    if (card.hidden) return false;
    const note = pinned && card.contains(document.activeElement) && $(covering(pinned)[0]);
    card.hidden = true;
    pinned = null;
    light([]);
    note?.querySelector?.("summary")?.focus({ preventScroll: true });
    return true;
  }
  const runAt = (target) => target.closest?.("#texts .part [data-s], #texts .part [data-r]");
  document.addEventListener("mouseover", (event) => {
    if (pinned || card.contains(event.target)) return clearTimeout(timer);
    const note = event.target.closest?.("#texts .note"), run = runAt(event.target);
    if (run === hovered && run) return;
    hovered = run;
    clearTimeout(timer);
    if (note) return light([note.id]);
    timer = run && !run.classList.contains("own") ? setTimeout(() => open(run, false), 350) : setTimeout(close, 250);
    if (!run && card.hidden) light([]);
  });
  document.addEventListener("click", (event) => {
    if (card.contains(event.target) && !event.target.closest("a, .close")) return;
    const run = runAt(event.target);
    if (event.target.closest(".ref")) return follow(event.target.closest(".ref").hash.slice(1));
    if (run && !event.target.closest("a") && !getSelection().toString()) { clearTimeout(timer); return open(run, true); }
    close();
  });
  document.addEventListener("scroll", () => { if (!card.hidden && !pinned) close(); }, { passive: true });

  // ---- moving about
  function reveal(id) {
    const target = $(id);
    for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    if (target?.matches(".voice")) target.querySelector("details").open = true;
    return target;
  }
  function follow(id) {
    const note = reveal(id);
    if (note?.matches("#texts .note")) light([id]);
  }
  addEventListener("hashchange", () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if ($(id)?.hidden) $("filters").reset();
    follow(id);
    $(id)?.scrollIntoView();
  });
  if (location.hash) follow(decodeURIComponent(location.hash.slice(1)));

  $("texts").addEventListener("toggle", (event) => {
    const note = event.target.open && event.target.closest(".note");
    if (note) light([note.id]);
  }, true);
  let current = null;
  function step(by) {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = at >= 0 ? at + by : Math.max(0, first());
    current = shown[Math.max(0, Math.min(shown.length - 1, next))];
    reveal(current.id);
    light([current.id]);
    const run = (pieces.get(current.id) || [])[0] || current;
    run.scrollIntoView({ block: "center" });
    const stop = current.querySelector("summary") || current;
    if (stop === current) current.tabIndex = -1;
    stop.focus({ preventScroll: true });
  }
  function first() {
    const text = all("#texts > article").find((article) => !article.hidden && article.getBoundingClientRect().bottom > 80);
    const at = shown.findIndex((note) => text?.contains(note) && note.getBoundingClientRect().bottom > 80);
    return at >= 0 ? at : shown.findIndex((note) => text?.contains(note));
  }
  document.addEventListener("focusin", (event) => {
    const note = event.target.closest?.("#texts .note");
    if (note && shown.includes(note)) current = note;
  });

  // ---- keys
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => { $("filters").scrollIntoView({ block: "nearest" }); fields.text.focus(); },
    "?": () => $("help").showModal(),
  };
  $("keys").addEventListener("click", keys["?"]);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && !$("help").open) {
      if (!close() && event.target === fields.text) { $("filters").reset(); fields.text.blur(); }
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || $("help").open || !$("keys-on").checked) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  // ---- paper shows everything; older browsers need the folds open for it
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("article > details:not([open])");
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));
})();
