-- A session that was opened by a sign-in link may set a password without the one before, once.

ALTER TABLE session ADD COLUMN may_reset_password {{int}} NOT NULL DEFAULT 0
  CHECK (may_reset_password IN (0, 1));
