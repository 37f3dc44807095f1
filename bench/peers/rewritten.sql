-- The rules rewritten by hand as far as they go: what is a literal is searched as one. PostgreSQL and DuckDB each bring
-- their own contains() and matches().
WITH judged AS (
  SELECT r.tenant, kind = 'u' AS is_user,
    contains(lower(policy), n1) OR contains(lower(policy), n2) OR contains(lower(policy), n3)
      OR contains(lower(policy), n4) OR contains(lower(policy), n5) AS site_policy,
    matches(dial_plan, '^DP-[A-Z]\w+-\d*[13579]$') AS odd_dial_plan,
    contains(line_uri, ';ext=') AS extension,
    matches(grp, '^grp-(sales|support)-\d{5}-(emea|apac)$')
      OR (grp2 <> '' AND matches(grp2, '^grp-(sales|support)-\d{5}-(emea|apac)$')) AS agents,
    lower(display_name) LIKE 'grace %' OR lower(display_name) LIKE 'alan %' OR lower(display_name) LIKE 'ada %'
      AS supervisors,
    right(line_uri, 2) = '00' AS round_number,
    gateway IN (g1, g2, g3, g4, g5) OR gateway2 IN (g1, g2, g3, g4, g5) AS compliance,
    kind = 'u' AND tag = 'VIP' AS important,
    contains(lower(gateway), g1) OR contains(lower(gateway), g2) OR contains(lower(gateway), g3)
      OR contains(lower(gateway), g4) OR contains(lower(gateway), g5)
      OR (gateway2 <> '' AND (contains(lower(gateway2), g1) OR contains(lower(gateway2), g2)
      OR contains(lower(gateway2), g3) OR contains(lower(gateway2), g4) OR contains(lower(gateway2), g5)))
      AS direct_routing,
    line_uri LIKE 'tel:+1%' AS operator_connect,
    contains(lower(grp), '-finance-') OR contains(lower(grp2), '-finance-') AS lifecycle,
    kind = 'n' AND (contains(lower(tag), g1) OR contains(lower(tag), g2) OR contains(lower(tag), g3)
      OR contains(lower(tag), g4) OR contains(lower(tag), g5)) AS rejected
  FROM records r JOIN sites s ON s.tenant = r.tenant)
