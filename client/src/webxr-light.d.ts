// WebXR Lighting Estimation, as far as we use it; @types/webxr lacks it.

interface XRLightEstimate {
  readonly primaryLightIntensity: DOMPointReadOnly;
}

type XRLightProbe = EventTarget;

interface XRSession {
  requestLightProbe?(): Promise<XRLightProbe>;
}

interface XRFrame {
  getLightEstimate?(probe: XRLightProbe): XRLightEstimate | null;
}
