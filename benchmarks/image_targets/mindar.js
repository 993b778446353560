// MindAR on frames given one by one: its detector in up to nine crops, then two rounds of
// its tracker, with the true camera. Driven by mindar.py.
import {Compiler, Controller} from "/mindar/dist/mindar-image.prod.js";

const CROPS = 9;
const ROUNDS = 2;
const controllers = {};

async function canvasOf(address, longestEdge) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = longestEdge ? longestEdge / Math.max(image.width, image.height) : 1;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// Returns the compiled target, base64, and how long it took.
window.compiled = async (name, longestEdge) => {
  const canvas = await canvasOf(`/prints/${name}.png`, longestEdge);
  const compiler = new Compiler();
  const start = performance.now();
  await compiler.compileImageTargets([canvas], () => {});
  const ms = performance.now() - start;
  const bytes = compiler.exportData();
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return {target: btoa(text), ms};
};

// Makes the controller of one print, for one size of frame.
window.prepared = async (name, target, width, height, focal) => {
  const controller = new Controller({inputWidth: width, inputHeight: height, maxTrack: 1});
  controller.projectionTransform = [
    [focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]];
  const bytes = Uint8Array.from(atob(target), letter => letter.charCodeAt(0));
  controller.size = controller.addImageTargetsFromBuffer(bytes.buffer).dimensions[0];
  controllers[name] = controller;
};

// MindAR's pixels count from the frame's edge; ours from the first pixel's centre.
function corners(controller, matrix) {
  const [width, height] = controller.size;
  return [[0, 0], [width, 0], [width, height], [0, height]].map(([x, y]) => {
    const seen = matrix.map(row => row[0] * x + row[1] * y + row[3]);
    const [u, v, w] = controller.projectionTransform.map(
      row => row[0] * seen[0] + row[1] * seen[1] + row[2] * seen[2]);
    return [u / w - 0.5, v / w - 0.5];
  });
}

async function detected(controller, input) {
  // The crops go round; the fourth one is the middle of the frame.
  controller.cropDetector.lastRandomIndex = 4;
  for (let crop = 1; crop <= CROPS; crop++) {
    const {featurePoints} = controller.cropDetector.detectMoving(input);
    const match = await controller._workerMatch(featurePoints, [0]);
    if (match.targetIndex !== -1 && match.modelViewTransform)
      return {crop, matrix: match.modelViewTransform};
  }
  return null;
}

let kept = {};

// Returns the crop it was found in, the corners and the ms of a round of tracking; or null.
window.located = async (name, file) => {
  const controller = controllers[name];
  if (kept.file !== file) kept = {file, canvas: await canvasOf(`/frames/${file}`)};
  const input = controller.inputLoader.loadInput(kept.canvas);
  try {
    const first = await detected(controller, input);
    if (!first) return null;
    let matrix = first.matrix;
    const start = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      const tracked = controller.tracker.track(input, matrix, 0);
      if (tracked.worldCoords.length < 4) return null;
      matrix = await controller._workerTrackUpdate(matrix, tracked);
      if (!matrix) return null;
    }
    const trackMs = (performance.now() - start) / ROUNDS;
    return {crop: first.crop, corners: corners(controller, matrix), trackMs};
  } finally {
    input.dispose();
  }
};
// The same on the next frame of a sequence, as MindAR's own loop does it: one crop a frame
// until the print is found, then a round of tracking a frame, unfiltered.
let held = {};
window.followed = async (name, file, isFirst) => {
  const controller = controllers[name];
  if (isFirst) {
    held = {};
    controller.cropDetector.lastRandomIndex = 4;
  }
  const input = controller.inputLoader.loadInput(await canvasOf(`/frames/${file}`));
  try {
    if (!held.matrix) {
      const {featurePoints} = controller.cropDetector.detectMoving(input);
      const match = await controller._workerMatch(featurePoints, [0]);
      if (match.targetIndex === -1) return null;
      held.matrix = match.modelViewTransform;
    }
    if (!held.matrix) return null;
    const tracked = controller.tracker.track(input, held.matrix, 0);
    held.matrix = tracked.worldCoords.length < 4
      ? null : await controller._workerTrackUpdate(held.matrix, tracked);
    return held.matrix && {crop: 1, corners: corners(controller, held.matrix)};
  } finally {
    input.dispose();
  }
};
window.isReady = true;
