/** A show's player on a <video>, for an effect: it catches up when its page is seen again, and goes with the element. */
import { ShowPlayer, type PlayerPhase, type Protocol } from './show_player';

export function attachPlayer(
  video: HTMLVideoElement, onChange: (phase: PlayerPhase, protocol: Protocol) => void, lastFrame?: HTMLCanvasElement,
): { player: ShowPlayer; detach: () => void } {
  const player = new ShowPlayer(video, onChange, lastFrame);
  const shown = () => document.visibilityState === 'visible' && player.catchUp();
  document.addEventListener('visibilitychange', shown);
  return {
    player,
    detach: () => {
      document.removeEventListener('visibilitychange', shown);
      player.close();
    },
  };
}
