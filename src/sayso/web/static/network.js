// The edges with most statements as a drawing; a click opens the statements. The table says the same.
import { plain, short, twin } from "./twin.js";
const box = document.getElementById("network");
const rows = box && (await twin(box));
if (rows?.drawn.length) draw(rows.drawn);

function draw(edges) {
  const names = new Map(edges.flatMap((one) => [[one.from, one.subject], [one.to, one.object]]));
  const most = Math.max(...edges.map((one) => one.statements));
  const elements = [
    ...[...names].map(([id, label]) => ({ data: { id, label: short(label, 28) } })),
    ...lines(edges).map((held) => ({ data: { id: `edge ${held[0].id}`, source: held[0].from, target: held[0].to, label: label(held), width: 1 + 5 * Math.sqrt(held[0].statements / most), open: held.every((one) => one.mark) ? "dashed" : "solid", href: address(held) } })),
  ];
  const ink = plain("--ink"), accent = plain("--accent"), leaf = plain("--leaf"), edge = plain("--edge");
  const drawing = window.cytoscape({
    container: box, elements, userZoomingEnabled: false,
    // On a ring no name hides another and no line runs through one: relations are read by their labels. Who cites whom
    // has too many names for a ring.
    layout: edges[0].relation ? { name: "circle", animate: false, padding: 30 } : { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 90000, idealEdgeLength: () => 90, padding: 24 },
    style: [
      { selector: "node", style: { label: "data(label)", color: ink, "background-color": accent, width: 14, height: 14, "font-size": 11, "text-background-color": leaf, "text-background-opacity": 0.85, "text-margin-y": -4 } },
      { selector: "edge", style: { width: "data(width)", "line-color": edge, "line-style": "data(open)", "target-arrow-color": edge, "target-arrow-shape": "triangle", "curve-style": "bezier", label: "data(label)", color: ink, "font-size": 10, "text-wrap": "wrap", "text-background-color": leaf, "text-background-opacity": 0.85 } },
    ],
  });
  drawing.on("tap", "edge", (event) => { location.href = event.target.data("href"); });
}

// One line for all that one is said to be to another: side by side they would hide the names.
function lines(edges) {
  const held = new Map();
  for (const one of edges) held.set(`${one.from} ${one.to}`, [...(held.get(`${one.from} ${one.to}`) ?? []), one]);
  return [...held.values()];
}

function label(held) {
  return held[0].what === "cites" ? "" : [...new Set(held.map((one) => (one.mark ? `${one.what} (${one.mark})` : one.what)))].join(",\n");
}

function address(held) {
  if (!held[0].relation) return `/edge?${new URLSearchParams({ from: held[0].from, to: held[0].to })}`;
  return held.length > 1 ? `/voice?${new URLSearchParams({ key: held[0].from })}` : `/edge?${new URLSearchParams({ relation: held[0].relation })}`;
}
