// Which of a phone's cameras look away from the visitor.

export interface Lens {
  readonly id: string;
}

/** What a browser tells of a camera, apart from the browser so that it can be tested. */
export interface Listed {
  readonly deviceId: string;
  readonly kind: string;
  readonly label: string;
  readonly facing?: readonly string[] | undefined;
}

/** How systems name a camera on the screen's side, in the languages that they are met in. */
const FRONT = /front|avant|face ?time|user|vorder|frontal|anterior|selfie/i;

/** The cameras to choose among, in the system's own order: those that do not face the visitor. */
export function lensesIn(devices: readonly Listed[]): readonly Lens[] {
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .filter(({ facing, label }) => (facing?.length ? !facing.includes("user") : !FRONT.test(label)))
    .map(({ deviceId }) => ({ id: deviceId }));
}

/** The lenses of this phone; none before the visitor has allowed the camera. */
export async function lenses(): Promise<readonly Lens[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return lensesIn(
    devices.map((device) => {
      const { deviceId, kind, label } = device;
      return { deviceId, kind, label, facing: facing(device) };
    }),
  );
}

/** The one after the lens in use; the first where that one is not listed. */
export function lensAfter(known: readonly Lens[], id: string | undefined): Lens | undefined {
  return known[(known.findIndex((lens) => lens.id === id) + 1) % known.length];
}

function facing(device: MediaDeviceInfo): readonly string[] | undefined {
  const telling = device as MediaDeviceInfo & {
    getCapabilities?: () => MediaTrackCapabilities;
  };
  return telling.getCapabilities?.().facingMode;
}
