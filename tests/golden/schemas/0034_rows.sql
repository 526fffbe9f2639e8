-- Sample rows for the tables of step 34.
UPDATE chat_line SET lang = 'en' WHERE show_id = 4 AND seq = 3;
