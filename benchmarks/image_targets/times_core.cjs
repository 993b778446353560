// Times our tracker beside opencv-js on the same frames, in turns. Runs in Node and in a
// browser's worker alike: both load it as a plain script.
"use strict";

const ROUNDS = 4;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

// Each frame's quickest round, then the median over the frames: what else runs on the
// machine only ever adds.
const medianOfQuickest = rounds => median(rounds.map(times => Math.min(...times)));

// The tracker, with the one print in it.
async function ourTracker(wasm, print) {
  const {instance} = await WebAssembly.instantiate(wasm, {});
  const tracker = instance.exports;
  const write = (address, pixels) =>
    new Uint8Array(tracker.memory.buffer).set(pixels, address);
  write(tracker.template_room(print.width, print.height), print.pixels);
  const start = performance.now();
  const slot = tracker.target_add(1);
  const compileMs = performance.now() - start;
  if (slot < 0) throw new Error("the tracker refuses the print");
  const put = frame => write(tracker.frame(frame.width, frame.height), frame.pixels);
  return {tracker, put, compileMs};
}

// OpenCV's ORB with its Hamming matcher: detection alone, without a pose.
function orbMatcher(cv, print) {
  const matOf = image =>
    cv.matFromArray(image.height, image.width, cv.CV_8UC1, image.pixels);
  const orb = new cv.ORB(1000, 1.2, 8, 31, 0, 2, cv.ORB_HARRIS_SCORE ?? 0, 31, 12);
  const matcher = new cv.BFMatcher(cv.NORM_HAMMING, false);
  const nothing = new cv.Mat(), points = new cv.KeyPointVector();
  const ofPrint = new cv.Mat(), ofFrame = new cv.Mat();
  orb.detectAndCompute(matOf(print), nothing, points, ofPrint);
  return {
    matOf,
    run(frame) {
      orb.detectAndCompute(frame, nothing, points, ofFrame);
      const matches = new cv.DMatchVectorVector();
      matcher.knnMatch(ofFrame, ofPrint, matches, 2);
      matches.delete();
    },
  };
}

// `frames`: alone, each looked at as the first; `followed`: one sequence of the same print.
globalThis.timesOf = async ({wasm, cv, print, frames, followed}) => {
  const {tracker, put, compileMs} = await ourTracker(wasm, print);
  const orb = orbMatcher(cv, print);
  const mats = frames.map(orb.matOf);
  const find = frames.map(() => []), opencv = frames.map(() => []);
  const track = followed.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    frames.forEach((frame, at) => {
      const start = performance.now();
      put(frame);
      tracker.find();
      const between = performance.now();
      orb.run(mats[at]);
      find[at].push(between - start);
      opencv[at].push(performance.now() - between);
    });
  }
  for (let round = 0; round < ROUNDS; round++) {
    followed.forEach((frame, at) => {
      const start = performance.now();
      put(frame);
      if (tracker.track(round * 10 + at / 30) === 0) throw new Error("the print is lost");
      track[at].push(performance.now() - start);
    });
  }
  return {
    compileMs,
    findMs: medianOfQuickest(find),
    opencvMs: medianOfQuickest(opencv),
    // The first frames are found from nothing; what follows is what a phone mostly does.
    trackMs: medianOfQuickest(track.slice(3)),
  };
};
