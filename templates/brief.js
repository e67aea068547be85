/* What the page can do beyond being read: filter and search over the positions, links that keep a filter, a line copied with
   its citation or as a correction, a source sentence read in place. Without it the page shows everything, and the form stays
   hidden. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const made = (name, values) => Object.assign(document.createElement(name), values);
  const flat = (node) => node ? node.textContent.replace(/\s+/g, " ").trim() : "";
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const main = one("#brief"), form = one("#filters"), texts = main.dataset;
  const items = all(".positions > li"), groups = all(".issue");
  const said = made("output", {className: "quiet"});

  /* Filter and search. The hash of the address holds what is chosen, so that the address can be shared. */
  const found = new Map();
  const words = (item) => {
    if (!found.has(item)) {
      const bare = item.cloneNode(true);
      for (const each of all("button, .read", bare)) each.remove();
      found.set(item, fold(flat(bare)));
    }
    return found.get(item);
  };
  const fits = (item, wanted, searched) =>
    ["actor", "stance"].every((name) => !wanted.get(name) || item.dataset[name] === wanted.get(name)) &&
    (!wanted.get("issue") || item.closest(".issue").firstElementChild.id === wanted.get("issue")) &&
    (!wanted.has("fresh") || "new" in item.dataset) &&
    searched.every((word) => words(item).includes(word));

  const apply = () => {
    const wanted = new FormData(form), out = one("output", form), kept = new Set();
    const searched = fold(wanted.get("words")).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const hidden = !fits(item, wanted, searched);
      if (item.hidden !== hidden) item.hidden = hidden;
      if (hidden) continue;
      shown += 1;
      kept.add(item.parentElement.parentElement);
    }
    for (const group of groups) group.hidden = !kept.has(group);
    form.classList.toggle("on", shown < items.length);
    const counted = (number) => number.toLocaleString(document.documentElement.lang);
    out.textContent = out.dataset.text.replace("{n}", counted(shown)).replace("{all}", counted(items.length));
  };

  const keep = () => {
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (chosen.size) history.replaceState(null, "", "#filters&" + chosen);
    else if (location.hash.startsWith("#filters")) history.replaceState(null, "", location.pathname + location.search);
  };

  const choose = (chosen) => {
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = chosen.has(field.name);
      else if (field.name && field.type !== "button") field.value = chosen.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = "";
    }
    apply();
  };

  /* An address with a filter sets it; one of a line that a filter hides clears it, so that no link leads nowhere. */
  const arrive = () => {
    const name = location.hash.slice(1), target = name && document.getElementById(name);
    if (name.startsWith("filters")) choose(new URLSearchParams(name));
    else if (target && target.closest("[hidden]")) choose(new URLSearchParams());
    else return;
    (target || form).scrollIntoView();
  };

  /* A line with its citation: who, what, where it stands in which source, and where in this brief. */
  const line = (cites) => {
    const at = cites.closest("li, tr"), own = at.closest("[id]");
    const who = all(":scope > .who strong, :scope > .who .stance, :scope > strong, :scope > .stance, .when b", at).map(flat).join(", ");
    const sources = new Map();
    for (const label of flat(cites).split(" ")) {
      const source = label.match(/^S\d+/)[0].toLowerCase();
      sources.set(source, [...(sources.get(source) || []), label]);
    }
    const places = [...sources].map(([source, labels]) => (labels.join(", ") + " " + flat(one("#" + source + " .title"))).trim());
    const where = [document.title, flat(one(".no", at))].filter(Boolean).join(", ");
    const link = location.protocol.startsWith("http") ? "\n" + location.href.split("#")[0] + "#" + own.id : "";
    return (who && who + ": ") + all(".said, .quote", at).map(flat).join("\n") + "\n" + places.join("; ") + "\n" + where + link;
  };

  /* A correction of a line, as an entry of corrections.toml to be finished by hand: id and sentence say what is meant. */
  const entry = (kind, lead, values, options) => {
    const comment = [lead, texts.hint.replace("{options}", options)].map((text) => "# " + text.replace(/[\u0000-\u001f\u007f]/g, " "));
    const lines = Object.entries(values).map(([name, value]) => name + " = " + JSON.stringify(value));
    return [comment[0], "[[" + kind + "]]", ...lines, 'why = ""', comment[1], ""].join("\n");
  };
  const stated = (at, place) => {
    const anchor = place || one(".cites a", at).hash.slice(1), source = one("#" + anchor.match(/^s\d+/)[0]);
    const {path, dated} = source.dataset;
    return {sentence: flat(document.getElementById(anchor)), source: path, ...(dated && {dated})};
  };
  const ofClaims = (at) => at.dataset.claims.split(" ").map((claim) => {
    const [id, place] = claim.split(":"), values = {id: "st-" + id, ...stated(at, place)};
    if (!at.dataset.stance) return entry("statement", document.title, {...values, pin: false}, "pin = true");
    const lead = flat(one("strong", at)) + ", " + flat(one(".no", at)), stance = at.dataset.stance;
    return entry("statement", lead, {...values, was: stance, stance}, 'drop = true, actor = "", issue = "", pin = true');
  }).join("\n");
  const correction = (at) => {
    if (at.dataset.claims) return ofClaims(at);
    if (at.matches("tr")) {
      const status = one(".tag", at).classList[1];
      return entry("proposal", document.title, {id: at.id, ...stated(at), status}, 'drop = true, actor = ""');
    }
    if (at.dataset.path) {
      return entry("source", flat(one(".title", at)), {sha256: at.dataset.digest, path: at.dataset.path, mark: "unreliable"}, 'mark = "embargoed"');
    }
    const name = flat(one("h3", at).firstChild);
    return entry("issue", name, {id: one("h3", at).id, label: name, rename: name}, 'join = [""], split = [""] into = ""');
  };

  const copy = async (text, button) => {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = made("textarea", {value: text});
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = said.textContent = texts.copied;
    setTimeout(() => { button.textContent = label; said.textContent = ""; }, 1500);
  };

  const read = (button) => {
    const item = button.closest("li"), shown = one(".read", item);
    button.ariaExpanded = String(!shown);
    if (shown) return shown.remove();
    const quotes = all(".cites a", item).map((cite) => {
      const quote = made("blockquote", {textContent: flat(document.getElementById(cite.hash.slice(1))) + " ", dir: "auto"});
      quote.append(cite.cloneNode(true));
      return quote;
    });
    one(".what", item).append(made("div", {className: "read"}));
    one(".read", item).append(...quotes);
  };

  const button = (name) => made("button", {type: "button", className: "do", name, textContent: texts[name]});
  const copies = button("copy"), reads = button("read"), corrects = button("correct");
  reads.ariaExpanded = "false";
  for (const cites of all(".cites:not(.changes .cites)")) cites.after(" ", copies.cloneNode(true));
  for (const beside of all(".rests")) beside.append(one(".do", beside.parentElement));
  if (one("#appendix") && one("#sources")) {
    for (const more of all("[data-claims]:not([data-claims='']) [name=copy], .proposals [name=copy]")) more.after(" ", corrects.cloneNode(true));
  }
  if (one("#appendix")) for (const more of all(".positions [name=copy]")) more.after(" ", reads.cloneNode(true));
  for (const more of all(".issue > h3")) more.after(corrects.cloneNode(true));
  for (const more of all(".sources .facts-line")) more.append(" ", corrects.cloneNode(true));
  main.append(said);
  main.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    if (pressed.name === "copy") copy(line(one(".cites", pressed.closest("li, tr"))), pressed);
    if (pressed.name === "correct") copy(correction(pressed.closest("[data-claims], [data-path], .proposals tr, .issue")), pressed);
    if (pressed.name === "read") read(pressed);
    if (pressed.name === "link") copy(location.href, pressed);
  });

  if (!form) return;
  for (const head of all("th[data-actor]")) {
    head.replaceChildren(made("a", {textContent: flat(head), href: "#filters&" + new URLSearchParams({actor: head.dataset.actor})}));
  }
  form.addEventListener("input", () => { apply(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); keep(); }));
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") form.reset(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = items.find((item) => !item.hidden);
    if (first) one(".no", first).focus();
  });
  addEventListener("hashchange", arrive);
  form.hidden = false;
  apply();
  arrive();
})();
