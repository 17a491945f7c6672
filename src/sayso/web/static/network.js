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
    ...edges.map((one) => ({ data: { id: `edge ${one.id}`, source: one.from, target: one.to, label: one.what === "cites" ? "" : one.what, width: 1 + 5 * Math.sqrt(one.statements / most), href: one.relation ? `/edge?${new URLSearchParams({ relation: one.relation })}` : `/edge?${new URLSearchParams({ from: one.from, to: one.to })}` } })),
  ];
  const ink = plain("--ink"), accent = plain("--accent"), leaf = plain("--leaf"), edge = plain("--edge");
  const drawing = window.cytoscape({
    container: box, elements, userZoomingEnabled: false,
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 90000, idealEdgeLength: () => 90, padding: 24 },
    style: [
      { selector: "node", style: { label: "data(label)", color: ink, "background-color": accent, width: 14, height: 14, "font-size": 11, "text-background-color": leaf, "text-background-opacity": 0.85, "text-margin-y": -4 } },
      { selector: "edge", style: { width: "data(width)", "line-color": edge, "target-arrow-color": edge, "target-arrow-shape": "triangle", "curve-style": "bezier", label: "data(label)", color: ink, "font-size": 10, "text-background-color": leaf, "text-background-opacity": 0.85 } },
    ],
  });
  drawing.on("tap", "edge", (event) => { location.href = event.target.data("href"); });
}
