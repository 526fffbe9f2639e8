/**
 * An amount in another currency, reckoned as the server does (src/trade/conversion.hpp): exactly, rounded once, a
 * half away from zero. tests/golden/trade/conversions.csv holds both to it.
 */

/** One unit of `base` costs `rate` (a decimal) units of `quote`. */
export interface Leg {
  base: string;
  quote: string;
  rate: string;
}

export interface Way {
  base: string;
  base_digits: number;
  quote: string;
  quote_digits: number;
  /** From `base` to `quote`, each along its direction or against it. */
  legs: readonly Leg[];
}

export type ConversionFault = 'amount-too-large' | 'conversion-overflow';

const kMinorMax = 1_000_000_000_000;
const kConvertedMinorMax = BigInt(Number.MAX_SAFE_INTEGER);

function power(digits: number): bigint {
  return BigInt('1' + '0'.repeat(digits));
}

/** "18.7905" as 187905 and 4 digits after the point. */
function decimal(rate: string): { digits: bigint; scale: bigint } {
  const [whole = '', fraction = ''] = rate.split('.');
  return { digits: BigInt(whole + fraction), scale: power(fraction.length) };
}

/** Minor units of `quote` for so many of `base`. The legs lead there; that is the server's promise. */
export function convert(minor: number, way: Way): number | ConversionFault {
  if (Math.abs(minor) > kMinorMax) return 'amount-too-large';
  let above = BigInt(Math.abs(minor)) * power(way.quote_digits);
  let below = power(way.base_digits);
  let at = way.base;
  for (const leg of way.legs) {
    const { digits, scale } = decimal(leg.rate);
    const isAlong = leg.base === at;
    above *= isAlong ? digits : scale;
    below *= isAlong ? scale : digits;
    at = isAlong ? leg.quote : leg.base;
  }
  const two = BigInt(2);
  const one = BigInt(1);
  const rounded = above / below + ((above % below) * two >= below ? one : BigInt(0));
  if (rounded > kConvertedMinorMax) return 'conversion-overflow';
  const converted = Number(rounded);
  return minor < 0 && converted !== 0 ? -converted : converted;
}
