// One browser for all tests, and what they ask of a page. Any request that is not for the page itself is a failure.
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import assert from 'node:assert/strict';

const browser = await chromium.launch({
  executablePath: process.env.CLOCKWORK_BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

export const close = () => browser.close();

// Whole numbers that a double cannot hold stay exact: moments are since 1970.
export const readJson = (file) =>
  JSON.parse(readFileSync(file, 'utf8').replace(/("(?:start|end)Nanos": )(-?\d+)/g, '$1"$2"'));

export async function open(file, hash = '', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.setDefaultTimeout(10_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.stack));
  page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
  page.on('dialog', (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) page.faults.push(`request for ${request.url()}`);
  });
  await page.goto(url + hash);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.ready), 'true');
  page.visit = async (to) => {
    await page.evaluate((next) => { location.hash = next; }, to);
    await page.waitForFunction((next) => location.hash === next, to);
    await page.evaluate(() => new Promise((done) => { setTimeout(done, 0); }));
  };
  page.text = (selector) => page.locator(selector).first().innerText();
  page.texts = (selector) => page.locator(selector).allInnerTexts();
  page.count = (selector) => page.locator(selector).count();
  page.hash = () => page.evaluate(() => location.hash);
  page.view = () => page.evaluate(() => document.getElementById('view').className);
  page.done = async () => {
    await context.close();
    assert.deepEqual(page.faults, []);
  };
  return page;
}
