/** Products that are sold in variants, as a buyer chooses among them. */
import type { Product, ProductCard, Variant } from '$lib/api/types';

export interface VariantChoice {
  name: string;
  /** What is bought: the variant, under its whole title. */
  card: ProductCard;
}

/** In the seller's order; `stock` is newer than what the product was read with. */
export function choicesOf(product: Product, stock: Record<string, number> = {}): VariantChoice[] {
  return (product.variants ?? []).map((variant) => ({
    name: variant.name,
    card: {
      product_id: variant.id,
      title: `${product.title} · ${variant.name}`,
      price: variant.price,
      photo: photosOf(product, variant)[0]?.small,
      available: stock[variant.id] ?? variant.stock,
    },
  }));
}

/** A variant without photos is shown with those of its parent. */
export function photosOf(product: Product, variant: Variant | undefined): Product['photos'] {
  return variant && variant.photos.length > 0 ? variant.photos : product.photos;
}

/** Whether the price is only where it begins. */
export function isPriceRange({ price, price_max }: Product): boolean {
  return price_max !== undefined && price_max.minor > price.minor;
}
