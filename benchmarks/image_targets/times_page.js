// The same in a browser's worker, where a page runs the tracker.
const SOURCE = `
importScripts("${location.origin}/here/times_core.cjs", "${location.origin}/opencv/dist/opencv.js");
const image = ({width, height, pixels}) => ({
  width, height, pixels: Uint8Array.from(atob(pixels), letter => letter.charCodeAt(0))});
onmessage = async ({data: {wasm, images}}) => {
  if (!cv.Mat) await new Promise(done => (cv.onRuntimeInitialized = done));
  postMessage(await timesOf({
    wasm, cv, print: image(images.print),
    frames: images.frames.map(image), followed: images.followed.map(image)}));
};`;

window.times = async () => {
  const wasm = await (await fetch("/wasm/tracker.wasm")).arrayBuffer();
  const images = await (await fetch("/images/images.json")).json();
  const worker = new Worker(URL.createObjectURL(new Blob([SOURCE])));
  return new Promise((done, fail) => {
    worker.onmessage = ({data}) => done(data);
    worker.onerror = event => fail(new Error(event.message));
    worker.postMessage({wasm, images});
  });
};
window.isReady = true;
