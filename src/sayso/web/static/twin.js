// What a drawing shows comes from the page's own twin: the same rows that the table was made from.
export async function twin(box) {
  const answer = await fetch(box.dataset.twin, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
// A colour of the page as drawings on a canvas understand it: they know no light-dark().
export function plain(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = found;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
export const short = (words, most) => ([...words].length > most ? [...words].slice(0, most - 1).join("") + "…" : words);
