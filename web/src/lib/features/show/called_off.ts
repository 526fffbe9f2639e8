import type { Show } from '$lib/api/types';

/** It has ended without ever having begun. */
export const isCalledOff = ({ status, started_at }: Show): boolean => status === 'ended' && started_at === undefined;
