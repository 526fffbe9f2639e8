CREATE TABLE placeholder_0031 (id {{int}} PRIMARY KEY) {{strict}};
