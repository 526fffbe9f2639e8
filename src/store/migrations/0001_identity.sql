-- People, what they may enter with, and what they did. Tokens are kept as SHA-256 only.

CREATE TABLE person (
  id {{id}},
  name TEXT NOT NULL,
  login TEXT NOT NULL UNIQUE,  -- lower case
  password_hash TEXT NOT NULL,  -- Argon2id PHC string; '' while none is set
  role TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'seller', 'helper')),
  disabled {{int}} NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  created_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE membership (
  person_id {{int}} NOT NULL REFERENCES person (id),
  shop_id {{int}} NOT NULL,
  created_at {{int}} NOT NULL,
  PRIMARY KEY (person_id, shop_id)
) {{strict}};
CREATE INDEX membership_by_shop ON membership (shop_id);

CREATE TABLE session (
  id {{id}},
  token_hash {{bytes}} NOT NULL UNIQUE,
  person_id {{int}} NOT NULL REFERENCES person (id),
  csrf_token TEXT NOT NULL,
  created_at {{int}} NOT NULL,
  last_seen_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE invitation (
  id {{id}},
  token_hash {{bytes}} NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'seller', 'helper')),
  shop_id {{int}},
  name TEXT NOT NULL,
  inviter_id {{int}} NOT NULL REFERENCES person (id),
  created_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL,
  used_at {{int}},
  used_by {{int}} REFERENCES person (id),
  revoked_at {{int}}
) {{strict}};
CREATE INDEX invitation_by_shop ON invitation (shop_id);
CREATE INDEX invitation_by_inviter ON invitation (inviter_id);

-- Single-use links: 'setup' makes the first administrator, 'sign-in' opens a session for a person.
CREATE TABLE entry_link (
  id {{id}},
  token_hash {{bytes}} NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('setup', 'sign-in')),
  person_id {{int}} REFERENCES person (id),
  created_at {{int}} NOT NULL,
  expires_at {{int}} NOT NULL,
  used_at {{int}}
) {{strict}};

-- A buyer's browser.
CREATE TABLE device (
  id {{id}},
  token_hash {{bytes}} NOT NULL UNIQUE,
  display_name TEXT,
  created_at {{int}} NOT NULL,
  last_seen_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE audit (
  id {{id}},
  happened_at {{int}} NOT NULL,
  person_id {{int}},  -- none: the program itself, or a visitor
  action TEXT NOT NULL,
  subject TEXT NOT NULL
) {{strict}};
CREATE INDEX audit_by_subject ON audit (subject, id);
