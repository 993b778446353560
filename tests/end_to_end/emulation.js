// Put into the page before its own scripts, after iwer and its room: an emulated phone
// or headset. `emulated` is {kind, overlay, room}; see conftest.py.

((emulated) => {
  // The emulator brings a three.js of its own, and the page's would warn of two.
  delete window.__THREE__;
  const phone = {
    ...IWER.metaQuest3,
    name: "Emulated phone",
    supportedSessionModes: ["inline", "immersive-ar"],
    supportedFeatures: ["viewer", "local", "local-floor", "dom-overlay", "anchors", "hit-test"],
    environmentBlendModes: { "immersive-ar": "alpha-blend" },
    interactionMode: "screen-space",
  };
  const isPhone = emulated.kind === "phone";
  const device = new IWER.XRDevice(isPhone ? phone : IWER.metaQuest3, {
    stereoEnabled: !isPhone,
    fovy: isPhone ? 1 : 1.5,
  });
  device.installRuntime({ forceInstall: true });
  if (emulated.overlay) {
    // The emulator shows a page's overlay but does not say so.
    Object.defineProperty(XRSession.prototype, "domOverlayState", { value: { type: "screen" } });
  }
  if (isPhone) {
    device.installSEM(IWER_SEM.SyntheticEnvironmentModule);
    device.sem.loadEnvironment(emulated.room);
  }
  window.device = device;
  device.position.set(0, 1.5, 0);

  /** Look this many degrees above the horizon, ahead. */
  window.lookUp = (degrees) => {
    const half = (degrees * Math.PI) / 360;
    device.quaternion.set(Math.sin(half), 0, 0, Math.cos(half));
  };
  window.lookUp(-48);
  /** Stand there and look at the label that hangs ahead, at (0, 1.4, -0.6). */
  window.look = (x, y, z) => {
    const [ahead, down] = [-0.6 - z, 1.4 - y];
    const turn = Math.atan2(x, -ahead) / 2;
    const lean = Math.atan2(down, Math.hypot(x, ahead)) / 2;
    const [c, s, a, b] = [Math.cos(turn), Math.sin(turn), Math.cos(lean), Math.sin(lean)];
    device.position.set(x, y, z);
    device.quaternion.set(c * b, s * a, -s * b, c * a);
  };

  // Frames that asked for hits, and frames that got some.
  window.frames = { asked: 0, hit: 0 };
  const { getHitTestResults } = XRFrame.prototype;
  XRFrame.prototype.getHitTestResults = function (source) {
    const hits = getHitTestResults.call(this, source);
    window.frames.asked += 1;
    if (hits.length > 0) window.frames.hit += 1;
    return hits;
  };

  // The emulator tells of a select when it begins; WebXR (10.1) when it ends, just
  // before selectend.
  const { addEventListener } = EventTarget.prototype;
  XRSession.prototype.addEventListener = function (type, ...rest) {
    addEventListener.call(this, type === "select" ? "selectend" : type, ...rest);
  };

  const session = () => device.activeSession;
  const frame = () => new Promise((resolve) => session().requestAnimationFrame(resolve));
  const trigger = (value) => {
    const controller = device.controllers.right;
    controller.connected = true;
    controller.updateButtonValue("trigger", value);
  };

  /** Wait until `count` frames have been drawn. */
  window.drawn = async (count = 3) => {
    for (let i = 0; i < count; i += 1) await frame();
  };
  /** Touch the screen; `during` runs while the finger is down. */
  window.touch = async (during = async () => undefined) => {
    device.controllers.right.connected = true;
    await window.drawn();
    trigger(1);
    await window.drawn();
    await during();
    trigger(0);
    await window.drawn();
  };
})(emulated);
