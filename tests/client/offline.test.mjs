// Which files of a visit a phone takes along, and what they weigh.

import assert from "node:assert/strict";
import { test } from "node:test";
import { select, weight } from "../../client/src/offline/list.ts";

const PHONE = {
  screen_px: 780,
  avif: true,
  quickLook: false,
  plays: (type) => type !== "audio/ogg",
  lod: (names) => (names.includes("phone") ? "phone" : names[0]),
};
let count = 0;

function file(kind, facts = {}) {
  count += 1;
  return { url: `/file-${count}`, sha256: `hash-${count}`, bytes: 1000, type: "text/html", kind, ...facts };
}

function group(kind, alternatives) {
  count += 1;
  const name = `/group-${count}`;
  return alternatives.map((facts) => file(kind, { group: name, ...facts }));
}

const selectOf = (files, size = "whole", phone = {}) => select({ files }, size, { ...PHONE, ...phone });
const fetchedUrls = (files, size, phone) => selectOf(files, size, phone).fetched.map(({ url }) => url);

const picture = (type, ...widths) => widths.map((width_px) => ({ type: `image/${type}`, width_px }));
const PICTURES = group("picture", [...picture("avif", 480, 960, 1600), ...picture("webp", 480, 960, 1600)]);

test("a light visit leaves out scenes and films alone", () => {
  const kinds = ["page", "script", "picture", "sound", "other", "viewer", "panorama", "model", "film"];
  const files = kinds.map((kind) => file(kind, { type: "image/webp", width_px: 480 }));
  const kept = selectOf(files, "light").fetched.map(({ kind }) => kind);
  assert.deepEqual(kept, ["page", "script", "picture", "sound", "other"]);
  assert.equal(selectOf(files, "whole").fetched.length, kinds.length);
});

test("a USDZ is for phones that show one", () => {
  const files = [file("usdz")];
  assert.equal(selectOf(files).fetched.length, 0);
  assert.equal(selectOf(files, "whole", { quickLook: true }).fetched.length, 1);
  assert.equal(selectOf(files, "light", { quickLook: true }).fetched.length, 0);
});

test("a picture is the smallest that fills the screen, in the best type drawn", () => {
  assert.deepEqual(fetchedUrls(PICTURES), [PICTURES[1].url]);
  assert.deepEqual(fetchedUrls(PICTURES, "whole", { avif: false }), [PICTURES[4].url]);
});

test("a light visit takes the pictures of half a screen", () => {
  assert.deepEqual(fetchedUrls(PICTURES, "light"), [PICTURES[0].url]);
});

test("a screen wider than every picture takes the widest", () => {
  assert.deepEqual(fetchedUrls(PICTURES, "whole", { screen_px: 4000 }), [PICTURES[2].url]);
});

test("a picture in neither type is taken as it is", () => {
  const files = group("picture", picture("jpeg", 960));
  assert.deepEqual(fetchedUrls(files), [files[0].url]);
});

test("a panorama is the widest that phones' textures hold", () => {
  const files = group("panorama", picture("webp", 2048, 4096, 8192));
  assert.deepEqual(fetchedUrls(files), [files[1].url]);
  const wide = group("panorama", picture("webp", 8192));
  assert.deepEqual(fetchedUrls(wide), [wide[0].url], "the only one is better than none");
});

test("a model is of the level that the phone draws", () => {
  const files = group("model", ["preview", "phone", "high"].map((level) => ({ level })));
  assert.deepEqual(fetchedUrls(files), [files[1].url]);
});

test("a sound is the first that the phone plays, the last if it knows none", () => {
  const files = group("sound", [{ type: "audio/ogg" }, { type: "audio/mp4" }]);
  assert.deepEqual(fetchedUrls(files), [files[1].url]);
  assert.deepEqual(fetchedUrls(files, "whole", { plays: () => false }), [files[1].url]);
  assert.deepEqual(fetchedUrls(files, "whole", { plays: () => true }), [files[0].url]);
});

test("the address of every alternative leads to the file that was taken", () => {
  const { files } = selectOf(PICTURES);
  assert.equal(Object.keys(files).length, PICTURES.length);
  for (const { url } of PICTURES) assert.equal(files[url].sha256, PICTURES[1].sha256);
});

test("one content at two addresses is fetched, and weighed, once", () => {
  const twins = [file("other", { sha256: "same" }), file("other", { sha256: "same" })];
  const selection = selectOf(twins);
  assert.equal(selection.fetched.length, 1);
  assert.equal(selection.bytes, weight(twins[0]));
  assert.deepEqual(Object.keys(selection.files).sort(), twins.map(({ url }) => url).sort());
});

test("a file weighs what is sent, and the headers of its request", () => {
  const plain = weight(file("page", { bytes: 1000 }));
  assert.ok(plain > 1000 && plain < 1500);
  assert.equal(plain - weight(file("page", { bytes: 1000, sent_bytes: 400 })), 600);
});
