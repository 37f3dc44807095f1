-- As the files come: columns of workload_tables. No index: counting reads everything anyway.
CREATE TABLE records (
  tenant TEXT, kind TEXT, id TEXT, upn TEXT, display_name TEXT, line_uri TEXT, gateway TEXT, gateway2 TEXT,
  policy TEXT, dial_plan TEXT, grp TEXT, grp2 TEXT, tag TEXT);
CREATE TABLE sites (
  tenant TEXT, n1 TEXT, n2 TEXT, n3 TEXT, n4 TEXT, n5 TEXT, g1 TEXT, g2 TEXT, g3 TEXT, g4 TEXT, g5 TEXT);
