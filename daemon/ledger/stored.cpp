#include "daemon/ledger/stored.hpp"

#include <algorithm>

namespace licaudit::ledger {

std::vector<tally_row> rows_of(const tenant_tally& tally) {
  std::vector<tally_row> rows;
  const std::int64_t whole = (tally.aggregated ? flag_aggregated : 0) | (tally.disabled ? flag_disabled : 0);
  rows.push_back({"", "", tally.monitored, std::nullopt, whole, 0});
  for (const auto& licence : tally.licences) {
    rows.push_back(
        {licence.licence, "", licence.licensed, licence.acquired, static_cast<std::int64_t>(licence.state), 0});
    for (const auto& factor : licence.factors)
      rows.push_back(
          {licence.licence, factor.factor, factor.calculated, factor.configured, factor.on ? flag_on : 0, 0});
  }
  return rows;
}

tenant_tally tally_of(const std::string& tenant, const std::vector<tally_row>& rows) {
  tenant_tally tally;
  tally.tenant = tenant;
  const auto licence_of = [&tally](const std::string& id) -> licence_tally& {
    const auto known = std::find_if(tally.licences.begin(), tally.licences.end(),
                                    [&id](const licence_tally& one) { return one.licence == id; });
    if (known != tally.licences.end()) return *known;
    tally.licences.emplace_back().licence = id;
    return tally.licences.back();
  };
  for (const auto& row : rows) {
    if ((row.flags & flag_absent) != 0) continue;
    if (row.licence.empty()) {
      tally.monitored = row.n1;
      tally.aggregated = (row.flags & flag_aggregated) != 0;
      tally.disabled = (row.flags & flag_disabled) != 0;
    } else if (row.factor.empty()) {
      auto& licence = licence_of(row.licence);
      licence.licensed = row.n1;
      licence.acquired = row.n2;
      licence.state = static_cast<tally_state>(row.flags);
    } else {
      licence_of(row.licence).factors.push_back({row.factor, (row.flags & flag_on) != 0, row.n1, row.n2});
    }
  }
  return tally;
}

std::string leaf_of(tenant_tally tally) {
  for (auto& licence : tally.licences)
    std::sort(licence.factors.begin(), licence.factors.end(),
              [](const factor_tally& a, const factor_tally& b) { return a.factor < b.factor; });
  std::sort(tally.licences.begin(), tally.licences.end(),
            [](const licence_tally& a, const licence_tally& b) { return a.licence < b.licence; });
  return canonical_json(to_json(tally));
}

}  // namespace licaudit::ledger
