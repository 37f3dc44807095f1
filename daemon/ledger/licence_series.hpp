#pragma once

#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/observation.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::ledger {

/// What is tallied under a number of the table `item`.
struct item_name {
  std::string licence, factor;
};
using item_table = std::map<std::int64_t, item_name>;
[[nodiscard]] item_table read_items(database& db);

/// All calculations of a range, from the one in force as it begins.
class calculation_list {
 public:
  calculation_list(database& db, instant since, instant until);
  [[nodiscard]] const std::vector<calculation_mark>& all() const { return all_; }

  /// Of a row that is older than the range: the first, which it is in force in.
  [[nodiscard]] const calculation_mark& of_row(std::int64_t sequence) const;
  /// When what an entry says was first calculated; none: not in the range.
  [[nodiscard]] std::optional<instant> calculated(std::int64_t entry) const;

 private:
  [[nodiscard]] std::vector<calculation_mark>::const_iterator at_or_after(std::int64_t sequence) const;

  std::vector<calculation_mark> all_;
};

/// What one tenant, by its number, showed of each licence in the course of these calculations.
[[nodiscard]] std::map<std::string, series, std::less<>> read_licences(database& db, std::int64_t tenant,
                                                                       const item_table& items,
                                                                       const calculation_list& calculations);

}  // namespace licaudit::ledger
