// What a page holds for those who hear it, zoom it or use it by keys: plain facts, judged by
// test_access_pages.py.

(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".unseen, .skip");
  const named = (node) => {
    const by = (node.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    const referred = by.map((id) => words(document.getElementById(id) ?? document.createElement("i")));
    return node.getAttribute("aria-label") ?? referred.join(" ");
  };
  const target = (node) => {
    const { width, height } = node.getBoundingClientRect();
    // A card's link is as large as the card, by a box of its own laid over it.
    const over = getComputedStyle(node, "::after");
    const card = over.position === "absolute" && over.content !== "none" && node.closest(".card");
    const area = card ? card.getBoundingClientRect() : { width, height };
    return { text: named(node) || words(node), width: area.width, height: area.height };
  };
  const inSentence = (node) => {
    const block = node.closest("p, li, dd, figcaption, .prose, address");
    return block !== null && getComputedStyle(node).display === "inline" && words(block) !== words(node);
  };
  return {
    language: document.documentElement.lang,
    title: document.title,
    viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
    refreshes: all("meta[http-equiv=refresh]").length,
    headings: all("h1, h2, h3, h4, h5, h6").filter(isSeen).map((node) => [Number(node.tagName[1]), words(node)]),
    landmarks: ["main", "body > header", "body > footer"].map((selector) => all(selector).length),
    navigations: all("nav").map(named),
    first: all("a[href], button, input, summary, [tabindex]")[0]?.className ?? "",
    ids: all("[id]").map((node) => node.id),
    order: all("[tabindex]").map((node) => Number(node.getAttribute("tabindex"))).filter((value) => value > 0),
    shortcuts: all("[accesskey]").length,
    playing: all("audio[autoplay], video[autoplay], marquee, blink").length,
    links: all("a[href]").filter(isSeen).map((node) => [words(node) || node.querySelector("img")?.alt || named(node), node.href]),
    languages: all("a[hreflang]").map((node) => [node.hreflang, node.closest("[lang]").lang]),
    targets: all("a[href], button, summary, input:not([type=hidden])").filter((node) => isSeen(node) && !inSentence(node)).map(target),
    fields: all("input:not([type=hidden])").map((node) => [node.id, [...(node.labels ?? [])].map(words).join(" ") || named(node)]),
    pictures: all("main img").filter(isSeen).map((node) => [node.getAttribute("src"), node.getAttribute("alt"), node.closest("a, .card") !== null]),
    drawings: all("main svg").filter((node) => !node.closest("[aria-hidden=true], button")).map((node) => [node.getAttribute("role"), named(node)]),
    inProse: all(".prose a").filter(isSeen).map((node) => getComputedStyle(node).textDecorationLine),
    footer: all("body > footer a").map(words),
    lineHeights: all("main .prose p").filter(isSeen).map((node) => parseFloat(getComputedStyle(node).lineHeight) / parseFloat(getComputedStyle(node).fontSize)),
    justified: all("main *").filter((node) => getComputedStyle(node).textAlign === "justify").length,
    smallest: Math.min(...all("main *").filter((node) => isSeen(node) && !node.closest("svg") && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())).map((node) => parseFloat(getComputedStyle(node).fontSize))),
    hints: all("[title]").filter((node) => !words(node) && !named(node)).map((node) => node.outerHTML.slice(0, 80)),
    hiddenFocus: all("[aria-hidden=true] :is(a[href], button, input, summary, [tabindex])").length,
    spoken: all("[role=alert], [aria-live=assertive]").length,
    rows: all("table").map((node) => [node.caption !== null, node.querySelectorAll("th").length]),
  };
})()
