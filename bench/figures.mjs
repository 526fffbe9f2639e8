// What benchmarks make of their numbers.

// Of numbers in rising order; `share` 0.95 is the 95th percentile.
export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
