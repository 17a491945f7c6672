// Keys, copying and dropping: everything here reads the page itself and sends its forms; nothing is made from strings.
const $ = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const notes = () => all("main .note, main .card, main .item").filter((one) => one.getClientRects().length);
let at = null;

function say(words) { $("said").textContent = words; }

function stand(note, focus = true) {
  at?.classList.remove("at");
  at = note;
  if (!note) return;
  note.classList.add("at");
  for (let up = note.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  note.tabIndex = -1;
  if (focus) note.focus({ preventScroll: true });
  note.scrollIntoView({ block: "center" });
  light(note.dataset.id);
}

let lit = [];
function light(id) {
  lit.forEach((one) => one.classList.remove("lit"));
  lit = id ? all("#texts [data-s]").filter((one) => one.dataset.s.split(" ").includes(id)) : [];
  lit.forEach((one) => one.classList.add("lit"));
}

function step(by) {
  const list = notes();
  if (!list.length) return;
  const now = list.indexOf(at);
  stand(list[Math.max(0, Math.min(list.length - 1, now < 0 ? (by > 0 ? 0 : list.length - 1) : now + by))]);
}

function act(name) {
  const root = at || (notes().length === 1 ? notes()[0] : document.querySelector("main"));
  const found = root.querySelector(`[data-act="${name}"]`) || (root === at ? null : document.querySelector(`main [data-act="${name}"]`));
  if (!found) return say(`nothing here to ${name}`);
  found.tagName === "FORM" ? found.requestSubmit(found.querySelector("button")) : found.click();
}

async function send(path) {
  const data = new URLSearchParams({ token: document.querySelector("[name=token]").value });
  const answer = await fetch(path, { method: "POST", body: data, headers: { Accept: "application/json" } });
  const told = await answer.json();
  if (answer.ok) location.reload();
  else say(told.error);
}

async function copy() {
  if (!at?.dataset.id) return;
  const twin = await fetch(`/cite/${encodeURIComponent(at.dataset.id)}.json`);
  if (!twin.ok) return say("nothing to copy here");
  await navigator.clipboard.writeText((await twin.json()).citation);
  say("copied with quote, place and hash");
}

const keys = {
  j: () => step(1), k: () => step(-1),
  a: () => act("accept"), r: () => act("reject"), e: () => act("correct"),
  o: () => { const fold = at?.querySelector("details"); if (fold) fold.open = !fold.open; },
  u: () => send("/undo"), U: () => send("/redo"), c: copy,
  b: () => all(".views a").find((one) => !one.hasAttribute("aria-current") && /beside=/.test(one.search) && !/beside=(chains|original).*beside=/.test(one.search) && one.closest("nav").getAttribute("aria-label") === "Beside")?.click(),
  "/": () => document.querySelector("[aria-keyshortcuts='/']").focus(),
  "?": () => $("help").showModal(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (event.key === "Escape" && typing) return event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("help").open || !$("keys-on").checked) return;
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
document.querySelector("a.keys").addEventListener("click", (event) => { event.preventDefault(); $("help").showModal(); });
document.addEventListener("focusin", (event) => {
  const note = event.target.closest?.("main .note, main .card, main .item");
  if (note && note !== at) { at?.classList.remove("at"); at = note; light(note.dataset.id); }
});
document.addEventListener("mouseover", (event) => {
  const note = event.target.closest?.("#texts .note"), run = event.target.closest?.("#texts [data-s]");
  light(note?.dataset.id || run?.dataset.s.trim().split(" ").pop() || at?.dataset.id);
});
document.addEventListener("click", (event) => {
  const run = event.target.closest?.("#texts [data-s]");
  if (!run || event.target.closest("a") || getSelection().toString()) return;
  const note = $(run.dataset.s.trim().split(" ").filter((id) => $(id)).pop());
  if (!note) return;
  note.querySelector("details").open = true;
  stand(note);
});
const wanted = location.hash ? $(decodeURIComponent(location.hash.slice(1))) : null;
if (wanted?.matches(".note, .card, .item")) stand(wanted);

// The words selected in the context of a correction, as a span in code points (Python's), not in UTF-16 units.
const points = (text) => [...text].length;
document.addEventListener("selectionchange", () => {
  const box = document.querySelector(".context"), field = document.querySelector("[data-span]"), chosen = getSelection();
  if (!box || !field || chosen.isCollapsed || !box.contains(chosen.anchorNode) || !box.contains(chosen.focusNode)) return;
  const range = chosen.getRangeAt(0), before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(box.dataset.start) + points(before.toString()) - 2; // "… " stands first
  const words = range.toString();
  if (start >= Number(box.dataset.start) && words.trim()) field.value = `${start}-${start + points(words)}`;
});

// Files that are dropped on the page go into the form.
const form = $("add");
if (form) {
  const box = form.querySelector(".drop"), field = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); box.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => { event.preventDefault(); box.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    const files = await gather([...event.dataTransfer.items]);
    const data = new DataTransfer();
    for (const file of files) data.items.add(file);
    field.files = data.files;
    if (field.files.length) form.requestSubmit();
  });
}
async function gather(items) {
  const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean), files = [];
  while (entries.length) {
    const entry = entries.shift();
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      // The folder goes along in the name: two folders may each hold an index.html.
      files.push(new File([file], entry.fullPath.replace(/^\//, "").replaceAll("/", "∕"), { type: file.type }));
    } else {
      const reader = entry.createReader();
      for (let more = [0]; more.length;) { more = await new Promise((done, failed) => reader.readEntries(done, failed)); entries.push(...more); }
    }
  }
  return files;
}
if (document.body.classList.contains("s-review") && !location.hash) stand(notes()[0] || null, false);
