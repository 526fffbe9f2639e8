/** A phone's photo made small enough for a village's network; the server makes the final sizes. */

const kEdge_px_max = 2000;
const kQuality = 0.86;
const kSmallEnough_bytes = 700 * 1000;

/** The file itself where it is small already, or where the browser cannot read it (HEIC on most). */
export async function shrinkPicture(file: File): Promise<Blob> {
  if (file.size <= kSmallEnough_bytes) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, kEdge_px_max / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', kQuality));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}
