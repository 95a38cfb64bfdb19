-- Whoever helps a person may be sent copies of letters: the version of the entry that names them, nothing for the letter
-- to the person.

ALTER TABLE {schema}.letters ADD COLUMN copy_for integer;
