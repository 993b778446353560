// Renews a page while its museum writes it; only `ecomusee serve --watch` sends this.
"use strict";
(() => {
  const shown = document.currentScript.dataset.shown;
  const add = (parent, tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  };
  let panel = null;

  function finding(list, told) {
    const item = add(list, "li", told.severity);
    add(item, "p", "ec-live-place", told.place);
    if (told.line) add(item, "pre", "", told.line);
    add(item, "p", "ec-live-what", told.what);
    add(item, "p", "", told.why);
    add(item, "p", "ec-live-remedy", "→ " + told.remedy);
  }

  function show(news) {
    panel?.remove();
    panel = null;
    if (!news.findings.length && !news.waiting) return;
    const style = document.getElementById("ec-live-style");
    if (!style) {
      const link = add(document.head, "link");
      Object.assign(link, { id: "ec-live-style", rel: "stylesheet", href: "/-/live.css" });
    }
    panel = add(document.body, "aside", "ec-live");
    panel.lang = news.language;
    panel.setAttribute("aria-live", "polite");
    const details = add(panel, "details");
    details.open = news.errors > 0;
    add(details, "summary", news.errors ? "error" : "", news.title);
    if (news.findings.length) {
      const list = add(details, "ul");
      for (const told of news.findings) finding(list, told);
    }
  }

  const source = new EventSource("/-/live");
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (news.shown !== shown) {
      source.close();
      location.reload();
    } else show(news);
  };
})();
