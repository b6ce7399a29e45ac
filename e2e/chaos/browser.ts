/** The browser of the nights. The map is not what is tried: without it pages are cheap enough for five at once. */
import { browserFlags, findBrowser } from '../../scripts/find-browser.mjs';

const executablePath = findBrowser();

export const launchOptions = {
  args: [
    ...browserFlags.filter((flag) => !flag.includes('swiftshader')),
    '--disable-gpu',
    '--disable-3d-apis',
  ],
  ...(executablePath === undefined ? {} : { executablePath }),
};
