// Tells the site that frames this page how tall the page is, and nothing else.
(() => {
  const around = location.ancestorOrigins?.[0];
  const sites = document.currentScript.dataset.sites.split(" ").filter((site) => !around || site === around);
  new ResizeObserver(() => {
    for (const site of sites) parent.postMessage({ height: document.body.offsetHeight }, site);
  }).observe(document.body);
})();
