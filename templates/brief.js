/* Search and filter over the positions. Without it the page shows everything, and the form stays hidden. */
(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const items = [...document.querySelectorAll(".positions > li")];
  const groups = [...document.querySelectorAll(".issue")];
  const out = form.querySelector("output");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = new Map(items.map((item) => [item, fold(item.textContent)]));
  const fits = (item, wanted) =>
    ["actor", "issue", "stance"].every((name) => !wanted.get(name) || item.dataset[name] === wanted.get(name)) &&
    (!wanted.has("fresh") || "new" in item.dataset) &&
    fold(wanted.get("words")).split(/\s+/).every((word) => words.get(item).includes(word));

  const apply = () => {
    const wanted = new FormData(form);
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item, wanted);
      shown += !item.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".positions > li:not([hidden])");
    out.textContent = out.dataset.text.replace("{n}", shown).replace("{all}", items.length);
  };

  /* A link to a position that the filter hides clears the filter, so that no link leads nowhere. */
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("[hidden]")) return;
    form.reset();
    apply();
    target.scrollIntoView();
  };

  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  form.hidden = false;
  apply();
  reveal();
})();
