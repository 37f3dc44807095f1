-- n1 and n2 by tenant and factor from `judged`, which has a column of truth for each. The first factor of a licence that
-- holds a subject counts it in n1.
SELECT tenant,
  count(*) FILTER (WHERE site_policy), count(*) FILTER (WHERE site_policy),
  count(*) FILTER (WHERE odd_dial_plan AND NOT site_policy), count(*) FILTER (WHERE odd_dial_plan),
  count(*) FILTER (WHERE extension AND NOT (site_policy OR odd_dial_plan)), count(*) FILTER (WHERE extension),
  count(*) FILTER (WHERE agents), count(*) FILTER (WHERE agents),
  count(*) FILTER (WHERE supervisors AND NOT agents), count(*) FILTER (WHERE supervisors),
  count(*) FILTER (WHERE round_number AND NOT (agents OR supervisors)), count(*) FILTER (WHERE round_number),
  count(*) FILTER (WHERE compliance), count(*) FILTER (WHERE compliance),
  count(*) FILTER (WHERE important AND NOT compliance), count(*) FILTER (WHERE important),
  count(*) FILTER (WHERE direct_routing), count(*) FILTER (WHERE is_user),
  count(*) FILTER (WHERE operator_connect AND NOT direct_routing), count(*) FILTER (WHERE operator_connect),
  count(*) FILTER (WHERE lifecycle AND NOT (direct_routing OR operator_connect)), count(*) FILTER (WHERE lifecycle),
  count(*) FILTER (WHERE NOT is_user AND NOT rejected), count(*) FILTER (WHERE NOT is_user)
FROM judged GROUP BY tenant ORDER BY tenant
