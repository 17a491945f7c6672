// From cause to effect, left to right: a column for each step, an edge for each link that somebody claims.
import { short, twin } from "./twin.js";
const d3 = window.d3;
const box = document.getElementById("drawing");
const rows = box && (await twin(box));
if (rows?.links.length) draw(rows.links.filter((one) => one.ruling.verdict !== "reject"));

function layers(links) {
  const level = new Map();
  for (const one of links) for (const node of [one.cause_node, one.effect_node]) if (!level.has(node)) level.set(node, 0);
  // A longest path; a circle of causes ends it after as many rounds as there are nodes.
  for (let round = 0, moved = true; moved && round < Math.min(level.size, 12); round++) {
    moved = false;
    for (const one of links) if (level.get(one.effect_node) <= level.get(one.cause_node) && one.cause_node !== one.effect_node) { level.set(one.effect_node, level.get(one.cause_node) + 1); moved = true; }
  }
  return level;
}

function draw(links) {
  const level = layers(links), words = new Map(links.flatMap((one) => [[one.effect_node, one.effect], [one.cause_node, one.cause]]));
  const columns = d3.groups([...level], ([, at]) => at).sort((a, b) => a[0] - b[0]);
  const wide = 250, high = 46, gap = 90, width = columns.length * (wide + gap) - gap + 20, height = Math.max(...columns.map(([, nodes]) => nodes.length)) * (high + 14) + 16;
  const svg = d3.select(box).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height).attr("aria-hidden", "true");
  box.style.overflow = "auto";
  const at = new Map();
  columns.forEach(([, nodes], column) => nodes.forEach(([node], row) => at.set(node, [10 + column * (wide + gap), 8 + row * (high + 14)])));
  const curve = d3.linkHorizontal();
  for (const one of links) {
    const [x1, y1] = at.get(one.cause_node), [x2, y2] = at.get(one.effect_node);
    const source = [x1 + wide, y1 + high / 2], target = [x2, y2 + high / 2];
    svg.append("path").attr("class", `dom-edge${one.negated ? " negated" : ""}${one.hypothetical ? " hypothetical" : ""}`).attr("d", curve({ source, target }));
    svg.append("path").attr("class", "dom-edge").attr("d", `M${target[0] - 7} ${target[1] - 4}L${target[0]} ${target[1]}L${target[0] - 7} ${target[1] + 4}`);
    svg.append("text").attr("class", "dom-kind").attr("x", (source[0] + target[0]) / 2).attr("y", (source[1] + target[1]) / 2 - 4).attr("text-anchor", "middle").text(one.kind.replace("_", " "));
  }
  for (const [node, [x, y]] of at) {
    svg.append("rect").attr("class", "dom-node").attr("x", x).attr("y", y).attr("width", wide).attr("height", high).attr("rx", 4);
    const text = svg.append("text").attr("class", "dom-text").attr("x", x + 8).attr("y", y + 18), told = words.get(node);
    text.append("tspan").attr("x", x + 8).text(short(told, 38));
    if ([...told].length > 38) text.append("tspan").attr("x", x + 8).attr("dy", 15).text(short([...told].slice(37).join(""), 38));
  }
}
