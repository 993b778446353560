// Detect what this browser supports, by feature and never by its name.

export interface Capabilities {
  readonly webgl: boolean;
  readonly augmented: boolean;
  readonly virtual: boolean;
  /** No augmented reality of its own, but a hand-held camera and the means to read it. */
  readonly camera: boolean;
  /** Apple's Quick Look opens a USDZ from a link with rel="ar". */
  readonly quickLook: boolean;
  /** The <model> element draws a 3D model by itself. */
  readonly modelElement: boolean;
  /** The visitor asked for less to be downloaded. */
  readonly savesData: boolean;
  /** An app shows the page and keeps the phone's abilities from it. */
  readonly confined: boolean;
}

/** What `confinement` looks at, apart from the browser so that it can be tested. */
export interface Evidence {
  readonly secure: boolean;
  readonly touch: boolean;
  readonly xr: boolean;
  readonly camera: boolean;
  readonly serviceWorker: boolean;
}

export async function capabilities(): Promise<Capabilities> {
  const [augmented, virtual, hasCamera] = await Promise.all([
    supportsSession("immersive-ar"),
    supportsSession("immersive-vr"),
    camera(),
  ]);
  const webgl = "WebGL2RenderingContext" in window;
  return {
    webgl,
    augmented,
    virtual,
    camera: !augmented && webgl && hasCamera && "WebAssembly" in window,
    quickLook: document.createElement("a").relList.supports("ar"),
    modelElement: "HTMLModelElement" in window,
    savesData: savesData(),
    confined: isConfined(evidence()),
  };
}

/**
 * Whether an app's own web view shows the page.
 *
 * Such a view lacks what every phone's browser has over HTTPS: a camera to ask for, or
 * service workers. Over plain HTTP all browsers lack them, and nothing can be told.
 */
export function isConfined({ secure, touch, xr, camera, serviceWorker }: Evidence): boolean {
  return secure && touch && !xr && !(camera && serviceWorker);
}

function evidence(): Evidence {
  const has: Partial<Navigator> = navigator;
  return {
    secure: window.isSecureContext,
    touch: window.matchMedia("(any-pointer: coarse)").matches,
    xr: has.xr !== undefined,
    camera: has.mediaDevices?.getUserMedia !== undefined,
    serviceWorker: has.serviceWorker !== undefined,
  };
}

/** Whether a camera is there to be asked for, on something that is held in the hand. */
async function camera(): Promise<boolean> {
  const { touch, camera } = evidence();
  if (!touch || !camera) return false;
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.some(({ kind }) => kind === "videoinput");
}

/** Whether the browser offers such a WebXR session. */
export async function supportsSession(mode: XRSessionMode): Promise<boolean> {
  try {
    return (await navigator.xr?.isSessionSupported(mode)) ?? false;
  } catch {
    return false; // A page whose policy bars XR is told by an exception.
  }
}

/** Whether the visitor asked for less to be downloaded. */
export function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData ?? window.matchMedia("(prefers-reduced-data: reduce)").matches;
}
