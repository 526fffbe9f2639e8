/** The camera and microphone of this device, for as long as the page is open. Page's thread. */
import { cameraFaultOf, faultOfBrowser, type CameraFault } from './camera_fault';

export type Facing = 'user' | 'environment';
export type PictureShape = 'upright' | 'wide';

const kLong_px = 1280;
const kShort_px = 720;
const kFrames_per_s = 30;
const kLevel_ms = 100;
/** Speech close to a phone comes to about a quarter of full scale. */
const kLevelScale = 4;

export class Capture {
  /** What is shown and sent; its tracks are replaced, never the stream. */
  stream = $state.raw<MediaStream | undefined>();
  fault = $state<CameraFault | undefined>();
  isOpening = $state(false);
  facing = $state<Facing>('environment');
  shape = $state<PictureShape>('upright');
  isMuted = $state(false);
  hasTorch = $state(false);
  isTorchOn = $state(false);
  hasOtherCamera = $state(false);
  /** Of the microphone, 0 to 1. */
  level = $state(0);
  /** Told of each new picture track; set before open(). */
  onVideo: (track: MediaStreamTrack) => void = () => undefined;
  #deviceId: string | undefined;
  #audio: AudioContext | undefined;
  #levelTimer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  constructor() {
    this.shape = window.innerWidth > window.innerHeight ? 'wide' : 'upright';
  }

  get video(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }

  get microphone(): MediaStreamTrack | undefined {
    return this.stream?.getAudioTracks()[0];
  }

  /** Asks for both; what stands in the way is in `fault`. */
  async open(): Promise<void> {
    this.fault = faultOfBrowser({
      isSecure: window.isSecureContext, hasCapture: 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices,
      hasWebRtc: 'RTCPeerConnection' in window,
    });
    if (this.fault || this.isOpening) return;
    this.isOpening = true;
    try {
      const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
      const stream = await navigator.mediaDevices.getUserMedia({ audio, video: this.#wanted() });
      if (this.#isClosed) return stream.getTracks().forEach((track) => track.stop());
      this.#release();
      this.stream = stream;
      this.#setMuted();
      this.#listen(stream);
      await this.#useVideo(stream.getVideoTracks()[0]!);
    } catch (error) {
      this.fault = cameraFaultOf(error);
    } finally {
      this.isOpening = false;
    }
  }

  /** The other camera; the one of before when that cannot be had. */
  async flip(): Promise<void> {
    const before = { facing: this.facing, deviceId: this.#deviceId };
    this.isOpening = true;
    await this.#chooseOther();
    if (await this.#reopenVideo()) return;
    this.facing = before.facing;
    this.#deviceId = before.deviceId;
    await this.#reopenVideo();
  }

  async turn(): Promise<void> {
    this.shape = this.shape === 'upright' ? 'wide' : 'upright';
    await this.#reopenVideo();
  }

  toggleMute(): void {
    this.isMuted = !this.isMuted;
    this.#setMuted();
  }

  async toggleTorch(): Promise<void> {
    const wanted = !this.isTorchOn;
    try {
      await this.video?.applyConstraints({ advanced: [{ torch: wanted } as MediaTrackConstraintSet] });
      this.isTorchOn = wanted;
    } catch {
      this.hasTorch = false;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  #wanted(): MediaTrackConstraints {
    const [width, height] = this.shape === 'upright' ? [kShort_px, kLong_px] : [kLong_px, kShort_px];
    const which = this.#deviceId ? { deviceId: { exact: this.#deviceId } } : { facingMode: { ideal: this.facing } };
    return { ...which, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: kFrames_per_s, max: kFrames_per_s } };
  }

  /** Phones say which way a camera looks; of others the next in the list is taken. */
  async #chooseOther(): Promise<void> {
    const settings = this.video?.getSettings();
    this.facing = (settings?.facingMode ?? this.facing) === 'user' ? 'environment' : 'user';
    this.#deviceId = undefined;
    if (settings?.facingMode) return;
    const cameras = await this.#cameras();
    const at = cameras.findIndex(({ deviceId }) => deviceId === settings?.deviceId);
    this.#deviceId = cameras[(at + 1) % cameras.length]?.deviceId || undefined;
  }

  async #cameras(): Promise<MediaDeviceInfo[]> {
    return (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  }

  /** Phones open one camera at a time, so the old one goes first. */
  async #reopenVideo(): Promise<boolean> {
    const stream = this.stream;
    if (!stream) return false;
    this.isOpening = true;
    const old = this.video;
    old?.stop();
    try {
      const fresh = (await navigator.mediaDevices.getUserMedia({ video: this.#wanted() })).getVideoTracks()[0]!;
      if (this.#isClosed) {
        fresh.stop();
        return true;
      }
      if (old) stream.removeTrack(old);
      stream.addTrack(fresh);
      this.fault = undefined;
      await this.#useVideo(fresh);
      return true;
    } catch (error) {
      this.fault = cameraFaultOf(error);
      return false;
    } finally {
      this.isOpening = false;
    }
  }

  async #useVideo(track: MediaStreamTrack): Promise<void> {
    // Another app or the system took the camera away.
    track.addEventListener('ended', () => track === this.video && (this.fault = 'busy'));
    const facing = track.getSettings().facingMode;
    if (facing === 'user' || facing === 'environment') this.facing = facing;
    this.isTorchOn = false;
    const abilities: object = track.getCapabilities?.() ?? {};
    this.hasTorch = 'torch' in abilities && abilities.torch === true;
    this.hasOtherCamera = (await this.#cameras()).length > 1;
    this.onVideo(track);
  }

  #setMuted(): void {
    if (this.microphone) this.microphone.enabled = !this.isMuted;
  }

  #listen(stream: MediaStream): void {
    this.#audio = new AudioContext();
    const analyser = this.#audio.createAnalyser();
    analyser.fftSize = 512;
    this.#audio.createMediaStreamSource(stream).connect(analyser);
    const wave = new Float32Array(analyser.fftSize);
    this.#levelTimer = setInterval(() => {
      analyser.getFloatTimeDomainData(wave);
      const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
      this.level = Math.min(1, Math.sqrt(power) * kLevelScale);
    }, kLevel_ms);
  }

  #release(): void {
    clearInterval(this.#levelTimer);
    void this.#audio?.close();
    this.#audio = undefined;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
  }
}
