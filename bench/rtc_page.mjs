// What benchmarks do in pages of browsers with WebRTC. Each function runs in the page, and so stands alone.

/** Plays by WHEP; the answer's candidates are changed to `host` where one is given. Gives the milliseconds to the first picture, or the status of a refusal. */
export async function play({ address, host }) {
  const video = document.createElement('video');
  video.autoplay = true;
  video.muted = true;
  document.body.replaceChildren(video);
  const asked = performance.now();
  const first = new Promise((resolve) => video.requestVideoFrameCallback((now, frame) => resolve(frame.presentationTime - asked)));
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const stream = new MediaStream();
  video.srcObject = stream;
  for (const kind of ['video', 'audio']) stream.addTrack(peer.addTransceiver(kind, { direction: 'recvonly' }).receiver.track);
  await peer.setLocalDescription();
  const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp });
  const sdp = await answer.text();
  if (answer.status !== 201) return { status: answer.status };
  window.peer = peer;
  await peer.setRemoteDescription({ type: 'answer', sdp: host ? sdp.replace(/^(a=candidate:.* )127\.\S+ /gm, `$1${host} `) : sdp });
  return { status: 201, first_ms: await first };
}

/** Publishes the browser's camera by WHIP as H.264. */
export async function publish({ address, key }) {
  const media = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 30 }, audio: true });
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (const track of media.getTracks()) {
    const transceiver = peer.addTransceiver(track, { direction: 'sendonly' });
    if (track.kind === 'audio') continue;
    const { codecs } = RTCRtpSender.getCapabilities('video');
    transceiver.setCodecPreferences(codecs.filter(({ mimeType, sdpFmtpLine = '' }) => /rtx/i.test(mimeType) || /profile-level-id=42e0/.test(sdpFmtpLine)));
  }
  await peer.setLocalDescription();
  const answer = await fetch(address, {
    method: 'POST', headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${key}` }, body: peer.localDescription.sdp,
  });
  if (answer.status !== 201) throw new Error(`WHIP was answered ${answer.status}`);
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  window.peer = peer;
}

/** What the connection of play() or publish() has counted of its picture. */
export async function pictureCounts() {
  const reports = [...(await window.peer.getStats()).values()];
  const picture = reports.find(({ type, kind }) => (type === 'inbound-rtp' || type === 'outbound-rtp') && kind === 'video') ?? {};
  const { framesEncoded: sent = 0, framesReceived: received = 0, framesDecoded: decoded = 0, pliCount: plis = 0, freezeCount: freezes = 0 } = picture;
  return { sent, received, decoded, plis, freezes };
}

/** Plays LL-HLS by hls.js, which the page has as window.Hls. Gives the milliseconds to the first picture. */
export async function playHls(address) {
  const video = document.createElement('video');
  video.muted = true;
  document.body.replaceChildren(video);
  const asked = performance.now();
  const first = new Promise((resolve) => video.requestVideoFrameCallback((now, frame) => resolve(frame.presentationTime - asked)));
  const hls = new window.Hls({ lowLatencyMode: true, enableWorker: false });
  window.hls = hls;
  window.stalls = 0;
  video.addEventListener('waiting', () => { window.stalls += 1; });
  hls.attachMedia(video);
  hls.loadSource(address);
  void video.play();
  return first;
}

/** How far playHls() has come. */
export function hlsCounts() {
  return { played_s: document.querySelector('video').currentTime, stalls: window.stalls, behind_ms: window.hls.latency * 1000 };
}
