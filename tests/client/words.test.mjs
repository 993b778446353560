// The client's words: complete in each language, and lengths as people say them.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createWords } from "../../client/src/core/i18n.ts";
import core from "../../client/src/i18n/core.json";
import { isScaleModel, sizeText } from "../../client/src/scene/model_size.ts";

const SOURCES = process.env.CLIENT_SOURCES;
const HAMMER = { extents: { least: [-6, 0, -4], greatest: [6, 21, 4] }, scale: 1 };

const holes = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const LANGUAGES = ["fr", "en", "it"];
const CATALOGUES = readdirSync(join(SOURCES, "i18n"));
const read = (name) => readFileSync(join(SOURCES, name), "utf8");
const program = readdirSync(SOURCES, { recursive: true })
  .filter((name) => /(?<!\.d)\.ts$/.test(name))
  .map(read)
  .join("\n");
const inLanguage = (language) =>
  Object.fromEntries(Object.entries(core).map(([key, sentences]) => [key, sentences[language]]));
const fr = inLanguage("fr");
const en = inLanguage("en");

for (const name of CATALOGUES) {
  const catalogue = JSON.parse(read(join("i18n", name)));

  test(`every sentence is there in every language, with the same values: ${name}`, () => {
    for (const [key, sentences] of Object.entries(catalogue)) {
      assert.deepEqual(Object.keys(sentences), LANGUAGES, key);
      for (const language of LANGUAGES) {
        assert.deepEqual(holes(sentences[language]), holes(sentences.fr), `${key} ${language}`);
      }
    }
  });

  test(`every sentence is used: ${name}`, () => {
    // Named whole or by its beginning: `error_${kind}`, `${isLost ? "lost" : "whole"}_${kind}`.
    const isNamed = (key) =>
      program.includes(`"${key}"`) ||
      [...key.matchAll(/_/g)].some(({ index }) => {
        const beginning = key.slice(0, index);
        return new RegExp(`\`${beginning}_[$][{]|"${beginning}"[^\`\n]*}_[$][{]`).test(program);
      });
    const unused = Object.keys(catalogue).filter((key) => !isNamed(key));

    assert.deepEqual(unused, []);
  });
}

test("every kind of failure has its sentence", () => {
  const kinds = [...read("core/errors.ts").matchAll(/^ {2}\| "(\w+)"/gm)].map(([, kind]) => `error_${kind}`);

  assert.deepEqual(
    Object.keys(fr)
      .filter((key) => key.startsWith("error_"))
      .sort(),
    kinds.sort(),
  );
});

test("lengths are said in the unit a person would use", () => {
  const english = createWords("en", en);

  assert.equal(english.length(0.124), "12 cm");
  assert.equal(english.length(1.73), "1.7 m");
  assert.equal(english.length(21.04), "21 m");
  assert.equal(createWords("fr", fr).length(1.73).replace(/\s/u, " "), "1,7 m");
});

test("a size that rounds to the next unit is said in that unit", () => {
  assert.equal(createWords("en", en).length(0.998), "1 m");
  assert.equal(createWords("en", en).length(9.98), "10 m");
});

test("a coin is not 0 cm high", () => {
  assert.equal(createWords("en", en).length(0.002), "2 mm");
});

test("a thing at its true size is said so, with its longer side", () => {
  assert.equal(sizeText(HAMMER, createWords("en", en)), "21 m high, 12 m wide");
});

test("a scale model is said to be one, whether smaller or larger than the thing", () => {
  const english = createWords("en", en);

  assert.ok(!isScaleModel(HAMMER));
  assert.equal(sizeText({ ...HAMMER, scale: 0.005 }, english), "Scale model at 1:200, 11 cm high");
  assert.equal(sizeText({ ...HAMMER, scale: 3 }, english), "Scale model at 3:1, 63 m high");
});

test("an estimated size is said to be one", () => {
  const guessed = { ...HAMMER, has_estimated_size: true };

  assert.equal(sizeText(guessed, createWords("en", en)), "Estimated size: about 21 m high, 12 m wide");
});

test("a value that is missing leaves its name to be noticed", () => {
  assert.equal(
    createWords("en", en).say("ar_waiting"),
    "The place is chosen. Loading the model… {percent}%",
  );
});
