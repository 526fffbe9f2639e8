// A small village in memory, as the API would tell it.

const kPhotos = '/assets/demo/photos/';

function photo(id, name) {
  const address = `${kPhotos}${name}.jpg`;
  return { id: String(id), width: 1600, height: 1600, small: address, medium: address, large: address };
}

function shop(id, name, village, description, pickup, currency, cover) {
  return { id, name, village, description, pickup, currency, cover: photo(900 + Number(id), cover), demo: true, version: 1 };
}

function product(id, shop_id, title, minor, currency, stock, picture, description = '') {
  return {
    id, shop_id, title, description, price: { minor, currency }, stock, hidden: false, removed: false,
    photos: [photo(100 + Number(id), picture)], version: 1,
  };
}

export function makeWorld() {
  const shops = [
    shop('1', 'Mingyue Pearls', 'Shanxia Lake, Zhuji', 'Freshwater pearls from our own ponds, strung by my mother and me. We show every strand on camera.', 'Saturdays 9–12 at the village hall', 'CNY', 'necklace-classic'),
    shop('2', 'Molcajetes Don Chuy', 'Comonfort, Guanajuato', 'Basalto tallado a mano, tres generaciones.', '', 'MXN', 'molcajete-classic'),
  ];
  const products = [
    product('1', '1', 'Classic white necklace, 7–8 mm', 16800, 'CNY', 12, 'necklace-classic', 'Strung on silk and knotted between pearls.\nSilver clasp. 45 cm.'),
    product('2', '1', 'Lavender necklace', 21950, 'CNY', 4, 'necklace-lavender'),
    product('3', '1', 'Black necklace, baroque', 32000, 'CNY', 0, 'necklace-black'),
    product('4', '1', 'Drop earrings', 8800, 'CNY', 30, 'earrings-drop'),
    product('5', '1', 'Loose pearls, a handful of forty', 4500, 'CNY', 200, 'loose-pearls'),
    product('6', '2', 'Molcajete clásico de basalto con tejolote, 20 cm', 125000, 'MXN', 6, 'molcajete-classic'),
    product('7', '2', 'Molcajete cochinito', 98050, 'MXN', 3, 'molcajete-pig'),
  ];
  products[0].photos.push(photo(201, 'necklace-lavender'), photo(202, 'necklace-black'));
  const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const show = (id, of, title, status, hours, ids, more = {}) => ({
    id, shop: shops[of], title, status, starts_at: inHours(hours), bag: ids, sold_count: 0, version: 1,
    video: { state: status === 'live' ? 'live' : 'none', hls: `/live/${id}/index.m3u8` }, cover: shops[of].cover, ...more,
  });
  const shows = [
    show('1', 0, 'New strands from the autumn harvest', 'live', -0.5, ['1', '2', '3', '4', '5'], { started_at: inHours(-0.5) }),
    show('2', 1, 'Curado de molcajete en vivo', 'scheduled', 2.25, ['6', '7']),
    show('3', 0, 'Earrings evening', 'scheduled', 27, ['4']),
    show('4', 0, 'Last week: loose pearls', 'ended', -150, ['5', '2']),
    show('5', 1, 'La cámara viene en camino', 'live', -0.1, ['6', '7'], { video: { state: 'none', hls: '/live/5/index.m3u8' } }),
  ];
  const people = [
    { id: '1', name: 'Chen Mingyue', login: 'mingyue', role: process.env.MOCK_ROLE ?? 'admin', created_at: inHours(-2000) },
    { id: '2', name: 'Jesús Ramírez', login: 'chuy', role: 'seller', created_at: inHours(-900) },
    { id: '3', name: 'Li Na', login: 'lina', role: 'helper', created_at: inHours(-200) },
  ];
  const invitations = [
    { id: '1', role: 'seller', name: 'Wang Fang', status: 'open', created_at: inHours(-2), expires_at: inHours(160) },
    { id: '2', role: 'helper', name: 'Li Na', shop_id: '1', status: 'accepted', created_at: inHours(-210), expires_at: inHours(-40) },
  ];
  return { shops, products, shows, people, invitations, orders: [], keys: new Map(), nextId: 1000 };
}

const kNames = ['Ana', 'Rosa', 'Wei', 'Camille', 'Pedro', 'Lin', 'Sofía'];

/** Orders of the last hour, so that the studio is not empty. */
export function addOrders(world) {
  kNames.forEach((name, index) => {
    const { id, title, price, photos } = world.products[index % 5];
    const at = new Date(Date.now() - (8 - index) * 300_000).toISOString();
    const status = ['placed', 'placed', 'packed', 'handed_over', 'cancelled', 'placed', 'packed'][index];
    const quantity = index === 2 ? 2 : 1;
    world.orders.push({
      id: String(500 + index), token: `tok${String(index).padStart(19, '0')}`, number: index + 1, status, shop_id: '1', show_id: '1',
      lines: [{ product_id: id, title, quantity, unit_price: price, photo: photos[0].small }],
      total: { minor: price.minor * quantity, currency: price.currency }, fulfilment: index % 3 === 1 ? 'pickup' : 'delivery',
      buyer: { name: `${name} García`, phone: `+52 473 100 00${index}`, address: 'Calle Sóstenes Rocha 5, Guanajuato 36000', country: 'MX' },
      note: index === 0 ? 'Please wrap it as a present' : '', placed_at: at,
      history: status === 'placed' ? [{ status, at }] : [{ status: 'placed', at }, { status, at: new Date().toISOString() }],
    });
    world.shows[0].sold_count += 1;
  });
}
