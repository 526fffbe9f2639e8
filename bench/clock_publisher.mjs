// The clock of clock_picture.mjs as a live broadcast by RTMP.
import { spawn } from 'node:child_process';
import { clockFrame, height, width } from './clock_picture.mjs';

export const framesPerS = 25;

// Feeds ffmpeg one frame when its time has come, never two to catch up with a slow moment.
export function pushClock(url) {
  const ffmpeg = spawn(
    'ffmpeg',
    `-hide_banner -loglevel error -f rawvideo -pix_fmt gray -s ${width}x${height} -r ${framesPerS} -i -
     -f lavfi -i sine=frequency=330:sample_rate=48000 -map 0:v -map 1:a
     -c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -g ${framesPerS}
     -c:a aac -b:a 64k -f flv ${url}`.split(/\s+/),
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  ffmpeg.stdin.on('error', () => {});
  const start = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    if ((Date.now() - start) * framesPerS < sent * 1000) return;
    sent += 1;
    ffmpeg.stdin.write(clockFrame(Date.now()));
  }, 4);
  return () => {
    clearInterval(timer);
    // Asked politely, it would first wait for the next picture.
    ffmpeg.kill('SIGKILL');
  };
}
