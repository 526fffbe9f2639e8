/** Papers of parcels: the file is made by the server and opened for printing. Throws ApiError. */
import { ApiError, readProblem } from '$lib/api/api_error';
import { apiAddress, csrfHeaders } from '$lib/api/client';
import type { paths } from '$lib/api/schema';

export type PrintRequest = paths['/shops/{shop_id}/parcel-papers']['post']['requestBody']['content']['application/json'];

const kTimeout_ms = 60_000;

export async function makePaper(shop_id: string, body: PrintRequest): Promise<Blob> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/pdf', ...csrfHeaders() };
  let response: Response;
  try {
    response = await fetch(apiAddress('/shops/{shop_id}/parcel-papers', { shop_id }), {
      method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin', signal: AbortSignal.timeout(kTimeout_ms),
    });
  } catch {
    throw new ApiError('network');
  }
  if (!response.ok) throw await readProblem(response);
  return response.blob();
}

/** As a download, which every phone can print from; a new window would be blocked after the wait. */
export function openPaper(paper: Blob, name: string): void {
  const address = URL.createObjectURL(paper);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), kTimeout_ms);
}
