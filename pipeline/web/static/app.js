// Keyboard through the findings: j next, k previous, Enter opens. The app works without it.
(() => {
  const items = [...document.querySelectorAll("ol.findings li")];
  let here = -1;
  const go = (to) => {
    if (!items.length) return;
    if (here >= 0) items[here].classList.remove("here");
    here = Math.max(0, Math.min(items.length - 1, to));
    items[here].classList.add("here");
    const link = items[here].querySelector("a");
    if (link) link.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "j") go(here + 1);
    if (event.key === "k") go(here - 1);
    const step = { n: "next", p: "prev" }[event.key];
    const link = step && document.querySelector(`a[rel=${step}]`);
    if (link) link.click();
  });
  document.querySelectorAll("form.filters select").forEach((select) => select.addEventListener("change", () => select.form.submit()));
})();
