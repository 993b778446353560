// Answers as people type and touch them, and progress as it is kept on the phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  angleBetween,
  judgeDetail,
  judgePlace,
  missBy,
  plainCode,
  readNumbers,
} from "../../client/src/page_parts/quiz_answers.ts";
import {
  forgetQuestions,
  keepHunt,
  keepOutcome,
  parseProgress,
  readProgress,
} from "../../client/src/page_parts/quiz_progress.ts";

for (const [typed, numbers] of [
  ["21", [21]],
  [" 21 m ", [21]],
  ["21,5", [21.5]],
  ["21.5", [21.5]],
  ["1 300", [1300]],
  ["1\u202f300 t", [1300]],
  ["1,300", [1.3, 1300]],
  ["1.300", [1.3, 1300]],
  ["−3", [-3]],
  ["", []],
  ["vingt", []],
  ["m 21", []],
]) {
  test(`"${typed}" may be ${numbers.join(" or ") || "no number"}`, () => {
    assert.deepEqual(readNumbers(typed), numbers);
  });
}

test("a number is right up to its tolerance, and no further", () => {
  const target = { value: 21, tolerance: 2 };
  assert.equal(missBy([19], target), 0);
  assert.equal(missBy([23], target), 0);
  assert.equal(missBy([23.1], target) > 0, true);
  assert.equal(missBy([18], target), -3);
});

test("decimals do not make a right answer wrong", () => {
  assert.equal(missBy([0.3], { value: 0.2, tolerance: 0.1 }), 0);
});

test("nothing typed is neither too small nor too large", () => {
  assert.equal(missBy([], { value: 3, tolerance: 0 }), NaN);
});

test("the reading that is right counts", () => {
  assert.equal(missBy(readNumbers("1,300"), { value: 1300, tolerance: 0 }), 0);
});

const at = (azimuth_deg, elevation_deg) => ({ azimuth_deg, elevation_deg });

test("angles go round the picture's edge", () => {
  assert.ok(Math.abs(angleBetween(at(359, 0), at(1, 0)) - 2) < 1e-6);
  assert.ok(Math.abs(angleBetween(at(-5, 0), at(355, 0))) < 1e-5);
  assert.ok(Math.abs(angleBetween(at(0, 90), at(180, 90))) < 1e-5);
});

test("a touch is right within the tolerance, near about it, and wrong elsewhere", () => {
  const judged = (azimuth) => judgePlace({ kind: "place", ...at(azimuth, 0) }, at(90, 0), 10);
  assert.deepEqual([95, 110, 180].map(judged), ["right", "near", "wrong"]);
});

test("a finger touches a detail past which it points", () => {
  const touch = (ray) => ({ kind: "detail", eye: [0, 0, 10], ray, finger_rad: 0 });
  const tilted = Math.hypot(0.2, 1);
  assert.equal(judgeDetail(touch([0, 0, -1]), [0.5, 0, 0], 1), "right");
  assert.equal(judgeDetail(touch([0.2 / tilted, 0, -1 / tilted]), [0, 0, 0], 1), "near");
  assert.equal(judgeDetail(touch([0, 0, 1]), [0, 0, 0], 1), "wrong");
});

test("what is smaller than a fingertip can be touched", () => {
  const touch = { kind: "detail", eye: [0, 0, 10], ray: [0, 0, -1], finger_rad: 0.05 };
  assert.equal(judgeDetail(touch, [0.4, 0, 0], 0.01), "right");
});

test("a code is read as people type it", () => {
  assert.equal(plainCode(" pa-na "), "PANA");
});

function phone({ refuses = false } = {}) {
  const kept = new Map();
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  globalThis.document = { querySelector: () => ({ href: "https://musee.example/fr/" }) };
  globalThis.localStorage = refuses
    ? { getItem: refuse, setItem: refuse }
    : { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("what was found stays found, though its answer is read afterwards", () => {
  phone();
  keepOutcome("visite", "cour-1", "seen");
  keepOutcome("visite", "cour-1", "found");
  keepOutcome("visite", "cour-1", "seen");

  assert.deepEqual(readProgress("visite").questions, { "cour-1": "found" });
});

test("a hunt that starts again forgets its own questions alone", () => {
  phone();
  keepHunt("visite", "petits");
  keepOutcome("visite", "cour-1", "found");
  keepOutcome("visite", "cour-2", "found");
  forgetQuestions("visite", ["cour-1"]);

  assert.deepEqual(readProgress("visite"), { questions: { "cour-2": "found" } });
});

test("a phone that keeps nothing stops nobody", () => {
  phone({ refuses: true });
  keepOutcome("visite", "cour-1", "found");

  assert.deepEqual(readProgress("visite"), { questions: {} });
});

for (const text of [null, "", "{", "null", "3", "[]", '{"visite": 3}', '{"visite": {"questions": {"a": "lost"}, "hunt": 3}}']) {
  test(`what is not ours counts as nothing: ${text}`, () => {
    for (const own of Object.values(parseProgress(text))) assert.deepEqual(own, { questions: {} });
  });
}
