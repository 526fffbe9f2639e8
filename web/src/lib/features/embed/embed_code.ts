/** What a web site needs to show a show in a frame. Pure. */

export const kSitesMax = 20;

/** The sites of a text, one a line or apart by commas; each once. */
export function sitesOf(text: string): string[] {
  const sites = text.split(/[\s,，;；]+/).filter((site) => site !== '');
  return [...new Set(sites)];
}

const kEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** HTML to be put into a page of another site. */
export function frameCode(origin: string, showId: string, title: string): string {
  const name = title.replace(/[&<>"]/g, (sign) => kEscapes[sign] ?? sign);
  return `<iframe src="${origin}/embed/${showId}" title="${name}" width="400" height="720" style="border:0;max-width:100%" allow="autoplay" loading="lazy"></iframe>`;
}
