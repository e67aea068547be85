/* Reload the page when the brief has changed, and put the reader back: the place on the page, what was open, where the focus
   was. A filter stands in the address and stays of itself. An error page is nobody's place: it keeps that of the brief. */
(() => {
  "use strict";
  const shown = document.currentScript.dataset.version, isError = "error" in document.currentScript.dataset;
  const store = "briefgen " + location.pathname, foldable = "details, button[aria-expanded]";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isOpen = (node) => node.open || node.ariaExpanded === "true";
  const setOpen = (node) => { if (node.tagName === "DETAILS") node.open = !node.open; else node.click(); };

  /* An element without an id is known by the nearest one with an id around it and its number among its like there. */
  const name = (node, like) => {
    if (node.id) return node.id;
    const home = node.parentElement.closest("[id]");
    return (home ? home.id : "") + " " + all(like, home || document).indexOf(node);
  };
  const named = (nodes, like) => nodes.map((node) => name(node, like));

  const keep = () => {
    const mark = scrollY ? all("[id]").find((node) => node.getClientRects().length && node.getBoundingClientRect().top >= 0) : null;
    sessionStorage[store] = JSON.stringify({
      open: named(all(foldable).filter(isOpen), foldable),
      focus: document.activeElement === document.body ? "" : name(document.activeElement, "*"),
      x: scrollX, y: scrollY, mark: mark ? mark.id : "", top: mark ? mark.getBoundingClientRect().top : 0,
    });
  };

  const scroll = ({x, y, mark, top}) => {
    const found = mark && document.getElementById(mark);
    scrollTo({left: x, top: found ? scrollY + found.getBoundingClientRect().top - top : y, behavior: "instant"});
  };

  const putBack = (place) => {
    const nodes = all(foldable);
    named(nodes, foldable).forEach((each, at) => { if (isOpen(nodes[at]) !== place.open.includes(each)) setOpen(nodes[at]); });
    const focused = place.focus && all("body *").find((node) => name(node, "*") === place.focus);
    if (focused) focused.focus({preventScroll: true});
    scroll(place);
    addEventListener("load", () => requestAnimationFrame(() => { scroll(place); history.scrollRestoration = "auto"; }));
  };

  if (!isError && sessionStorage[store]) {
    putBack(JSON.parse(sessionStorage[store]));
    delete sessionStorage[store];
  }
  new EventSource("/.changes").addEventListener("message", ({data}) => {
    if (data === shown) return;
    if (!isError) keep();
    history.scrollRestoration = "manual";
    location.reload();
  });
})();
