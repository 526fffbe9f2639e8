/** What a seller types for a variant, and which products may lie in a bundle. */
import type { Money, Part, Product, Variant } from '$lib/api/types';
import type { MessageKey } from '$lib/i18n/i18n.svelte';
import { draftPrice, draftStock, draftWeight_g, priceText } from './product_draft';

export interface VariantDraft {
  name: string;
  price: string;
  stock: string;
  /** Grams; empty: as the product. */
  weight: string;
}

export type VariantFaults = Partial<Record<keyof VariantDraft, MessageKey>>;

export const kVariantNameMax = 60;
export const kPartsMax = 10;
export const kPartQuantityMax = 100;

export function variantDraft(variant: Variant | undefined, price: Money): VariantDraft {
  return {
    name: variant?.name ?? '',
    price: priceText(variant?.price ?? price),
    stock: variant ? String(variant.stock) : '1',
    weight: variant && variant.weight_g > 0 ? String(variant.weight_g) : '',
  };
}

/** `names` are those of the other variants. */
export function variantFaults(draft: VariantDraft, currency: string, names: readonly string[]): VariantFaults {
  const faults: VariantFaults = {};
  const name = draft.name.trim();
  if (!name) faults.name = 'field.required';
  else if (names.includes(name)) faults.name = 'variant.name_twice';
  if (!draft.price.trim()) faults.price = 'field.required';
  else if (!draftPrice(draft, currency)) faults.price = 'product.price_rule';
  if (draftStock(draft) === undefined) faults.stock = 'product.stock_rule';
  if (draftWeight_g(draft) === undefined) faults.weight = 'product.weight_rule';
  return faults;
}

/** What may lie in a bundle: what is counted itself, a product or a variant. */
export function possibleParts(products: readonly Product[]): Part[] {
  return products.flatMap((product): Part[] => {
    if (product.kind === 'single') {
      return [{ product_id: product.id, title: product.title, quantity: 1, stock: product.stock, photo: product.photos[0]?.small }];
    }
    return (product.variants ?? []).map((variant) => ({
      product_id: variant.id, title: `${product.title} · ${variant.name}`, quantity: 1, stock: variant.stock,
      photo: (variant.photos[0] ?? product.photos[0])?.small,
    }));
  });
}

export function changedQuantity(parts: readonly Part[], product_id: string, change: number): Part[] {
  return parts.map((part) => (part.product_id === product_id
    ? { ...part, quantity: Math.max(1, Math.min(kPartQuantityMax, part.quantity + change)) } : part));
}

/** Two pieces at least. */
export function isBundle(parts: readonly Part[]): boolean {
  return parts.length > 1 || (parts[0]?.quantity ?? 0) > 1;
}

/** How many bundles these parts make. */
export function bundlesLeft(parts: readonly Part[]): number {
  if (parts.length === 0) return 0;
  return Math.min(...parts.map((part) => Math.floor(part.stock / part.quantity)));
}
