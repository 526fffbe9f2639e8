-- What is to be told after the commit that wrote it; emptied as it is told.

CREATE TABLE outbox (
  id {{id}},
  topic TEXT NOT NULL,  -- '' in the newest row once it was told
  payload TEXT NOT NULL,
  created_at {{int}} NOT NULL
) {{strict}};
