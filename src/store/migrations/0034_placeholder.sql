CREATE TABLE placeholder_0034 (id {{int}} PRIMARY KEY) {{strict}};
