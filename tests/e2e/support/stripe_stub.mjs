// What the page calls of Stripe's script, as a script: one field instead of a frame, which declines the card that
// Stripe's own test number declines. Where the money is said to have come is the stub of the provider.
export const kStripeStub = `
window.Stripe = (key, options) => ({
  elements({ clientSecret }) {
    if (!key || !clientSecret || !options.locale) throw new Error('something is missing');
    return {
      create() {
        const listeners = {};
        const field = document.createElement('label');
        field.textContent = 'Card of the stub';
        const input = document.createElement('input');
        input.className = 'input';
        field.append(input);
        return {
          input,
          mount(place) {
            place.replaceChildren(field);
            setTimeout(() => listeners.ready && listeners.ready({}));
          },
          on(event, listener) { listeners[event] = listener; },
          destroy() { field.remove(); },
        };
      },
    };
  },
  async confirmPayment({ confirmParams, redirect }) {
    if (redirect !== 'if_required' || !/\\/api\\/v1\\/payments\\/[^/]+\\/return$/.test(confirmParams.return_url)) throw new Error('not as it is called');
    const { value } = document.querySelector('main label input');
    return value.endsWith('0002') ? { error: { message: 'Your card was declined.' } } : { paymentIntent: { status: 'succeeded' } };
  },
  async confirmOxxoPayment(clientSecret, { payment_method }, { handleActions }) {
    const { name, email } = payment_method.billing_details;
    return clientSecret && name && email && handleActions === false ? { paymentIntent: { status: 'requires_action' } } : { error: { message: 'Incomplete.' } };
  },
});
`;
