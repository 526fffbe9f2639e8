CREATE TABLE placeholder_0033 (id {{int}} PRIMARY KEY) {{strict}};
