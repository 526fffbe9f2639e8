// Writes the pictures of docs/images/ from a running demo: node tools/make_screenshots.mjs PROGRAM
// PROGRAM is a built geili; web/build and tests/node_modules must be there. The video is pushed by ffmpeg.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Album } from './screenshots/album.mjs';
import { Demo, kRoot } from './screenshots/demo.mjs';
import { hostPictures, ratesPicture } from './screenshots/host_pictures.mjs';
import { playPictures } from './screenshots/play_pictures.mjs';
import { showPictures } from './screenshots/show_pictures.mjs';
import { afterwardsPictures, cameraPicture, deliverTo, parcelPicture, restreamPictures, waitingPictures } from './screenshots/studio_pictures.mjs';

const kImages = join(kRoot, 'docs/images');
const kTotal_bytes_max = 2_500_000;
// Who comes, and who comes later.
const kViewers = [14, 9];

async function takeAll(demo, album, folder) {
  const crowd = await demo.crowd(kViewers[0]);
  await showPictures(demo, album);
  await waitingPictures(demo, album);
  const admin = await hostPictures(demo, album);
  crowd.push(...await demo.crowd(kViewers[1]));
  await playPictures(demo, album);
  await restreamPictures(demo, album, folder);
  await parcelPicture(demo, album);
  await deliverTo(demo, 'Wei');
  await cameraPicture(demo, album);
  for (const room of crowd) room.drop();
  await afterwardsPictures(demo, album);
  await ratesPicture(demo, album, admin);
}

async function main(program) {
  mkdirSync(kImages, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'geili-pictures-'));
  try {
    const demo = await Demo.start(resolve(program), folder);
    try {
      await takeAll(demo, new Album(kImages, folder), folder);
    } finally {
      await demo.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const total = Number.parseInt(execFileSync('du', ['-sb', kImages], { encoding: 'utf8' }), 10);
  console.log(`docs/images: ${total} bytes (at most ${kTotal_bytes_max})`);
  return total <= kTotal_bytes_max;
}

const program = process.argv[2];
if (!program) {
  console.error('usage: node tools/make_screenshots.mjs PROGRAM');
  process.exit(2);
}
process.exitCode = (await main(program)) ? 0 : 1;
