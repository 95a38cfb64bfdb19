-- What was said of the evidence log and signed, by a process of its own that records nothing else; and the roots over
-- whole subtrees of 256, 65536, ... leaves, so that no proof has to read them all.
CREATE TABLE {schema}.checkpoints (
    size bigint PRIMARY KEY,
    note text NOT NULL
);

CREATE TABLE {schema}.tree_nodes (
    level smallint NOT NULL,
    place bigint NOT NULL,
    hash  bytea NOT NULL,
    CONSTRAINT tree_nodes_place PRIMARY KEY (level, place)
);

GRANT USAGE ON SCHEMA {schema} TO {verifier};
GRANT SELECT ON {schema}.council, {schema}.head, {schema}.events, {schema}.policy_entries, {schema}.checkpoints,
    {schema}.tree_nodes TO {verifier};
GRANT INSERT ON {schema}.checkpoints, {schema}.tree_nodes TO {verifier};
GRANT SELECT ON {schema}.checkpoints, {schema}.tree_nodes TO {app};
