"use strict";
// The map: outlines and pins from the page itself; nothing is fetched.
(() => {
  const box = document.getElementById("map"), tools = document.getElementById("map-tools");
  const { world, pins } = JSON.parse(document.getElementById("map-data").textContent);

  // TopoJSON (github.com/topojson/topojson-specification): arcs are delta-coded and shared between borders.
  const { scale: [sx, sy], translate: [tx, ty] } = world.transform;
  const arcs = world.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * sx + tx, (y += dy) * sy + ty]);
  });
  const ring = (ids) => ids.flatMap((id, n) => {
    const points = id < 0 ? [...arcs[~id]].reverse() : arcs[id];
    return n ? points.slice(1) : points;
  });
  // A border that crosses 180 degrees goes on beyond it, not back across the world.
  const unwrap = (points) => {
    let turn = 0;
    return points.map(([x, y], n) => {
      if (n) turn -= 360 * Math.round((x - points[n - 1][0]) / 360);
      return [x + turn, y];
    });
  };
  const shape = ({ type, arcs: own }) =>
    type === "Polygon" ? [own.map(ring).map(unwrap)] : type === "MultiPolygon" ? own.map((one) => one.map(ring).map(unwrap)) : [];
  const lands = world.objects.countries.geometries.flatMap(shape);

  box.hidden = tools.hidden = false;
  const map = L.map(box, { attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: 12, worldCopyJump: true,
    scrollWheelZoom: false, renderer: L.svg({ padding: 0.5 }) });
  const flip = (line) => line.map(([lon, lat]) => [lat, lon]);
  for (const land of lands) L.polygon(land.map(flip), { className: "land", interactive: false, weight: 1 }).addTo(map);

  const told = (pin) => {
    const card = document.createElement("div"), name = document.createElement("b"), list = document.createElement("ul");
    name.textContent = pin.name;
    for (const one of pin.seen) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.textContent = `${one.words}: ${one.title}`;
      if (one.at) link.href = `#${one.at}`;
      item.append(link);
      list.append(item);
    }
    if (pin.more) list.append(Object.assign(document.createElement("li"), { textContent: `and ${pin.more} more` }));
    card.append(name, list);
    return card;
  };
  const group = L.featureGroup();
  for (const pin of pins) {
    const at = [pin.lat, pin.lon];
    L.circle(at, { radius: 1000 * pin.km, className: "reach", interactive: false, weight: 1 }).addTo(map);
    L.circleMarker(at, { radius: Math.min(12, 4 + Math.sqrt(pin.seen.length + pin.more)), className: pin.relative ? "pin relative" : "pin", weight: 1.5 })
      .bindPopup(() => told(pin), { closeButton: false, maxWidth: 260, className: "told" }).addTo(group);
  }
  group.addTo(map);
  const all = () => map.fitBounds(group.getBounds().pad(0.2), { maxZoom: 7, animate: false });
  all();
  tools.addEventListener("click", ({ target }) => {
    if (!target.dataset.zoom) return;
    if (target.dataset.zoom === "0") all(); else map.setZoom(map.getZoom() + Number(target.dataset.zoom));
  });
  addEventListener("beforeprint", () => map.invalidateSize({ animate: false }));
})();
