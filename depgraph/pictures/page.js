"use strict";
const el = (id) => document.getElementById(id);
const root = document.documentElement;
const main = document.querySelector("main");
const off = new Set(); // who is taken away, by numbers that are the same in each language
const own = root.lang; // the language that the file is in when it is opened
let picked = ""; // the picture that is shown

// Who is taken away, and the language, stand in the address, so that a reader can hand it on.
const tell = (D) => {
  const parts = [];
  if (off.size) parts.push("without=" + [...off].map((n) => encodeURIComponent(D.ids[n])).join(","));
  if (root.lang !== own) parts.push("lang=" + root.lang);
  try {
    history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.href.split("#")[0]);
  } catch { /* a frame of a notebook has no address of its own */ }
};
const asked = () => new URLSearchParams(location.hash.slice(1));
const take = (D) => {
  off.clear();
  (asked().get("without") || "").toLowerCase().split(",").filter(Boolean).forEach((word) => {
    Object.entries(D.ids).forEach(([n, id]) => {
      const whole = id.toLowerCase();
      if (whole === word || whole.endsWith(":" + word)) off.add(+n);
    });
  });
};

const plain = (type, text) => "data:" + type + ";charset=utf-8," + encodeURIComponent(text);
const unpacked = (text) => {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
};

// Make the body of the page answer, in the language that it is in.
const start = (D) => {
  const W = D.words;
  const boxes = [...document.querySelectorAll("svg.view .b[data-i]")].map((g) => ({
    g, nodes: g.dataset.i.split(" ").map(Number), view: g.closest("svg"),
  }));
  boxes.forEach(({ g }) => {
    g.setAttribute("role", "button");
    g.setAttribute("tabindex", "-1");
    if (g.classList.contains("actor")) g.setAttribute("aria-pressed", "false");
  });
  const lines = [...document.querySelectorAll("svg.view .l[data-u]")];
  const rows = [...document.querySelectorAll("#rows tr")];

  // Seconds after which each node stops: the least solution, from zero upwards.
  // all: with the first of what it needs; any: with the last; too late counts as never.
  // A step that is less sure than `sure` (0: certain, 1: likely) is unknown: it holds or, in
  // the worst case, fails if its end could be anyone at one of the levels (bits) asked about.
  // One of which only the effect is doubtful (bit 8) holds, or in the worst case counts as sure.
  // `unobserved` are the seconds of a TTL that nobody observed: what hangs on them is not known.
  // `part` is what differs for one class of clients: nodes by number, and what is not known there.
  const times = (part, gone, sure, levels, unobserved = 0.5) => {
    const value = new Array(D.nodes.length).fill(0);
    for (let changed = true; changed;) {
      changed = false;
      D.nodes.forEach((row, n) => {
        const [any, needs] = part.nodes[n] || row;
        let now = any ? 0 : Infinity;
        for (let i = 0; i < needs.length; i += 3) {
          const doubt = needs[i + 2];
          const delay = needs[i + 1] === 0.5 ? unobserved : needs[i + 1];
          let felt = Math.max(value[needs[i]], delay);
          if ((doubt & 3) > sure) {
            const bits = doubt >> 2;
            if (!(bits & 8 && levels)) felt = bits & levels ? delay : Infinity;
          }
          if (needs[i + 1] > D.horizon) felt = Infinity;
          now = any ? Math.max(now, felt) : Math.min(now, felt);
        }
        if (gone.has(n)) now = 0;
        if (now !== value[n]) { value[n] = now; changed = true; }
      });
    }
    return value;
  };

  // What fails for some classes of clients counts if it does for one whole group: for everyone,
  // a place, or everyone without IPv6.
  const decides = (failing, judged) => D.groups.some((group) => {
    const asked = group.filter((k) => judged.includes(k));
    return asked.length > 0 && asked.every((k) => failing.includes(k));
  });
  // For whom, in the fewest words; nothing where it is everyone.
  const whom = (failing, judged) => {
    if (failing.length === judged.length) return "";
    const told = new Set();
    return D.kinds.filter(([, of]) => {
      const fits = of.every((k) => failing.includes(k) || !judged.includes(k))
        && of.some((k) => failing.includes(k) && !told.has(k));
      if (fits) of.forEach((k) => told.add(k));
      return fits;
    }).map(([words]) => words).join(", ");
  };
  const live = D.functions.map(([n]) => D.classes
    .map((part, k) => (times(part, new Set(), 1, 0)[n] < Infinity ? -1 : k)).filter((k) => k >= 0));

  // As certain, then as likely: an answer counts at the first of these at which it is definite.
  const states = () => {
    const levels = [...off].reduce((all, n) => all | D.actors[n], 0);
    const hidden = D.unknown.filter(([, hides]) => hides & levels).map(([n]) => n);
    const involved = D.involved.some((n) => off.has(n));
    const cases = [0, 1].map((sure) => D.classes.map((part) => {
      const all = new Set([...off, ...hidden, ...(levels ? part.unseen : [])]);
      return [times(part, off, sure, 0), times(part, all, sure, levels), times(part, off, sure, 0, 604800)];
    }));
    const found = D.functions.map(([n, name, absent], place) => {
      const judged = live[place].length ? live[place] : D.classes.map((_, k) => k);
      const failing = (sure, worst) => judged.filter((k) => cases[sure][k][worst][n] < Infinity);
      const answers = [0, 1].map((sure) => {
        if (absent) return "absent";
        if (!D.complete) return "undetermined";
        if (decides(failing(sure, 0), judged)) return "fails";
        const may = judged.filter((k) => failing(sure, 0).includes(k) || failing(sure, 1).includes(k));
        return decides(may, judged) || involved ? "undetermined" : "works";
      });
      const sure = answers.findIndex((answer) => answer !== "undetermined");
      const stopped = failing(sure < 0 ? 1 : sure, 0);
      const places = new Map();
      stopped.forEach((k) => { if (!places.has(D.classes[k].place)) places.set(D.classes[k].place, k); });
      const last = (which) => Math.max(0, ...[...places.values()].map((k) => cases[Math.max(sure, 0)][k][which][n]));
      const soonest = last(0);
      return {
        name,
        state: sure < 0 ? "undetermined" : answers[sure],
        confidence: ["certain", "likely"][sure] || "possible",
        whom: stopped.length ? whom(stopped, judged) : "",
        seconds: soonest === last(2) ? soonest : 0.5,
      };
    });
    const each = (worst, choose) => D.nodes.map((_, n) => choose(...cases[1].map((of) => of[worst][n])));
    return { best: each(0, Math.max), worst: each(1, Math.min), found };
  };
  window.depgraphStates = () => Object.fromEntries(states().found.map((f) => [f.name, f.state]));
  window.depgraphAnswers = () => states().found.map((f) => [f.name, f.state, f.confidence,
    f.state === "fails" ? f.seconds : null, f.whom]);

  window.depgraphTake = (nodes) => { off.clear(); nodes.forEach((n) => off.add(n)); show(); };

  const span = (s) => s < 120 ? W.seconds.replace("{n}", Math.round(s))
    : s < 7200 ? W.minutes.replace("{n}", Math.round(s / 60))
    : W.hours.replace("{n}", Math.round(s / 3600));
  const when = (s) => s <= 0 ? W.once : s === 0.5 ? W.unobserved : s === D.days ? W.days
    : s === D.weeks ? W.weeks : W.ttl.replace("{span}", span(s));

  const show = () => {
    const { best, worst, found } = states();
    boxes.forEach(({ g, nodes }) => {
      const gone = nodes.some((n) => off.has(n));
      const dead = off.size > 0 && nodes.every((n) => best[n] < Infinity);
      g.classList.toggle("off", gone);
      g.classList.toggle("dead", dead && !gone);
      g.classList.toggle("maybe", off.size > 0 && !dead && !gone && nodes.some((n) => worst[n] < Infinity));
      if (g.hasAttribute("aria-pressed")) g.setAttribute("aria-pressed", String(gone));
    });
    const box = el("state");
    box.textContent = "";
    const head = document.createElement("strong");
    head.textContent = off.size
      ? W.without.replace("{who}", [...off].map((n) => D.labels[n]).join(", ")) : W.press;
    box.append(head);
    if (off.size) {
      const list = document.createElement("ul");
      found.forEach(({ name, state, confidence, whom: some, seconds }) => {
        const item = document.createElement("li");
        const word = confidence === "likely" ? W.likely.replace("{state}", W[state]) : W[state];
        item.textContent = (W.functions[name] || name) + W.colon + word
          + (state === "fails" ? " (" + [when(seconds), some].filter(Boolean).join(", ") + ")" : "")
          + (state === "works" && some ? " " + W.but.replace("{whom}", some) : "");
        list.append(item);
      });
      box.append(list);
    }
    el("restore").disabled = off.size === 0;
  };

  const changed = () => { show(); tell(D); };

  const toggle = (box) => {
    const mine = box.nodes.filter((n) => n in D.actors);
    const gone = mine.some((n) => off.has(n));
    mine.forEach((n) => (gone ? off.delete(n) : off.add(n)));
    changed();
  };

  // Evidence: read from the table, so that both say the same.
  const why = (title, match) => {
    const box = el("why");
    const found = rows.filter((row) => match(+row.dataset.u, +row.dataset.v));
    box.textContent = "";
    box.hidden = false;
    const head = document.createElement("strong");
    head.textContent = title;
    const list = document.createElement("ul");
    found.slice(0, 40).forEach((row) => {
      const item = document.createElement("li");
      const cell = [...row.cells].map((td) => td.textContent);
      const cited = row.cells[7].querySelector("a");
      if (cited) cell[7] = el(cited.hash.slice(1)).textContent;
      item.textContent = cell[0] + " → " + cell[1] + " → " + cell[2] + W.colon
        + cell.slice(3).filter(Boolean).join(", ");
      list.append(item);
    });
    if (found.length > 40) {
      const item = document.createElement("li");
      item.textContent = W.more.replace("{n}", found.length - 40);
      list.append(item);
    }
    if (!found.length) {
      const item = document.createElement("li");
      item.textContent = W.nothing;
      list.append(item);
    }
    box.append(head, list);
  };
  const whyBox = (box) => {
    const own = new Set(box.nodes);
    why(box.g.querySelector("title").textContent, (u, v) => own.has(u) || own.has(v));
  };

  const linked = (box) => {
    const here = box && box.view.querySelectorAll(".l[data-u]");
    lines.forEach((l) => l.classList.remove("chosen"));
    if (here) here.forEach((l) => l.classList.toggle("chosen",
      !l.classList.contains("inner") && (l.dataset.u === box.g.id || l.dataset.v === box.g.id)));
  };

  document.querySelectorAll("svg.view").forEach((view) => {
    const mine = boxes.filter((b) => b.view === view);
    if (mine.length) mine[0].g.setAttribute("tabindex", "0");
    const at = mine.map(({ g }) => {
      const r = g.querySelector("rect");
      return [+r.getAttribute("x"), +r.getAttribute("y")];
    });
    let current = 0;
    const go = (i) => {
      mine[current].g.setAttribute("tabindex", "-1");
      current = i;
      mine[i].g.setAttribute("tabindex", "0");
      mine[i].g.focus();
    };
    mine.forEach((box, i) => {
      box.g.addEventListener("click", () => {
        mine[current].g.setAttribute("tabindex", "-1");
        current = i;
        box.g.setAttribute("tabindex", "0");
        whyBox(box);
        if (box.g.hasAttribute("aria-pressed")) toggle(box);
      });
      box.g.addEventListener("focus", () => linked(box));
      box.g.addEventListener("blur", () => linked(null));
      box.g.addEventListener("mouseenter", () => linked(box));
      box.g.addEventListener("mouseleave", () => linked(null));
      box.g.addEventListener("keydown", (ev) => {
        const key = ev.key;
        if (key === "Enter" || key === " ") {
          ev.preventDefault();
          box.g.dispatchEvent(new MouseEvent("click"));
        } else if (key === "Escape") {
          off.clear();
          changed();
        } else if (key.startsWith("Arrow")) {
          ev.preventDefault();
          const across = key === "ArrowLeft" || key === "ArrowRight";
          const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
          let best = -1;
          let least = Infinity;
          at.forEach(([x, y], j) => {
            const dx = (x - at[i][0]) * sign;
            const dy = (y - at[i][1]) * sign;
            const cost = across ? (dx > 4 ? dx * 2 + Math.abs(dy) * 3 : -1) : (dy > 1 ? dy * 2 + Math.abs(dx) * 3 : -1);
            if (cost >= 0 && cost < least) { least = cost; best = j; }
          });
          if (best >= 0) go(best);
        }
      });
    });
    view.querySelectorAll(".l[data-u]:not(.inner)").forEach((line) => {
      const hit = line.cloneNode();
      hit.setAttribute("class", "hit");
      line.parentNode.append(hit);
      hit.addEventListener("click", () => {
      const ends = [hit.dataset.u, hit.dataset.v].map((id) => boxes.find((b) => b.g.id === id));
      if (ends.some((b) => !b)) return;
      const [from, to] = ends.map((b) => new Set(b.nodes));
      const all = new Set([...from, ...to]);
      why(ends.map((b) => b.g.querySelector("text").textContent).join(" → "),
        (u, v) => all.has(u) && all.has(v) || from.has(u) && to.has(v));
      });
    });
  });

  const views = [...document.querySelectorAll("section.v")];
  const buttons = [...document.querySelectorAll("button[data-v]")];
  const pick = (name) => {
    picked = name;
    views.forEach((v) => { v.hidden = v.id !== name; });
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.v === name)));
  };
  buttons.forEach((b) => b.addEventListener("click", () => pick(b.dataset.v)));
  el("restore").addEventListener("click", () => { off.clear(); changed(); });
  el("find").addEventListener("input", (ev) => {
    const text = ev.target.value.trim().toLowerCase();
    let count = 0;
    boxes.forEach(({ g }) => {
      const hit = !text || g.querySelector("title").textContent.toLowerCase().includes(text);
      g.classList.toggle("dim", !hit);
      if (text && hit && g.getClientRects().length) count += 1;
    });
    rows.forEach((row) => { row.hidden = Boolean(text) && !row.textContent.toLowerCase().includes(text); });
    el("found").textContent = text ? W.found.replace("{n}", count) : "";
  });
  document.querySelectorAll("button[data-off]").forEach((b) => b.addEventListener("click", () => {
    off.clear();
    b.dataset.off.split(" ").forEach((n) => off.add(+n));
    changed();
  }));
  // A table and a picture are held compressed, and handed on as they are where this can unpack.
  const unpack = async (link) => {
    const packed = /^data:application\/gzip.*?,(.*)/.exec(link.href);
    if (packed) link.href = plain(link.type, await unpacked(packed[1]));
    link.download = link.download.replace(/\.gz$/, "");
  };
  if (window.DecompressionStream) {
    document.querySelectorAll('a[type*="/"][download$=".gz"]').forEach(unpack);
  }
  document.querySelectorAll("button[data-png]").forEach((b) => b.addEventListener("click", () => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const link = document.createElement("a");
      link.download = b.dataset.png;
      link.href = canvas.toDataURL("image/png");
      link.click();
    };
    image.src = document.querySelector('a[type^="image/"]').href;
  }));
  document.querySelectorAll(".js").forEach((node) => { node.hidden = false; });
  pick(picked || views[0].id);
  show();
  return show;
};

// The other languages are held compressed: each its title, its body, and what differs of the data.
const base = JSON.parse(el("data").textContent);
const versions = { [own]: { title: document.title, body: main.innerHTML, data: base } };
const packs = Object.fromEntries([...document.querySelectorAll("script[data-lang]")]
  .map((pack) => [pack.dataset.lang, pack.textContent]));
const spoken = [own, ...(window.DecompressionStream ? Object.keys(packs) : [])];
const files = Object.fromEntries([...document.querySelectorAll("a[download]")]
  .map((link) => [link.download, link.href]));
let wanted = own;
let refresh = start(base);

// Offer the other languages in the body that there is now.
const offer = () => document.querySelectorAll(".languages").forEach((bar) => {
  bar.hidden = spoken.length < 2;
  bar.querySelectorAll("button").forEach((b) => b.addEventListener("click", async () => {
    await speak(b.dataset.in);
    tell(base);
    document.querySelector(`button[data-in="${root.lang}"]`).focus();
  }));
});
const speak = async (lang) => {
  wanted = lang;
  if (!versions[lang]) versions[lang] = JSON.parse(await unpacked(packs[lang]));
  if (wanted !== lang || root.lang === lang) return;
  const { title, body, data, files: said } = versions[lang];
  document.title = title;
  root.lang = lang;
  main.innerHTML = body;
  document.querySelectorAll("a[download]:not([href])").forEach((link) => {
    link.href = said[link.type] ? plain(link.type, said[link.type]) : files[link.download];
  });
  refresh = start({ ...base, ...data });
  offer();
};

const read = () => {
  const lang = (asked().get("lang") || own).toLowerCase().split("-")[0];
  take(base);
  refresh();
  speak(spoken.includes(lang) ? lang : own);
};
offer();
read();
// An address that is typed or gone back to; a link to a citation is a place in the page.
window.addEventListener("hashchange", () => {
  if (/^#?$|^#(.*&)?(without|lang)=/.test(location.hash)) read();
});
