// What pages show besides models, each in a chunk of its own.

interface Part {
  enhance(holder: HTMLElement): void | Promise<void>;
}

const SCENES: Readonly<Record<string, () => Promise<Part>>> = {
  panorama: () => import("./panorama/enhance"),
  compare: () => import("./compare/enhance"),
  video: () => import("./video/enhance"),
};

/** The page's figure, where it shows a model. */
export function modelFigure(): HTMLElement | undefined {
  const figure = document.getElementById("scene");
  return figure?.dataset["kind"] === "model" ? figure : undefined;
}

/** Add what the page can do besides showing a model. */
export async function enhanceParts(): Promise<void> {
  const { stop } = document.body.dataset;
  const figure = document.getElementById("scene");
  const scene = SCENES[figure?.dataset["kind"] ?? ""];
  const stops = document.querySelector<HTMLElement>("[data-progress]");
  const checks = document.getElementById("checks");
  await Promise.all([
    stop &&
      import("./progress/seen").then(
        (part) => part.remember(location.pathname, stop),
        () => undefined, // the network is gone: the page still reads, this stop is not noted
      ),
    figure && scene?.().then((part) => part.enhance(figure)),
    stops && import("./progress/marks").then((part) => part.enhance(stops)),
    checks && import("./check/enhance").then((part) => part.enhance(checks)),
  ]);
}
