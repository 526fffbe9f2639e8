-- A coupon that is asked for twice by the same key is one.

ALTER TABLE coupon ADD COLUMN idempotency_key TEXT;  -- of the request that made it; none made that of a red packet
ALTER TABLE coupon ADD COLUMN request_hash {{bytes}};  -- of what that request asked for
CREATE UNIQUE INDEX coupon_once ON coupon (shop_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
