// Put first into each page that the second engine opens, whose driver has no console to
// read: keeps all that goes wrong, and lets a test wait for what it looks for.

window.problems = [];
for (const name of ["error", "warn"]) {
  console[name] = (...words) => window.problems.push(words.join(" "));
}
window.addEventListener(
  "error",
  ({ message, target }) =>
    window.problems.push(message ?? `not loaded: ${target.currentSrc || target.src || target.href}`),
  true, // an element that fails to load tells itself alone
);
window.addEventListener("unhandledrejection", ({ reason }) => window.problems.push(String(reason)));
window.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) =>
  window.problems.push(`${violatedDirective} bars ${blockedURI}`),
);

/** Resolves with the first element of a selector, once there is one. */
window.until = (selector) =>
  new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (!found) return;
      watch.disconnect();
      resolve(found);
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { attributes: true, childList: true, subtree: true });
    look();
  });
