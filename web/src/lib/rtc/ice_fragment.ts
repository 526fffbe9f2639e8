/** ICE restarts between an SDP offer or answer and application/trickle-ice-sdpfrag (RFC 8840, RFC 9725 section 4.3). */

const kLine = '\r\n';

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function valueOf(lines: readonly string[], prefix: string): string | undefined {
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}

/** The fragment that tells the new credentials of a local offer; none when the offer has no credentials. */
export function fragmentOf(offer: string): string | undefined {
  const lines = linesOf(offer);
  const ufrag = valueOf(lines, 'a=ice-ufrag:');
  const password = valueOf(lines, 'a=ice-pwd:');
  const medium = valueOf(lines, 'm=');
  if (!ufrag || !password || !medium) return undefined;
  const mid = valueOf(lines, 'a=mid:') ?? '0';
  return [`a=ice-ufrag:${ufrag}`, `a=ice-pwd:${password}`, `m=${medium}`, `a=mid:${mid}`, ''].join(kLine);
}

/** The answer of before, with the credentials and candidates of the server's fragment; none when it has none. */
export function answerWith(answer: string, fragment: string): string | undefined {
  const told = linesOf(fragment);
  const ufrag = valueOf(told, 'a=ice-ufrag:');
  const password = valueOf(told, 'a=ice-pwd:');
  if (!ufrag || !password) return undefined;
  const candidates = told.filter((line) => line.startsWith('a=candidate:'));
  let areCandidatesPlaced = candidates.length === 0;
  const lines: string[] = [];
  for (const line of linesOf(answer)) {
    if (line.startsWith('a=ice-ufrag:')) lines.push(`a=ice-ufrag:${ufrag}`);
    else if (line.startsWith('a=ice-pwd:')) lines.push(`a=ice-pwd:${password}`);
    else if (!line.startsWith('a=candidate:') || candidates.length === 0) lines.push(line);
    // The whole bundle uses the candidates of its first medium.
    if (!areCandidatesPlaced && line.startsWith('a=mid:')) {
      lines.push(...candidates);
      areCandidatesPlaced = true;
    }
  }
  return [...lines, ''].join(kLine);
}
