import type { Page } from "playwright-core";

/** Presses keys at the review desk once the pair is on screen: before that, nothing is decided. */
export async function judge(page: Page, ...keys: string[]): Promise<void> {
  await page.locator('[data-testid="pair"][aria-busy="false"]').waitFor();
  for (const key of keys) await page.keyboard.press(key);
}
