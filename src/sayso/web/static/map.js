// Coastlines from the bundled Natural Earth; every place with the circle within which it lies. No tiles, no network.
import { twin } from "./twin.js";
const L = window.L, topojson = window.topojson;
const box = document.getElementById("worldmap");
const rows = box && (await twin(box));
if (rows?.drawn.length) draw(rows);

async function draw({ drawn, asked }) {
  const map = L.map(box, { attributionControl: false, worldCopyJump: true, minZoom: 1, maxZoom: 12, zoomSnap: 0.5, scrollWheelZoom: false, fadeAnimation: false });
  const chosen = drawn.filter((one) => one.pin === asked.pin);
  map.fitBounds(L.latLngBounds((chosen.length ? chosen : drawn).map((one) => [one.lat, one.lon])).pad(0.3), { maxZoom: 6, animate: false });
  const world = await (await fetch("/static/vendor/countries-50m.json")).json();
  L.geoJSON(topojson.feature(world, world.objects.countries), { className: "b-land", interactive: false }).addTo(map);
  const most = Math.max(...drawn.map((one) => one.mentions));
  for (const one of drawn) {
    if (one.radius_km > 1) L.circle([one.lat, one.lon], { radius: Math.min(one.radius_km, 3000) * 1000, className: "b-circle", interactive: false }).addTo(map);
    const pin = L.circleMarker([one.lat, one.lon], { radius: 5 + 9 * Math.sqrt(one.mentions / most), className: "b-pin" }).addTo(map);
    const label = document.createElement("span");
    label.textContent = `${one.name}: ${one.mentions}`;
    pin.bindTooltip(label);
    pin.on("click", () => { location.search = new URLSearchParams({ ...asked, pin: one.pin }); });
  }
  // Tab goes past the pins: the table below has a link for each.
  box.querySelectorAll("path[tabindex], .leaflet-marker-icon").forEach((one) => one.setAttribute("tabindex", "-1"));
}
