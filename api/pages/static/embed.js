// Shows the care account in a council's own site: a frame stands where this script's tag stands.
// data-page names the page it begins with, data-title what a screen reader calls the frame.
(() => {
  const tag = document.currentScript;
  const home = new URL("/", tag.src);
  const asked = new URL(tag.dataset.page || "/", home);
  const begins = asked.origin === home.origin ? asked : home;

  const frame = document.createElement("iframe");
  frame.title = tag.dataset.title || "Care account";
  frame.src = begins.href;
  frame.width = "100%";
  frame.height = "900";
  frame.style.border = "0";

  // Where a browser keeps a person signed out inside other sites, the pages still work by themselves.
  const alone = document.createElement("a");
  alone.href = begins.href;
  alone.target = "_blank";
  alone.rel = "noopener";
  alone.textContent = "Open the care account in a new tab";
  const line = document.createElement("p");
  line.append(alone);
  tag.after(frame, line);

  addEventListener("message", (told) => {
    if (told.origin !== home.origin || told.source !== frame.contentWindow) return;
    const { height } = told.data;
    if (Number.isInteger(height) && height > 0) frame.height = String(Math.min(height, 50000));
  });

  // Whoever follows a link at the end of a long page begins the next one at its top.
  let opened = 0;
  frame.addEventListener("load", () => {
    if (opened++) frame.scrollIntoView();
  });
})();
