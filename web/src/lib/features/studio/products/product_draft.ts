/** What a seller types for a product, and the contract's rules for it. */
import { currencyDigits, decimalToMinor, minorToDecimal } from '$lib/i18n/format';
import type { Money, Product } from '$lib/api/types';
import type { MessageKey } from '$lib/i18n/i18n.svelte';

export interface ProductDraft {
  title: string;
  description: string;
  price: string;
  stock: string;
  /** Grams; empty: the shop's usual weight. */
  weight: string;
}

export type ProductFaults = Partial<Record<keyof ProductDraft, MessageKey>>;

export const kStockMax = 1_000_000;
const kWeightMax_g = 1_000_000;
const kPriceMax_minor = 1_000_000_000_000;

/** As it is typed. */
export function priceText({ minor, currency }: Money): string {
  return minorToDecimal(minor, currencyDigits(currency)).replace(/\.0+$/, '');
}

export function draftOf(product: Product | undefined): ProductDraft {
  if (!product) return { title: '', description: '', price: '', stock: '1', weight: '' };
  return {
    title: product.title,
    description: product.description,
    price: priceText(product.price),
    stock: String(product.stock),
    weight: product.weight_g > 0 ? String(product.weight_g) : '',
  };
}

/** None while the price is not yet an amount. */
export function draftPrice(draft: Pick<ProductDraft, 'price'>, currency: string): Money | undefined {
  const minor = decimalToMinor(draft.price, currencyDigits(currency));
  return minor === undefined || minor > kPriceMax_minor ? undefined : { minor, currency };
}

export function draftStock(draft: Pick<ProductDraft, 'stock'>): number | undefined {
  const text = draft.stock.trim();
  if (!/^\d{1,7}$/.test(text)) return undefined;
  const stock = Number(text);
  return stock <= kStockMax ? stock : undefined;
}

/** 0 stands for the shop's usual weight. */
export function draftWeight_g(draft: Pick<ProductDraft, 'weight'>): number | undefined {
  const text = draft.weight.trim();
  if (text === '') return 0;
  if (!/^\d{1,7}$/.test(text)) return undefined;
  const weight_g = Number(text);
  return weight_g <= kWeightMax_g ? weight_g : undefined;
}

export function productFaults(draft: ProductDraft, currency: string): ProductFaults {
  const faults: ProductFaults = {};
  if (!draft.title.trim()) faults.title = 'field.required';
  if (!draft.price.trim()) faults.price = 'field.required';
  else if (!draftPrice(draft, currency)) faults.price = 'product.price_rule';
  if (draftStock(draft) === undefined) faults.stock = 'product.stock_rule';
  if (draftWeight_g(draft) === undefined) faults.weight = 'product.weight_rule';
  return faults;
}

/** The titles used last, each once: a tap instead of typing. */
export function usualTitles(products: readonly Product[], count_max: number): string[] {
  return [...new Set(products.map((product) => product.title))].slice(0, count_max);
}
