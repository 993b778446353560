// Guide mode's messages, read as strictly as the server reads its own; turns that are followed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { easeLook } from "../../client/src/guide/ease.ts";
import { parseServerMessage, roomOf } from "../../client/src/guide/messages.ts";

const shown = {
  tour: "de-la-forge",
  stop: "marteau",
  languages: ["fr", "pt-BR"],
  turn: { azimuth_deg: 370, elevation_deg: -12.5, zoom: 0.8 },
  point: [0.25, 1.5, -2],
  look_up: false,
};
const state = { type: "state", guided: true, shown };
const read = (message) => parseServerMessage(JSON.stringify(message));

test("what the server says is read", () => {
  for (const message of [
    state,
    { ...state, shown: null },
    { ...state, shown: { ...shown, turn: null, point: [1, 2] } },
    { type: "guiding", followers: 40, shown },
    { type: "opened", room: "K7QN", key: "aA-_".repeat(5) + "00" },
  ]) {
    assert.deepEqual(read(message), message);
  }
});

const slips = {
  "no JSON": "{",
  "no object": "[]",
  null: "null",
  "another type": { ...state, type: "news" },
  "a key too many": { ...state, name: "Anne" },
  "a key too few": { type: "state", guided: true },
  "an address for a tour": { ...state, shown: { ...shown, tour: "//elsewhere.example" } },
  "a path for a stop": { ...state, shown: { ...shown, stop: "../check" } },
  "a language that is a path": { ...state, shown: { ...shown, languages: ["../fr"] } },
  "no language": { ...state, shown: { ...shown, languages: [] } },
  "a turn past the top": { ...state, shown: { ...shown, turn: { ...shown.turn, elevation_deg: 91 } } },
  "a distance of nothing": { ...state, shown: { ...shown, turn: { ...shown.turn, zoom: 0 } } },
  "a point of one number": { ...state, shown: { ...shown, point: [1] } },
  "a point of words": { ...state, shown: { ...shown, point: ["1", "2"] } },
  "a word of one's own": { ...state, shown: { ...shown, words: "hello" } },
  "a short key": { type: "opened", room: "K7QN", key: "short" },
  "half a follower": { type: "guiding", followers: 0.5, shown: null },
};
for (const [name, message] of Object.entries(slips)) {
  test(`nothing else passes: ${name}`, () => {
    const text = typeof message === "string" ? message : JSON.stringify(message);
    assert.equal(parseServerMessage(text), undefined);
  });
}

test("a message with any one sign changed is read or refused, and never anything else", () => {
  const text = JSON.stringify(state);
  for (let i = 0; i < text.length; i += 1) {
    for (const sign of ["", "}", "9", '"']) parseServerMessage(text.slice(0, i) + sign + text.slice(i + 1));
  }
});

for (const [typed, room] of [
  ["k7qn", "K7QN"],
  [" k7 - qn ", "K7QN"],
  ["Ｋ７ＱＮ", "K7QN"],
  ["KZSG", "K256"],
  ["K7Q", undefined],
  ["K7QNN", undefined],
  ["K7Q1", undefined],
  ["", undefined],
]) {
  test(`a room's signs as they are typed: ${typed}`, () => assert.equal(roomOf(typed), room));
}

test("a turn is eased by the shorter way round, and arrives", () => {
  const from = { azimuth_deg: 350, elevation_deg: 0, zoom: 1 };
  const to = { azimuth_deg: 10, elevation_deg: 20, zoom: 0.5 };
  const first = easeLook(from, to);
  assert.ok(first.azimuth_deg > 350 && first.azimuth_deg < 360);
  assert.ok(first.elevation_deg > 0 && first.elevation_deg < 20);
  assert.ok(first.zoom < 1 && first.zoom > 0.5);

  let look = from;
  let steps = 0;
  for (; look !== to && steps < 100; steps += 1) look = easeLook(look, to);
  assert.equal(look, to);
  assert.ok(steps < 40);
});
