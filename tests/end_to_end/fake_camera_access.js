// A fake of WebXR's raw camera access, which the emulator lacks. Honest in this: it draws what the
// emulated phone's camera would see of one print, hung at a known place of the emulated room, with
// the very pose and projection of each view, into a texture as the browser would give it. What is
// fake: a plain grey room behind, no noise, no lens, and a picture that is never late.
//
// `hung` is the print's centre, its turn about the vertical and how far it leans back in degrees, its
// width in metres, and its picture's address; put in by the test.

((hung) => {
  const WIDTH_PX = 480;
  const ROOM = [0.55, 0.55, 0.53, 1];
  const CORNERS = `#version 300 es
    uniform mat4 seen;
    uniform vec2 half_m;
    out vec2 place;
    void main() {
      vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
      place = vec2(corner.x, 1.0 - corner.y);
      gl_Position = seen * vec4((2.0 * corner - 1.0) * half_m, 0.0, 1.0);
    }`;
  const INK = `#version 300 es
    precision highp float;
    uniform sampler2D print;
    in vec2 place;
    out vec4 color;
    void main() { color = texture(print, place); }`;

  // Which features were asked for, and so are on.
  const { requestSession } = navigator.xr;
  let isOn = false;
  navigator.xr.requestSession = async (mode, init) => {
    isOn = init?.optionalFeatures?.includes("camera-access") ?? false;
    return requestSession.call(navigator.xr, mode, init);
  };
  const features = Object.getOwnPropertyDescriptor(XRSession.prototype, "enabledFeatures");
  Object.defineProperty(XRSession.prototype, "enabledFeatures", {
    get() {
      const enabled = [...(features.get.call(this) ?? [])];
      return isOn ? [...enabled, "camera-access"] : enabled;
    },
  });

  let view;
  Object.defineProperty(XRView.prototype, "camera", {
    get() {
      // The emulated phone draws for two eyes, and has one camera all the same.
      if (!isOn || this.eye === "right") return null;
      view = this;
      const { projectionMatrix: p } = this;
      return { width: WIDTH_PX, height: Math.round((WIDTH_PX * p[0]) / p[5]) };
    },
  });

  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2", { preserveDrawingBuffer: true });
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, CORNERS],
    [gl.FRAGMENT_SHADER, INK],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);

  let aspect = 0;
  /** Resolves once the print hangs in the room. */
  window.hang = async () => {
    const picture = await createImageBitmap(await (await fetch(hung.url)).blob());
    aspect = picture.height / picture.width;
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  };

  const times = (a, b) => {
    const product = new Float32Array(16);
    for (let column = 0; column < 4; column += 1) {
      for (let row = 0; row < 4; row += 1) {
        for (let i = 0; i < 4; i += 1) {
          product[4 * column + row] += a[4 * i + row] * b[4 * column + i];
        }
      }
    }
    return product;
  };
  const place = () => {
    const [turn, lean] = [hung.turn_deg, hung.slope_deg].map((angle) => (angle * Math.PI) / 180);
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    const [up, back] = [Math.cos(lean), Math.sin(lean)];
    const right = [cosine, 0, -sine, 0];
    const along = [-back * sine, up, -back * cosine, 0];
    const out = [up * sine, back, up * cosine, 0];
    return [...right, ...along, ...out, ...hung.centre, 1];
  };

  window.XRWebGLBinding = class {
    constructor(_session, context) {
      this.context = context;
      this.texture = context.createTexture();
    }

    getCameraImage({ width, height }) {
      canvas.width = width;
      canvas.height = height;
      gl.viewport(0, 0, width, height);
      gl.clearColor(...ROOM);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (aspect > 0) {
        const toView = times(view.projectionMatrix, view.transform.inverse.matrix);
        const [half, seen] = ["half_m", "seen"].map((name) => gl.getUniformLocation(program, name));
        gl.uniformMatrix4fv(seen, false, times(toView, place()));
        gl.uniform2f(half, hung.width_m / 2, (hung.width_m * aspect) / 2);
        gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      }
      this.give();
      return this.texture;
    }

    // Into the page's own context, and nothing of its state changed.
    give() {
      const { context } = this;
      const bound = context.getParameter(context.TEXTURE_BINDING_2D);
      const flips = context.getParameter(context.UNPACK_FLIP_Y_WEBGL);
      context.bindTexture(context.TEXTURE_2D, this.texture);
      context.pixelStorei(context.UNPACK_FLIP_Y_WEBGL, true);
      const { TEXTURE_2D, RGBA, UNSIGNED_BYTE, LINEAR, CLAMP_TO_EDGE } = context;
      context.texImage2D(TEXTURE_2D, 0, RGBA, RGBA, UNSIGNED_BYTE, canvas);
      context.texParameteri(TEXTURE_2D, context.TEXTURE_MIN_FILTER, LINEAR);
      context.texParameteri(TEXTURE_2D, context.TEXTURE_WRAP_S, CLAMP_TO_EDGE);
      context.texParameteri(TEXTURE_2D, context.TEXTURE_WRAP_T, CLAMP_TO_EDGE);
      context.pixelStorei(context.UNPACK_FLIP_Y_WEBGL, flips);
      context.bindTexture(context.TEXTURE_2D, bound);
    }
  };
})(hung);
