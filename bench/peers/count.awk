# awk -f count.awk sites.tsv records.tsv: n1 and n2 by tenant and factor, the rules rewritten by hand.
# Written for mawk, which knows neither {5} nor \d.
BEGIN { FS = OFS = "\t" }

FNR == NR { sites[$1] = $0; next }

$1 != tenant {
  tenant = $1
  tenants[++tenant_count] = tenant
  split(sites[tenant], site, "\t")
}

function has_site(text, first,   i) {
  text = tolower(text)
  for (i = first; i < first + 5; ++i) if (site[i] != "!" && index(text, site[i])) return 1
  return 0
}

function is_gateway(text,   i) {
  if (text == "") return 0
  for (i = 7; i < 12; ++i) if (text == site[i]) return 1
  return 0
}

# The first of a licence's factors that holds a subject counts it in n1; each counts it in n2 where it is configured.
function take(place, configured, eligible) {
  if (configured) ++n2[tenant, place]
  if (eligible && !held) { held = 1; ++n1[tenant, place] }
}

$2 == "n" {
  held = 0
  take(12, 1, !has_site($13, 7))
  next
}

{
  held = 0
  c = has_site($9, 2); take(1, c, c)
  c = $10 ~ /^DP-[A-Z][A-Za-z0-9_]+-[0-9]*[13579]$/; take(2, c, c)
  c = index($6, ";ext=") > 0; take(3, c, c)
  held = 0
  c = $11 ~ /^grp-(sales|support)-[0-9][0-9][0-9][0-9][0-9]-(emea|apac)$/ || \
      $12 ~ /^grp-(sales|support)-[0-9][0-9][0-9][0-9][0-9]-(emea|apac)$/; take(4, c, c)
  c = tolower($5) ~ /^(grace|alan|ada) /; take(5, c, c)
  c = substr($6, length($6) - 1) == "00"; take(6, c, c)
  held = 0
  c = is_gateway($7) || is_gateway($8); take(7, c, c)
  c = $13 == "VIP"; take(8, c, c)
  held = 0
  take(9, 1, has_site($7, 7) || has_site($8, 7))
  c = substr($6, 1, 6) == "tel:+1"; take(10, c, c)
  c = index(tolower($11), "-finance-") > 0 || index(tolower($12), "-finance-") > 0; take(11, c, c)
}

END {
  for (i = 1; i <= tenant_count; ++i) {
    line = tenants[i]
    for (place = 1; place <= 12; ++place) line = line OFS n1[tenants[i], place] + 0 OFS n2[tenants[i], place] + 0
    print line
  }
}
