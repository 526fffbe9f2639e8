import type { Photo } from '$lib/api/types';

/** The renditions of a photo, as the srcset attribute says it. */
export const photoSourceSet = (photo: Photo): string => `${photo.small} 240w, ${photo.medium} 720w, ${photo.large} ${photo.width}w`;
