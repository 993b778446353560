import type { Page } from "./page";
export function offerQuickLook(_page: Page): void {}
