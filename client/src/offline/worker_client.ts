// Start the service worker from a page, and tell it what to keep.

import type { Change } from "./record";
import { TakingError } from "./taking_error";

/** Where publishing/client_files.py has it served: it answers for what lies under its folder. */
const WORKER = "/sw.js";

/** Let this site answer without a network; a `TakingError` where the browser refuses. */
export async function startWorker(): Promise<void> {
  try {
    await navigator.serviceWorker.register(WORKER, { updateViaCache: "none" });
  } catch (error) {
    throw new TakingError(error instanceof TypeError ? "network" : "refused", { cause: error });
  }
}

/** Have the worker change what is kept, and wait until it is written. */
export async function tell(change: Change): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<string>((resolve) => {
    port1.onmessage = ({ data }) => resolve(String(data));
  });
  active?.postMessage(change, [port2]);
  const error = await answered;
  if (error) throw new TakingError(error.includes("Quota") ? "full" : "refused", { cause: error });
}

/** Wait until this page's requests go through the worker. */
export async function controlled(): Promise<void> {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) return;
  await new Promise<void>((resolve) => {
    serviceWorker.addEventListener("controllerchange", () => resolve(), { once: true });
  });
}
