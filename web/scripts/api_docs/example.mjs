// A value that fits a schema and reads like one of a real village.
import { resolve } from './contract.mjs';

const kCurrency = '^[A-Z]{3}$';
const kLanguage = '^[a-z]{2,3}$';
const kMoment = '2026-05-01T10:30:00Z';
// By the property's name, for those whose schema says only "text" or "number".
const kTexts = {
  title: 'Classic white necklace, 7–8 mm', description: 'Strung on silk, knotted between pearls.', name: 'Ana',
  inviter_name: 'Chen Mingyue', shop_name: 'Mingyue Pearls', village: 'Pearl Village', login: 'ana.lopez',
  pickup: 'Saturdays 9–12 at the village hall', password: 'seven quiet herons', phone: '+52 415 555 0142',
  address: 'Calle Allende 12, Comonfort', note: 'A gift, please', text: 'How long is it?', country: 'MX', origin_country: 'MX', postal_prefix: '37', postal_code: '38200', street: 'Calle Allende 12',
  carrier: 'Correos de México', service: 'Ordinario', tracking_number: 'EE123456789MX', city: 'Comonfort', subdivision: 'Guanajuato',
  sender_address: 'Calle Allende 12, Comonfort', hours: 'Mon–Sat 9–17', label: 'address.street', unit: '2', district: 'Centro',
  tracking_template: 'https://track.example/{number}', tracking_url: 'https://track.example/EE123456789MX', recipient: 'Ana López',
  organization: 'Taller Centro',  currency: 'CNY', csrf_token: 'q1W2e3R4t5Y6u7I8o9P0aS', cursor: 'eyJpIjoxMn0', next_cursor: 'eyJpIjoxMn0',
  origins: 'https://www.example.com', url: 'https://live.example/join#Zk3vT0pXq9', qr_svg: 'data:image/svg+xml,…', small: '/photos/31/small.webp',
  medium: '/photos/31/medium.webp', large: '/photos/31/large', photo: '/photos/31/small',
  hls: '/live/7/index.m3u8', poster: '/live/7/cover.jpg', rtmp_url: 'rtmp://live.example:1935/live', srt_url: 'srt://live.example:8890',
  stream_key: 'Vx81_kQz7-t2mPdD0uW4aA', server_url: 'rtmps://live.example.com/app', key_end: 'W4aA', token: '3nQ8fK_w2LxVb0TzR-5dYA', order_token: '3nQ8fK_w2LxVb0TzR-5dYA',
  endpoint: 'https://push.example.net/send/Zk3vT0pXq9', auth: 'BTBZMqHH6r4Tts7J_aSIgg', time_zone: 'Asia/Shanghai', clip: '2_800_91210.mp4', trailer: '/live/5/clips/2_800_91210.mp4',
  rate: '0.1408', source: 'ECB', epoch: '18f2c', ref: 'm1', code: 'rate-limited', type: '/problems/sold-out', status: 'Sold out',
  detail: 'Only 2 are left.', instance: 'a81c07', path: '/lines/0/quantity', message: 'must be at most 100',
  mark: '5feceb66ffc86f38d952786c6d696c79', hash: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
  'Idempotency-Key': '0d8f5a1c9b3e4f72', 'If-Match': '"3"', since: 128,
};
const kNumbers = {
  minor: 16800, number: 12, stock: 12, available: 11, quantity: 1, change: 5, width: 1600, height: 1600, status: 409,
  bitrate_bps: 2500000, frames_per_s: 30, key_frame_interval_ms: 2000, viewer_count: 214, viewers: 214, hearts: 1630,
  sold: 12, sold_count: 12, version: 3, seq: 129, hidden_seq: 120, since: 128, count: 3, retry_after_ms: 800, limit: 30,
  place: 13, after_ms: 400, at_us: 1777631400000000,
};
// Of P-256, that of RFC 8291.
const kPoint = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const kSha256 = '^[0-9a-f]{64}$';
const kIds = { shop_id: '3', product_id: '12', show_id: '7', photo_id: '31', order_id: '58', invitation_id: '4', id: '12' };

function textOf(schema, name) {
  if (schema.format === 'date-time') return kMoment;
  if (schema.format === 'date') return kMoment.slice(0, 10);
  if (schema.pattern === kCurrency) return kTexts.currency;
  if (schema.pattern === kLanguage) return 'es';
  if (schema.pattern === kSha256) return '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9';
  if (schema.pattern?.includes('{87}')) return kPoint;
  if (schema.pattern?.includes('{4,20}')) return 'AUTUMN-10';
  if (schema.pattern?.startsWith('^[1-9]')) return kIds[name] ?? '12';
  return kTexts[name] ?? name;
}

function objectOf(document, schema) {
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, member]) => [name, exampleOf(document, member, name)]));
}

export function exampleOf(document, node, name = '') {
  const schema = resolve(document, node);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[Math.min(1, schema.enum.length - 1)];
  if (schema.allOf) return exampleOf(document, schema.allOf[0], name);
  if (schema.oneOf) return exampleOf(document, schema.oneOf[0], name);
  switch (schema.type) {
    case 'object': return objectOf(document, schema);
    case 'array': return [exampleOf(document, schema.items, name)];
    case 'boolean': return false;
    case 'integer': return kNumbers[name] ?? Math.max(1, schema.minimum ?? 1);
    default: return textOf(schema, name);
  }
}
