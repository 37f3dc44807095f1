-- Instants are milliseconds since 1970 in UTC. `sequence` is always the number of an entry of the chain. Rows are
-- appended: a new version or a tombstone, never an UPDATE, except in the tables marked "current", which can be made anew
-- from a full synchronisation or hold work in hand.

CREATE TABLE identity (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The chain: hash = SHA-256 of the RFC 8785 JSON of the other columns. Retention deletes payloads, never entries.
CREATE TABLE entry (
  sequence INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  payload  BLOB NOT NULL,           -- SHA-256 of payload.form
  previous BLOB NOT NULL,
  hash     BLOB NOT NULL
) STRICT;
CREATE TABLE payload (sequence INTEGER PRIMARY KEY, form TEXT NOT NULL) STRICT;

CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  type     TEXT NOT NULL,
  caller   TEXT NOT NULL,
  tenant   TEXT NOT NULL
) STRICT;
CREATE INDEX operation_at ON operation (at);

-- Rules: the text of every revision that was ever effective or pending; which one took effect when; which one waits.
CREATE TABLE rule_text (name TEXT PRIMARY KEY, form TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rule_effect (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, name TEXT NOT NULL) STRICT;

-- Tenants: numbers are never given again. A version without a form: the origin no longer lists it (gone).
CREATE TABLE tenant (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE tenant_version (
  tenant   INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  origin   TEXT NOT NULL,
  form     TEXT,
  PRIMARY KEY (tenant, sequence)
) STRICT, WITHOUT ROWID;

-- Decisions in force from an entry on. item: `enabled` or `switch:LICENCE/FACTOR` (1 and 0), `acquired:LICENCE` by order
-- or `limit:LICENCE` (how many); value NULL: back to the default.
CREATE TABLE decision (
  tenant   INTEGER NOT NULL,
  item     TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  value    INTEGER,
  PRIMARY KEY (tenant, item, sequence)
) STRICT, WITHOUT ROWID;
-- current: switches that wait for Apply.
CREATE TABLE pending_switch (
  tenant   INTEGER NOT NULL,
  item     TEXT NOT NULL,
  value    INTEGER,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (tenant, item)
) STRICT, WITHOUT ROWID;

-- current: what people have staged to order, by tenant and caller. An emptied cart keeps its row: versions only grow.
CREATE TABLE cart (
  tenant  INTEGER NOT NULL,
  caller  TEXT NOT NULL,
  version INTEGER NOT NULL,
  basis   TEXT NOT NULL,            -- a digest of what the lines rest on
  lines   TEXT NOT NULL,            -- JSON: the change by licence
  PRIMARY KEY (tenant, caller)
) STRICT, WITHOUT ROWID;

-- current: moves that wait for their time; refused: why one could not be made then, '': it waits.
CREATE TABLE planned_move (
  tenant    INTEGER PRIMARY KEY,
  parent    TEXT NOT NULL,
  effective INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,       -- of the operation that planned it
  caller    TEXT NOT NULL,
  refused   TEXT NOT NULL
) STRICT;

-- Subjects: history and chain know a subject by `key`; name and fields stand here alone, and `salt` keeps the digest of a
-- version from being guessed once they are erased.
CREATE TABLE subject (
  number INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  kind   INTEGER NOT NULL,          -- 0 user, 1 number, 2 meter
  id     TEXT NOT NULL,
  key    BLOB NOT NULL,
  salt   BLOB NOT NULL,
  UNIQUE (tenant, kind, id)
) STRICT;
-- place: subject << 32 | sequence. As a key of two columns each inner page would hold some sixteen whole versions, and a
-- million subjects lie two levels deeper; numbers alone are some hundred to a page.
CREATE TABLE subject_version (
  place    INTEGER PRIMARY KEY,
  quantity INTEGER NOT NULL,
  fields   TEXT,                    -- NULL: it left
  subject  INTEGER NOT NULL AS (place >> 32),
  sequence INTEGER NOT NULL AS (place & 0xffffffff)
) STRICT;

-- Sources. current: what each gave at its last sound run, and what a guard holds back.
CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cursor TEXT NOT NULL) STRICT;
-- fields NULL: nobody else gives the subject, so they are those of its version in force.
CREATE TABLE given (
  subject  INTEGER NOT NULL,
  source   INTEGER NOT NULL,
  line     BLOB NOT NULL,
  quantity INTEGER NOT NULL,
  fields   TEXT,
  PRIMARY KEY (subject, source)     -- all that a change of a subject asks for stands side by side
) STRICT, WITHOUT ROWID;
-- current: how many subjects each source gives of each tenant, and how many there are.
CREATE TABLE given_count (
  source   INTEGER NOT NULL,
  tenant   INTEGER NOT NULL,
  subjects INTEGER NOT NULL,
  PRIMARY KEY (source, tenant)
) STRICT, WITHOUT ROWID;
CREATE TABLE head_count (tenant INTEGER PRIMARY KEY, users INTEGER NOT NULL, numbers INTEGER NOT NULL) STRICT;
CREATE TABLE held (
  source INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  run    INTEGER NOT NULL,
  reason TEXT NOT NULL,
  form   TEXT NOT NULL,             -- the difference that waits, as JSON
  PRIMARY KEY (source, tenant)
) STRICT, WITHOUT ROWID;
CREATE TABLE run (
  id     INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  ended  INTEGER NOT NULL,
  state  TEXT NOT NULL,
  form   TEXT NOT NULL
) STRICT;
CREATE INDEX run_source ON run (source, id);

-- Calculations. scope NULL: all tenants; else their ids as JSON, those whose sums hold them included.
CREATE TABLE calculation (
  sequence INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  month    INTEGER NOT NULL,        -- yyyymm in UTC
  scope    TEXT,
  cause    TEXT NOT NULL            -- JSON, as in its form
) STRICT;
CREATE INDEX calculation_at ON calculation (at);
-- How many subjects of a tenant came, went and changed in a calculation, whose form has the digest of them all.
CREATE TABLE movement (
  sequence        INTEGER NOT NULL,
  tenant          INTEGER NOT NULL,
  users_added     INTEGER NOT NULL,
  users_removed   INTEGER NOT NULL,
  users_changed   INTEGER NOT NULL,
  numbers_added   INTEGER NOT NULL,
  numbers_removed INTEGER NOT NULL,
  numbers_changed INTEGER NOT NULL,
  PRIMARY KEY (sequence, tenant)
) STRICT, WITHOUT ROWID;

-- What is tallied: '' and '' a tenant as a whole, a licence and '' a licence, both a factor.
CREATE TABLE item (number INTEGER PRIMARY KEY, licence TEXT NOT NULL, factor TEXT NOT NULL, UNIQUE (licence, factor)) STRICT;
-- One row per change; the first calculation of a month writes all. `since` is the calculation that made the value.
--   whole tenant: n1 monitored, flags 1 aggregated, 2 disabled
--   licence:      n1 0, n2 acquired, flags = state (0 ok, 1 disabled, 2 never, 3 degraded, 4 held)
--   factor:       n1 calculated, n2 configured, flags 1 on
-- flags 64: no longer shown, n1 0. What is licensed is the sum of n1 of the licence's factors: see the view `licences`.
CREATE TABLE tally (
  month    INTEGER NOT NULL,
  tenant   INTEGER NOT NULL,
  item     INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  n1       INTEGER NOT NULL,
  n2       INTEGER,
  flags    INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  PRIMARY KEY (month, tenant, item, sequence)
) STRICT, WITHOUT ROWID;
-- current: the licensed value that `swing` compares with, and what holds a tally back.
CREATE TABLE sound (
  tenant   INTEGER NOT NULL,
  item     INTEGER NOT NULL,
  licensed INTEGER NOT NULL,
  source   TEXT NOT NULL,           -- '': not held
  run      INTEGER NOT NULL,
  PRIMARY KEY (tenant, item)
) STRICT, WITHOUT ROWID;

-- Bills: what people decided about a month, yyyymm in the tenant's time zone. The operation of the same sequence names
-- the digest of its rows (bill_rows), and its payload stays whatever retention takes. `was`: millionths.
CREATE TABLE bill_closed (
  month    INTEGER NOT NULL,
  tenant   INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  caller   TEXT NOT NULL,
  witness  TEXT NOT NULL,           -- JSON: ledger, epoch, entry and its hash, the tenants under it
  form     TEXT NOT NULL,           -- JSON: the bill as it is shown for ever
  PRIMARY KEY (month, tenant)
) STRICT;
CREATE TABLE bill_acceptance (
  month      INTEGER NOT NULL,
  sequence   INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  caller     TEXT NOT NULL,
  tenant     INTEGER NOT NULL,
  licence    TEXT NOT NULL,
  held_from  INTEGER NOT NULL,
  quantity   INTEGER NOT NULL
) STRICT;
CREATE TABLE bill_correction (
  month    INTEGER NOT NULL,
  sequence INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  caller   TEXT NOT NULL,
  tenant   INTEGER NOT NULL,
  licence  TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  was      INTEGER,
  reason   TEXT NOT NULL,
  above    TEXT NOT NULL            -- JSON: ids of the tenants in whose sums it shows
) STRICT;

-- current: findings as of the last calculation, with the instant each began.
CREATE TABLE finding (id TEXT PRIMARY KEY, since INTEGER NOT NULL, form TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- current: findings that somebody has seen and wants to hear no more of until then; one ends with its finding.
CREATE TABLE acknowledgement (
  finding TEXT PRIMARY KEY,
  until   INTEGER NOT NULL,
  caller  TEXT NOT NULL,
  reason  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- For people with a SQL shell and a copy of the file: all changes; and what every calculation found in force. Ask the
-- latter for a tenant: they look each number up.
CREATE VIEW tallies AS
  SELECT strftime('%Y-%m-%dT%H:%M:%fZ', c.at / 1000.0, 'unixepoch') AS at, t.id AS tenant, i.licence, i.factor,
         r.n1, r.n2, r.flags, r.sequence, r.since
  FROM tally r JOIN calculation c USING (sequence) JOIN tenant t ON t.number = r.tenant JOIN item i ON i.number = r.item;
CREATE VIEW in_force AS
  SELECT strftime('%Y-%m-%dT%H:%M:%fZ', c.at / 1000.0, 'unixepoch') AS at, t.id AS tenant, i.licence, i.factor,
         r.n1, r.n2, r.flags, c.sequence, r.since
  FROM calculation c CROSS JOIN tenant t CROSS JOIN item i CROSS JOIN tally r
    ON r.month = c.month AND r.tenant = t.number AND r.item = i.number AND r.sequence =
       (SELECT max(sequence) FROM tally
        WHERE month = c.month AND tenant = t.number AND item = i.number AND sequence <= c.sequence)
  WHERE r.flags <> 64;
CREATE VIEW factors AS
  SELECT at, tenant, licence, factor, n1 AS calculated, n2 AS configured, flags = 1 AS is_on, sequence, since
  FROM in_force WHERE factor <> '';
CREATE VIEW licences AS
  SELECT at, tenant, licence,
         (SELECT coalesce(sum(f.calculated), 0) FROM factors f
          WHERE f.sequence = l.sequence AND f.tenant = l.tenant AND f.licence = l.licence) AS licensed,
         n2 AS acquired,
         CASE flags WHEN 0 THEN 'ok' WHEN 1 THEN 'disabled' WHEN 2 THEN 'never' WHEN 3 THEN 'degraded' ELSE 'held' END
         AS state, sequence
  FROM in_force l WHERE licence <> '' AND factor = '';
-- Closed bills line by line, and what was corrected on bills; quantities as they are shown.
CREATE VIEW bill_lines AS
  SELECT b.month, t.id AS tenant, l.value ->> '$.licence' AS licence, l.value ->> '$.quantity' AS quantity,
         l.value ->> '$.parent' AS parent, l.value ->> '$.from' AS "from", l.value ->> '$.until' AS until,
         strftime('%Y-%m-%dT%H:%M:%fZ', b.at / 1000.0, 'unixepoch') AS closed_at, b.caller, b.sequence
  FROM bill_closed b JOIN tenant t ON t.number = b.tenant, json_each(b.form, '$.licences') l;
CREATE VIEW bill_corrections AS
  SELECT c.month, t.id AS tenant, c.licence, c.was / 1000000.0 AS was, c.quantity, c.reason,
         strftime('%Y-%m-%dT%H:%M:%fZ', c.at / 1000.0, 'unixepoch') AS at, c.caller, c.sequence
  FROM bill_correction c JOIN tenant t ON t.number = c.tenant;
