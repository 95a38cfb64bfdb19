-- The program that serves looks up which migrations there are, so that an older one stops where a newer one took away
-- what it rests on, and a newer one where its tables have not been made yet.

GRANT SELECT ON {schema}.migrations TO {app};
