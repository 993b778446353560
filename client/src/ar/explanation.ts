import type { Page } from "../page";
export function open(page: Page): void {void import("./session").then((m)=>m.open(page))}
