/** Stripe's script, fetched from Stripe alone and only by the page that pays: what we use of it, and how it comes. */

export interface StripeFault {
  message?: string;
}
export interface StripeElement {
  mount(place: HTMLElement): void;
  on(event: 'ready' | 'loaderror', listener: (event: { error?: StripeFault }) => void): void;
  destroy(): void;
}
export interface StripeElements {
  create(kind: 'payment'): StripeElement;
}
export interface Stripe {
  elements(options: { clientSecret: string; appearance: { theme: 'stripe' | 'night' } }): StripeElements;
  /** Leaves the page where the bank asks; else answers. */
  confirmPayment(options: { elements: StripeElements; confirmParams: { return_url: string }; redirect: 'if_required' }): Promise<{ error?: StripeFault }>;
  confirmOxxoPayment(
    clientSecret: string, data: { payment_method: { billing_details: { name: string; email: string } } }, options: { handleActions: false },
  ): Promise<{ error?: StripeFault }>;
}
type MakeStripe = (publishableKey: string, options: { locale: string }) => Stripe;

const kScript = 'https://js.stripe.com/v3/';
const kPatience_ms = 20_000;

function maker(): MakeStripe | undefined {
  return (window as { Stripe?: MakeStripe }).Stripe;
}

/** Fails when the script does not come: no network, or something that blocks it. May be tried again. */
export async function loadStripe(publishableKey: string, locale: string): Promise<Stripe> {
  if (!maker()) {
    const script = document.createElement('script');
    script.src = kScript;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the script did not come in time')), kPatience_ms);
      script.onload = () => resolve();
      script.onerror = () => reject(new Error('the script did not come'));
      script.addEventListener('load', () => clearTimeout(timer));
      script.addEventListener('error', () => clearTimeout(timer));
      document.head.append(script);
    }).catch((error: unknown) => {
      script.remove();
      throw error;
    });
  }
  const make = maker();
  if (!make) throw new Error('the script is not what it should be');
  return make(publishableKey, { locale });
}
