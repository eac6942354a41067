export { type Browser, openBrowser } from "./browser.ts";
export { type BrowserProgress, type FoundBrowser, findBrowser } from "./find.ts";
export type { Drawing } from "./pixels.ts";
export type { BrowserProcess } from "./process.ts";
export type { DrawOptions, PageSource } from "./sheet.ts";
