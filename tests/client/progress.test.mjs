// Stops seen, as they are kept on the phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clearVisited,
  markVisited,
  parseVisited,
  readVisited,
  tourOfPath,
} from "../../client/src/page_parts/visited.ts";

const link = (href) => ({ querySelector: () => (href ? { href } : null) });

function phone({ address = "https://musee.example/fr/", refuses = false } = {}) {
  const kept = new Map();
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  globalThis.location = new URL("https://served.example/fr/visite/cour/");
  globalThis.document = link(address);
  globalThis.localStorage = refuses
    ? { getItem: refuse, setItem: refuse, removeItem: refuse }
    : {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => kept.set(key, value),
        removeItem: (key) => kept.delete(key),
      };
  return kept;
}

test("a stop is kept once, under its tour", () => {
  phone();
  markVisited("/fr/visite/x/", "cour");
  markVisited("/fr/visite/x/", "place");
  markVisited("/fr/visite/x/", "cour");

  assert.deepEqual(readVisited(), { visite: ["cour", "place"] });
});

test("each museum keeps its own, though a preview serves them at one address", () => {
  phone();
  markVisited("/fr/visite/x/", "cour");
  globalThis.document = link("https://autre.example/fr/");

  assert.deepEqual(readVisited(), {});
});

test("forgetting leaves nothing on the phone", () => {
  const kept = phone();
  markVisited("/fr/visite/x/", "cour");
  clearVisited();

  assert.equal(kept.size, 0);
});

test("a phone that keeps nothing stops nobody", () => {
  phone({ refuses: true });
  markVisited("/fr/visite/x/", "cour");
  clearVisited();

  assert.deepEqual(readVisited(), {});
});

for (const text of [null, "", "{", "null", "3", '"x"', "[]", '{"visite": 3}', '{"visite": [1, null]}']) {
  test(`what is not ours counts as nothing seen: ${text}`, () => {
    assert.deepEqual(Object.values(parseVisited(text)).flat(), []);
  });
}

test("the tour is told by the stop's address", () => {
  assert.equal(tourOfPath("/fr/visite/cour/"), "visite");
  assert.equal(tourOfPath("/"), undefined);
});
