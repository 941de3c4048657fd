import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export interface ScreenshotOptions {
  /** What to show: an address, `file:` too. */
  url: string;
  /** Where the PNG goes. */
  path: string;
  theme: 'light' | 'dark';
  /** Of the window, in CSS pixels; 1280 is a laptop, 390 a phone. */
  widthPixels: number;
  /** Only this element; default: the whole page. */
  selector?: string;
  /** Opens every `<details>` first. */
  openDetails?: boolean;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of `$CHROMIUM`, or the first one on PATH; undefined where there is none. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [env.CHROMIUM, ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))];
  return candidates.find((file) => {
    try {
      if (file === undefined || file === '') return false;
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Takes pictures of a pull request's page, once its diagrams are drawn.
 *
 * @throws Error where no Chromium is found, or the page never ends drawing (30 s).
 */
export async function takeScreenshots(
  shots: readonly ScreenshotOptions[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const executablePath = findChromium(env);
  if (executablePath === undefined) throw new Error('No Chromium: install one, or name it in CHROMIUM');
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    for (const shot of shots) {
      const page = await browser.newPage({
        viewport: { width: shot.widthPixels, height: 900 },
        colorScheme: shot.theme,
        deviceScaleFactor: 2,
      });
      await page.goto(shot.url);
      await page.waitForSelector(`html[data-drawn="${shot.theme}"]`, { timeout: 30_000 });
      if (shot.openDetails) {
        await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
      }
      if (shot.selector === undefined) await page.screenshot({ path: shot.path, fullPage: true });
      else await page.locator(shot.selector).screenshot({ path: shot.path });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
