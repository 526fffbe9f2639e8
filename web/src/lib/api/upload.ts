/** Sending a picture with its progress, which fetch cannot tell. Throws ApiError. */
import { ApiError, readProblem } from './api_error';
import { apiAddress, csrfHeaders } from './client';
import { shrinkPicture } from '$lib/ui/shrink_picture';

export interface Upload<T> {
  data: T;
  etag: string | null;
}

const kTimeout_ms = 180_000;
export const kPictureTypes = 'image/jpeg,image/png,image/webp,image/heic';
const kPictureBytesMax = 15 * 1000 * 1000;

/** `onProgress` gets 0 to 1. The picture is made smaller first where the browser can, for slow networks. */
export async function sendPicture<T>(
  method: 'POST' | 'PUT', path: string, params: Record<string, string>, file: File, onProgress: (share: number) => void,
): Promise<Upload<T>> {
  const picture = await shrinkPicture(file);
  if (!kPictureTypes.split(',').includes(picture.type)) throw new ApiError('refused', { status: 415, code: 'not-a-picture' });
  if (picture.size > kPictureBytesMax) throw new ApiError('refused', { status: 413, code: 'body-too-large' });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, apiAddress(path, params));
    request.timeout = kTimeout_ms;
    request.setRequestHeader('Content-Type', picture.type);
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError('network'));
    request.ontimeout = request.onerror;
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        onProgress(1);
        resolve({ data: JSON.parse(request.responseText) as T, etag: request.getResponseHeader('ETag') });
        return;
      }
      const answer = new Response(request.responseText, { status: Math.max(200, request.status) });
      void readProblem(answer).then(reject);
    };
    request.send(picture);
  });
}
