// node times_node.cjs WASM OPENCV_JS IMAGES.json: prints what times_core measures, as JSON.
"use strict";
const fs = require("node:fs");
require("./times_core.cjs");

// OpenCV's module has a `then` of its own: returned bare from an async function it would be
// awaited for ever, hence the object around it.
async function openCv(path) {
  const cv = require(path);
  if (!cv.Mat) await new Promise(done => (cv.onRuntimeInitialized = done));
  return {cv};
}

const image = ({width, height, pixels}) => ({
  width, height, pixels: new Uint8Array(Buffer.from(pixels, "base64"))});

async function main([wasm, opencv, images]) {
  const {print, frames, followed} = JSON.parse(fs.readFileSync(images, "utf8"));
  const times = await globalThis.timesOf({
    wasm: fs.readFileSync(wasm),
    ...(await openCv(opencv)),
    print: image(print),
    frames: frames.map(image),
    followed: followed.map(image),
  });
  console.log(JSON.stringify(times));
  process.exit(0);
}

main(process.argv.slice(2));
