"use strict";
// The browser of samples. Data blocks of the page are base64 of gzip, unpacked when they are wanted. Every text of a sample is
// set as text, never as markup.
(() => {
  const rowHeight = 32; // as .sample-row has it
  const tallest = 8e6; // browsers draw no element of any height
  const keptChunks = 40;
  const searchedAtOnce = 6;
  const printedRows = 100;
  const longestFacet = 300;

  const byId = id => document.getElementById(id);
  const parsed = new Promise(resolve => document.readyState === "loading" ? addEventListener("DOMContentLoaded", resolve) : resolve());

  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  }

  function bytesOf(text) {
    if (Uint8Array.fromBase64) {
      return Uint8Array.fromBase64(text);
    }
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) {
      bytes[i] = raw.charCodeAt(i);
    }
    return bytes;
  }

  async function unpack(id) {
    if (!byId(id)?.nextSibling) {
      await parsed;
    }
    return new Response(new Blob([bytesOf(byId(id).textContent)]).stream().pipeThrough(new DecompressionStream("gzip")));
  }

  let count, chunkSize, ids, facets, numbers;
  let shown = new Int32Array(0);
  let selected = -1;
  let query = "";
  let turn = 0; // of the filters: what an earlier turn still finds is dropped

  // ---- Data ----

  const chunks = new Map();

  function chunk(number) {
    let texts = chunks.get(number);
    chunks.delete(number);
    texts ??= unpack(`samples-chunk-${number}`).then(response => response.json());
    chunks.set(number, texts);
    if (chunks.size > keptChunks) {
      chunks.delete(chunks.keys().next().value);
    }
    return texts;
  }

  const textsOf = async row => (await chunk(Math.floor(row / chunkSize)))[row % chunkSize];

  async function read() {
    const head = await (await unpack("samples-head")).json();
    ({ count, chunk: chunkSize } = head);
    ids = await (await unpack("samples-ids")).json();
    const columns = await Promise.all(head.columns.map(async (column, i) => {
      const buffer = await (await unpack(`samples-column-${i}`)).arrayBuffer();
      return { ...column, data: column.values ? new Int32Array(buffer) : new Float64Array(buffer) };
    }));
    facets = columns.filter(column => column.values);
    numbers = columns.filter(column => !column.values);
  }

  const facetText = (facet, row) => facet.data[row] < 0 ? null : facet.values[facet.data[row]];
  const scoresOf = row => numbers.filter(column => column.kind === "score" && !Number.isNaN(column.data[row]));
  const numberText = value => Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));

  // Right and wrong need a score of 0 or 1; the first the sample has decides.
  function markOf(row) {
    const score = scoresOf(row)[0]?.data[row];
    return score === 1 ? ["✓", "right", "good"] : score === 0 ? ["✕", "wrong", "bad"] : score === undefined ? ["–", "not scored", "none"] : ["·", "between", "none"];
  }

  // ---- Filters ----

  const facetFilters = [];
  const verdicts = {
    "": ["any", () => true],
    right: ["right (1)", value => value === 1],
    below: ["below 1", value => value < 1],
    wrong: ["wrong (0)", value => value === 0],
    none: ["without one", value => Number.isNaN(value)],
  };
  const orders = { "": "as stored", up: "least first", down: "greatest first" };
  let metricSelect, verdictSelect, orderSelect, tagSelect, tagValueSelect;

  function select(label, options) {
    const control = element("select", { name: label });
    control.append(...options.map(([value, text]) => element("option", { value }, text)));
    control.addEventListener("change", () => apply());
    byId("sample-filters").append(element("label", {}, element("span", {}, label), control));
    return control;
  }

  function facetOptions(facet) {
    const counts = new Int32Array(facet.values.length);
    for (const code of facet.data) {
      if (code >= 0) {
        counts[code]++;
      }
    }
    const codes = [...facet.values.keys()].sort((a, b) => counts[b] - counts[a]).slice(0, longestFacet);
    return [["", "all"], ...codes.map(code => [String(code), `${facet.values[code]} (${counts[code]})`])];
  }

  function buildFilters() {
    for (const facet of facets.filter(facet => facet.kind === "facet" && facet.values.length > 1)) {
      facetFilters.push({ facet, control: select(facet.name, facetOptions(facet)) });
    }
    const tags = facets.filter(facet => facet.kind === "tag");
    if (tags.length > 0) {
      tagSelect = select("slice", [["", "all"], ...tags.map((tag, i) => [String(i), tag.name])]);
      tagValueSelect = select("slice value", [["", "all"]]);
      tagSelect.addEventListener("change", () => {
        const options = tagSelect.value === "" ? [["", "all"]] : facetOptions(tags[Number(tagSelect.value)]);
        tagValueSelect.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
        apply();
      });
      facetFilters.push({ get facet() { return tags[Number(tagSelect.value)]; }, control: tagValueSelect });
    }
    if (numbers.length > 0) {
      metricSelect = select("number", numbers.map((column, i) => [String(i), column.name]));
      verdictSelect = select("is", Object.entries(verdicts).map(([value, [text]]) => [value, text]));
      orderSelect = select("order", Object.entries(orders));
    }
  }

  function filtered() {
    const wanted = facetFilters.filter(filter => filter.control.value !== "").map(filter => [filter.facet.data, Number(filter.control.value)]);
    const column = metricSelect && numbers[Number(metricSelect.value)].data;
    const holds = verdicts[verdictSelect?.value ?? ""][1];
    const rows = new Int32Array(count);
    let length = 0;
    for (let row = 0; row < count; row++) {
      if (wanted.every(([data, code]) => data[row] === code) && (!column || holds(column[row]))) {
        rows[length++] = row;
      }
    }
    return rows.subarray(0, length);
  }

  function ordered(rows) {
    const order = orderSelect?.value;
    if (!order) {
      return rows;
    }
    const column = numbers[Number(metricSelect.value)].data;
    const sign = order === "up" ? 1 : -1;
    const key = row => Number.isNaN(column[row]) ? Infinity : sign * column[row]; // without a number: last
    return Int32Array.from(rows).sort((a, b) => key(a) === key(b) ? a - b : key(a) < key(b) ? -1 : 1);
  }

  async function apply() {
    const mine = ++turn;
    query = byId("sample-search").value.trim().toLowerCase();
    const rows = filtered();
    show(query === "" ? ordered(rows) : new Int32Array(0), 0);
    if (query === "") {
      status(`${rows.length} of ${count} samples`);
    } else if (!await search(rows, mine)) {
      return;
    }
    byId("sample-browser").setAttribute("aria-busy", "false");
    await preparePrint(mine);
  }

  // ---- Search ----

  const contains = (texts, row) =>
    ids[row].toLowerCase().includes(query) || Object.values(texts).some(text => typeof text === "string" && text.toLowerCase().includes(query));

  async function search(rows, mine) {
    byId("sample-browser").setAttribute("aria-busy", "true");
    const found = [];
    for (let i = 0; i < rows.length;) {
      const batch = new Map();
      for (; i < rows.length; i++) {
        const number = Math.floor(rows[i] / chunkSize);
        if (!batch.has(number) && batch.size === searchedAtOnce) {
          break;
        }
        if (!batch.has(number)) {
          batch.set(number, []);
        }
        batch.get(number).push(rows[i]);
      }
      const texts = await Promise.all([...batch.keys()].map(chunk));
      if (mine !== turn) {
        return false;
      }
      [...batch.values()].forEach((candidates, k) => found.push(...candidates.filter(row => contains(texts[k][row % chunkSize], row))));
      status(`${found.length} found, ${i} of ${rows.length} searched`);
      if (i < rows.length) {
        show(Int32Array.from(found), selected);
      }
    }
    show(ordered(Int32Array.from(found)), selected);
    status(`${found.length} of ${count} samples`);
    return true;
  }

  // ---- List ----

  const list = byId("sample-list");
  const spacer = list.querySelector(".sample-spacer");
  const view = list.querySelector(".sample-window");
  const status = text => { byId("sample-status").textContent = text; };
  const fit = () => Math.max(1, Math.floor(list.clientHeight / rowHeight));
  const scrollable = () => Math.max(1, spacer.offsetHeight - list.clientHeight);
  const hidden = () => Math.max(1, shown.length - fit());
  let painted = 0; // of the list: what comes late for an earlier painting is dropped

  function show(rows, position) {
    shown = rows;
    spacer.style.height = `${Math.min(rows.length * rowHeight, tallest)}px`;
    selected = Math.min(Math.max(position, 0), rows.length - 1);
    paint();
    detail();
  }

  function paint() {
    const mine = ++painted;
    const first = Math.max(0, Math.min(Math.round(list.scrollTop / scrollable() * hidden()), shown.length - fit()));
    view.replaceChildren(...Array.from(shown.subarray(first, first + fit() + 1), (row, i) => rowElement(row, first + i, mine)));
    if (selected >= first && selected <= first + fit()) {
      list.setAttribute("aria-activedescendant", `sample-row-${selected}`);
    } else {
      list.removeAttribute("aria-activedescendant");
    }
  }

  function rowElement(row, position, mine) {
    const [sign, word, kind] = markOf(row);
    const outcome = facetText(facets.find(facet => facet.name === "outcome"), row);
    const where = facetFilters.filter(filter => filter.control !== tagValueSelect && filter.facet.name !== "outcome").map(filter => facetText(filter.facet, row)).filter(Boolean);
    const preview = element("span", { class: "preview" });
    const node = element(
      "div", { class: "sample-row", role: "option", id: `sample-row-${position}`, "aria-selected": String(position === selected), "aria-posinset": position + 1, "aria-setsize": shown.length },
      element("span", { class: `mark ${kind}`, role: "img", "aria-label": word }, sign),
      element("span", { class: "id" }, ids[row]),
      element("span", { class: "where" }, [...where, ...outcome === "ok" ? [] : [outcome]].join(" · ")),
      preview);
    node.addEventListener("click", () => move(position));
    textsOf(row).then(texts => {
      if (mine === painted) {
        preview.textContent = `${(texts.answer ?? "–").slice(0, 120)} ${texts.target === undefined ? "" : `(wanted ${texts.target.slice(0, 80)})`}`;
      }
    });
    return node;
  }

  function move(position) {
    if (shown.length === 0) {
      return;
    }
    selected = Math.max(0, Math.min(position, shown.length - 1));
    const first = Math.round(list.scrollTop / scrollable() * hidden());
    const wanted = selected < first ? selected : selected >= first + fit() ? selected - fit() + 1 : first;
    if (wanted !== first) {
      list.scrollTop = wanted / hidden() * scrollable();
    }
    paint();
    detail();
  }

  // ---- Detail ----

  function marked(text) {
    const parts = [];
    const lower = text.toLowerCase();
    // A letter may grow when it is lowered (İ): then the places differ and nothing is marked.
    for (let at = 0; ;) {
      const next = query === "" || lower.length !== text.length ? -1 : lower.indexOf(query, at);
      if (next < 0) {
        return [...parts, text.slice(at)];
      }
      parts.push(text.slice(at, next), element("mark", {}, text.slice(next, next + query.length)));
      at = next + query.length;
    }
  }

  const blocks = [["target", "Wanted"], ["answer", "Answer"], ["reason", "Reason"], ["output", "Output"], ["reasoning", "Reasoning"], ["input", "Input"]];

  let detailed = ""; // row and query that the pane shows: while a search goes on, a reader is not thrown back to its top

  async function detail() {
    const pane = byId("sample-detail");
    if (selected < 0) {
      detailed = "";
      pane.replaceChildren(element("p", {}, "No sample is shown."));
      return;
    }
    const row = shown[selected];
    const wanted = `${row} ${query}`;
    if (wanted === detailed) {
      return;
    }
    const texts = await textsOf(row);
    if (shown[selected] !== row) {
      return;
    }
    detailed = wanted;
    const facts = [
      ...facets.map(facet => [facet.name, facetText(facet, row)]).filter(([, text]) => text !== null),
      ...numbers.filter(column => !Number.isNaN(column.data[row])).map(column => [column.name, numberText(column.data[row])]),
      ...Object.entries(texts).filter(([key]) => !blocks.some(([name]) => name === key)).map(([key, value]) => [key.replaceAll("_", " "), Array.isArray(value) ? value.map(numberText).join(", ") : String(value)]),
    ];
    pane.replaceChildren(
      element("h3", {}, ...marked(`Sample ${ids[row]}`)),
      element("dl", { class: "facts" }, ...facts.map(([name, text]) => element("div", {}, element("dt", {}, name), element("dd", {}, text)))),
      ...blocks.filter(([key]) => texts[key] !== undefined).flatMap(([key, title]) => [element("h4", {}, title), element("pre", {}, ...marked(texts[key]))]));
    pane.scrollTop = 0;
  }

  // ---- Print ----

  async function preparePrint(mine) {
    const rows = shown.slice(0, printedRows);
    const texts = await Promise.all(Array.from(rows, textsOf));
    if (mine !== turn) {
      return;
    }
    const line = (row, i) => element(
      "tr", {}, element("th", { scope: "row" }, ids[row]), element("td", {}, facets.filter(facet => facet.kind === "facet").map(facet => facetText(facet, row)).filter(Boolean).join(" · ")),
      element("td", {}, scoresOf(row).map(column => `${column.name} ${numberText(column.data[row])}`).join(", ")),
      element("td", {}, (texts[i].target ?? "").slice(0, 200)), element("td", {}, (texts[i].answer ?? "–").slice(0, 200)));
    byId("sample-print").replaceChildren(
      element("p", {}, shown.length > rows.length ? `The first ${rows.length} of ${shown.length} samples shown, of ${count} in all.` : `${rows.length} samples of ${count}.`),
      element("table", {}, element("caption", { class: "hidden" }, "Samples"),
        element("thead", {}, element("tr", {}, ...["sample", "of", "scores", "wanted", "answer"].map(text => element("th", { scope: "col" }, text)))),
        element("tbody", {}, ...Array.from(rows, line))));
  }

  // ---- Keys ----

  const steps = { ArrowDown: () => 1, ArrowUp: () => -1, PageDown: () => fit(), PageUp: () => -fit(), Home: () => -shown.length, End: () => shown.length };

  function listen() {
    let typed;
    byId("sample-search").addEventListener("input", () => {
      clearTimeout(typed);
      typed = setTimeout(apply, 200);
    });
    byId("sample-form").addEventListener("submit", event => {
      event.preventDefault();
      list.focus();
    });
    list.addEventListener("scroll", () => requestAnimationFrame(paint));
    list.addEventListener("keydown", event => {
      if (steps[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        move(selected + steps[event.key]());
      } else if (event.key === "Enter") {
        byId("sample-detail").focus();
      }
    });
    byId("sample-detail").addEventListener("keydown", event => {
      if (event.key === "Escape") {
        list.focus();
      }
    });
    addEventListener("keydown", event => {
      if (event.key === "/" && !event.target.closest("input, select, textarea")) {
        event.preventDefault();
        byId("sample-search").focus();
      }
    });
    addEventListener("resize", () => requestAnimationFrame(paint));
  }

  async function open() {
    if (typeof DecompressionStream === "undefined") {
      byId("sample-loading").textContent = "The samples cannot be unpacked: this browser has no DecompressionStream. Firefox 113, Safari 16.4 and Chrome 80 have it.";
      return;
    }
    await read();
    buildFilters();
    listen();
    byId("sample-loading").hidden = true;
    byId("sample-browser").hidden = false;
    await apply();
  }

  open().catch(error => { byId("sample-loading").textContent = `The samples cannot be read: the file is damaged or was cut (${error.message}).`; });
})();
