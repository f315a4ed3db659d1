// Chromium, and a page that is watched: whatever it complains of fails the test.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SHOTS = new URL('../../../target/screenshots/', import.meta.url).pathname;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const installed = () => {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // The next one, then.
    }
  }
  throw new Error('no Chromium found: install it (apt-get install chromium) or name it in CHROMIUM');
};

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? installed(),
  // In containers tests run as root, where Chromium's own sandbox cannot.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

// A page in a context of its own. `foreign` are hosts it may ask for; none by default.
export const open = async (browser, { foreign = [], expected = [], ...options } = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const complaints = [];
  const quiet = (text) => expected.some((pattern) => pattern.test(text));
  page.on('console', (message) => {
    const text = `${message.type()}: ${message.text()}`;
    if (['error', 'warning'].includes(message.type()) && !quiet(text)) complaints.push(text);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local = ['127.0.0.1', 'localhost'].includes(hostname) || ['blob:', 'data:'].includes(protocol);
    if (!local && !foreign.includes(hostname)) complaints.push(`asked for ${request.url()}`);
  });
  page.complaints = complaints;
  return page;
};

export const close = async (page) => {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
};

// What axe finds wrong in the page and its frames. The policy of the page forbids
// scripts from elsewhere, so axe is evaluated from outside of it.
export const violations = async (page) => {
  for (const frame of page.frames()) {
    if (!(await frame.evaluate('typeof axe !== "undefined"'))) await frame.evaluate(await source());
  }
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), RULES);
  return found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => `${node.target} ${node.any.map((any) => any.message)}`).join('; ')}`);
};

let text = null;
const source = async () => {
  const { readFile } = await import('node:fs/promises');
  text ??= await readFile(AXE, 'utf8');
  return text;
};

export const scrollsSideways = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

// Looks at the page as it stands, at both widths and in both colour schemes. Colours
// do not depend on the width, so the dark ones are judged at one of them, and where
// `dark` is false not at all; pictures, for people, are taken of everything.
export const inspect = async (page, name, { dark = true } = {}) => {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    assert.equal(await scrollsSideways(page), false, `${name} scrolls sideways at ${width} px`);
    for (const colorScheme of ['light', 'dark']) {
      const pictured = process.env.SCREENSHOTS === '1';
      if (colorScheme === 'dark' && !dark && !pictured) continue;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (colorScheme === 'light' || (dark && width === 1280)) {
        assert.deepEqual(await violations(page), [], `${name} at ${width} px, ${colorScheme}`);
      }
      if (pictured) {
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: `${SHOTS}${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  }
};
