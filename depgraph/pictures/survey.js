"use strict";
// Tables that sort by a click on a head, and the services: found by name, shown a part at a time.
const data = JSON.parse(document.getElementById("data").textContent);
const number = (text) => (/^[\d.,\s]+%?$/.test(text) ? parseFloat(text.replace(/\s/g, "").replace(",", ".")) : NaN);
const compare = (a, b) => {
  const [x, y] = [number(a), number(b)];
  return isNaN(x) || isNaN(y) ? a.localeCompare(b) : x - y;
};
for (const table of document.querySelectorAll(".depgraph-result table")) {
  table.querySelectorAll("thead th").forEach((head, place) => {
    let turn = 1;
    head.tabIndex = 0;
    const sort = () => {
      const body = table.tBodies[0];
      const text = (row) => row.cells[place].textContent;
      [...body.rows].sort((a, b) => turn * compare(text(a), text(b))).forEach((r) => body.append(r));
      turn = -turn;
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (event) => event.key === "Enter" && sort());
  });
}
const [find, shown] = [document.getElementById("find"), document.getElementById("shown")];
const services = document.getElementById("services");
let order = [0, 1];
const cell = (kind, text) => {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
};
const draw = () => {
  const word = find.value.toLowerCase();
  const [place, turn] = order;
  const rows = data.rows.filter((row) => row.some((text) => text.toLowerCase().includes(word)));
  rows.sort((a, b) => turn * compare(a[place], b[place]));
  const few = rows.slice(0, data.most);
  services.tBodies[0].replaceChildren(
    ...few.map((row) => {
      const line = document.createElement("tr");
      line.append(...row.map((text) => cell("td", text)));
      return line;
    }),
  );
  shown.textContent = data.shown.replace("{shown}", few.length).replace("{all}", rows.length);
};
const heads = document.createElement("tr");
data.heads.forEach((text, place) => {
  const head = cell("th", text);
  head.tabIndex = 0;
  const sort = () => {
    order = [place, order[0] === place ? -order[1] : 1];
    draw();
  };
  head.addEventListener("click", sort);
  head.addEventListener("keydown", (event) => event.key === "Enter" && sort());
  heads.append(head);
});
services.tHead.append(heads);
find.addEventListener("input", draw);
document.getElementById("each").hidden = false;
draw();
