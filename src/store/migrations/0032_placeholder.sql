CREATE TABLE placeholder_0032 (id {{int}} PRIMARY KEY) {{strict}};
