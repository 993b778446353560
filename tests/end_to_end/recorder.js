// Put into the page before its own scripts: keeps what the scene told, and lets a test
// wait for it. A page's Content-Security-Policy bars polling with code made from text.

window.told = [];
window.addEventListener("ecomusee:scene", ({ detail }) => {
  window.told.push(detail);
  window.dispatchEvent(new Event("told"));
});

/** Resolves with the latest detail of a state, told after the first `since` ones. */
window.toldOf = (state, since = 0) =>
  new Promise((resolve) => {
    const look = () => {
      const found = window.told.slice(since).find((detail) => detail.state === state);
      if (!found) return;
      window.removeEventListener("told", look);
      resolve(found);
    };
    window.addEventListener("told", look);
    look();
  });
