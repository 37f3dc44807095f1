#include "daemon/ledger/count_check.hpp"

#include <utility>

namespace licaudit::ledger {

namespace {

// Tenants, and sources, whose stored counts are not those of the rows that they count.
constexpr const char* counts_of_given =
    "WITH counted AS MATERIALIZED (SELECT g.source, s.tenant, count(*) FROM given g"
    "  LEFT JOIN subject s ON s.number = g.subject GROUP BY g.source, s.tenant),"
    " wrong AS (SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM given_count)"
    "  UNION SELECT * FROM (SELECT * FROM given_count EXCEPT SELECT * FROM counted))"
    " SELECT DISTINCT coalesce(t.id, w.tenant, 'of no subject'), coalesce(s.name, w.source) FROM wrong w"
    " LEFT JOIN tenant t ON t.number = w.tenant LEFT JOIN source s ON s.number = w.source";
constexpr const char* heads =
    "WITH counted AS MATERIALIZED (SELECT s.tenant, sum(s.kind = 0) users, sum(s.kind = 1) numbers FROM subject s"
    "  WHERE (SELECT fields FROM subject_version WHERE place BETWEEN s.number << 32 AND s.number << 32 | 0xffffffff"
    "   ORDER BY place DESC LIMIT 1) IS NOT NULL"
    "  GROUP BY s.tenant),"
    " wrong AS (SELECT * FROM (SELECT * FROM counted WHERE users + numbers > 0 EXCEPT SELECT * FROM head_count)"
    "  UNION SELECT * FROM (SELECT * FROM head_count WHERE users <> 0 OR numbers <> 0 EXCEPT SELECT * FROM counted))"
    " SELECT DISTINCT coalesce(t.id, w.tenant), NULL FROM wrong w LEFT JOIN tenant t ON t.number = w.tenant";

}  // namespace

std::vector<wrong_count> wrong_counts(database& db) {
  std::vector<wrong_count> found;
  for (const auto& [what, sql] :
       {std::pair("the count of what the source gives of it", counts_of_given), std::pair("its head count", heads)}) {
    for (auto rows = db.query(sql); rows.next();)
      found.push_back({std::string(rows.text(0)), what, std::string(rows.text(1))});
  }
  return found;
}

}  // namespace licaudit::ledger
