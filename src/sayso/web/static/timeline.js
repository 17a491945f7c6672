// Two lanes: above, how many entries begin when; below, how long each entry of this page may have lasted. Entries off the
// window that the twin names are counted by the page, not drawn.
import { twin } from "./twin.js";
const d3 = window.d3;
const box = document.getElementById("drawing");
const rows = box && (await twin(box));
if (rows) draw(rows);

function date(text) { return new Date(text.length === 4 ? `${text}-01-01T00:00:00Z` : text.length === 7 ? `${text}-01T00:00:00Z` : `${text.slice(0, 10)}T00:00:00Z`); }
function next(day, unit) { return d3[{ day: "utcDay", month: "utcMonth", year: "utcYear" }[unit]].offset(day, 1); }

function draw({ columns, unit, moments, window: [low, high] }) {
  if (!low) return;
  const edges = [date(low), d3.utcDay.offset(date(high), 1)];
  const shown = moments.filter((one) => one.first || one.last).map((one) => ({ from: date(one.first || one.last), to: d3.utcDay.offset(date(one.last || one.first), 1) })).filter((one) => one.to > edges[0] && one.from < edges[1]);
  const bars = columns.map(([day, lane, count]) => ({ day: date(day), lane, count })).filter((one) => !Number.isNaN(one.day.getTime()));
  const width = Math.max(320, box.clientWidth), lane = 56, row = 7, left = 84, height = 2 * lane + 28 + Math.min(40, shown.length) * row + 12;
  const svg = d3.select(box).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", "100%").attr("aria-hidden", "true");
  const x = d3.scaleUtc(edges, [left, width - 12]);
  const most = d3.max(bars, (one) => one.count) || 1, y = d3.scaleLinear([0, most], [0, lane - 14]);
  svg.append("clipPath").attr("id", "lanes").append("rect").attr("x", left).attr("width", width - left).attr("height", height);
  const body = svg.append("g").attr("clip-path", "url(#lanes)");
  for (const [name, base] of [["happened", lane], ["said", 2 * lane]]) {
    svg.append("text").attr("class", "lane-name").attr("x", 8).attr("y", base - 6).text(name);
    body.append("g").selectAll("rect").data(bars.filter((one) => one.lane === name)).join("rect").attr("class", `bar-${name}`)
      .attr("y", (one) => base - y(one.count)).attr("height", (one) => y(one.count));
  }
  const spans = body.append("g").selectAll("rect").data(shown.slice(0, 40)).join("rect").attr("class", "span-bar")
    .attr("y", (one, at) => 2 * lane + 28 + at * row).attr("height", row - 2);
  const axis = svg.append("g").attr("class", "b-axis").attr("transform", `translate(0 ${2 * lane})`);
  function place(scale) {
    body.selectAll(".bar-happened, .bar-said").attr("x", (one) => scale(one.day)).attr("width", (one) => Math.max(1.5, scale(next(one.day, unit)) - scale(one.day) - 0.5));
    spans.attr("x", (one) => scale(one.from)).attr("width", (one) => Math.max(2, scale(one.to) - scale(one.from)));
    axis.call(d3.axisBottom(scale).ticks(Math.max(3, Math.floor(width / 140))));
  }
  place(x);
  svg.call(d3.zoom().scaleExtent([1, 400]).translateExtent([[0, 0], [width, height]]).filter((event) => event.type !== "wheel" || event.ctrlKey).on("zoom", (event) => place(event.transform.rescaleX(x))));
}
