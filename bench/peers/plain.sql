-- The rules as they stand, in PostgreSQL: (?i) may only stand at the front there, so ~* does it. The regexes of a tenant's
-- sites are made once, as an array.
WITH patterns AS (
  SELECT tenant, array_agg('^.*' || name || '.*$') AS names, array_agg('^.*' || dotted || '.*$') AS gateways,
    array_agg('^' || dotted || '$') AS exact
  FROM (SELECT tenant, name, replace(gateway, '.', '\.') AS dotted
        FROM sites, LATERAL (VALUES (n1, g1), (n2, g2), (n3, g3), (n4, g4), (n5, g5)) AS site (name, gateway)
        WHERE name <> '!') AS each
  GROUP BY tenant),
judged AS (
  SELECT r.tenant, kind = 'u' AS is_user,
    policy ~* ANY (names) AS site_policy,
    dial_plan ~ '^DP-[A-Z]\w+-\d*[13579]$' AS odd_dial_plan,
    line_uri ~ '^.*;ext=.*$' AS extension,
    grp ~ '^grp-(sales|support)-\d{5}-(emea|apac)$'
      OR (grp2 <> '' AND grp2 ~ '^grp-(sales|support)-\d{5}-(emea|apac)$') AS agents,
    display_name ~* '^(grace|alan|ada) .*$' AS supervisors,
    line_uri ~ '00$' AS round_number,
    gateway ~ ANY (exact) OR (gateway2 <> '' AND gateway2 ~ ANY (exact)) AS compliance,
    kind = 'u' AND tag ~ '^VIP$' AS important,
    gateway ~* ANY (gateways) OR (gateway2 <> '' AND gateway2 ~* ANY (gateways)) AS direct_routing,
    line_uri ~ '^tel:\+1.*$' AS operator_connect,
    grp ~* '^.*-finance-.*$' OR (grp2 <> '' AND grp2 ~* '^.*-finance-.*$') AS lifecycle,
    kind = 'n' AND tag ~* ANY (gateways) AS rejected
  FROM records r JOIN patterns p ON p.tenant = r.tenant)
