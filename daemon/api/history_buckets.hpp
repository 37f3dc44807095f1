#pragma once

#include "daemon/ledger/reader.hpp"
#include "model/date_range.hpp"
#include "model/time_zone.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

enum class bucket_size : std::uint8_t { day, month };

/// The highest licensed value that was in force in a bucket, and since when in it.
struct peak {
  std::int64_t licensed = 0;
  instant at{};
};

/// One local day or month: its last value, and the peak of each licence.
struct history_bucket {
  std::string date;  ///< `2026-11-21`; of a month its first day
  ledger::history_entry last;
  std::map<std::string, peak, std::less<>> peaks;  ///< by licence
};

/// One bucket a local day or month that the range touches, from the first calculation on; where none ran, the value
/// before is carried over. `entries` ascend and lie in the range; `before` is in force when it begins.
[[nodiscard]] std::vector<history_bucket> buckets_of(const std::optional<ledger::history_entry>& before,
                                                     const std::vector<ledger::history_entry>& entries,
                                                     const date_range& range, const time_zone& zone, bucket_size size);

/// Leaves one licence, or one factor, of a tally; empty: all.
[[nodiscard]] tenant_tally only(const tenant_tally& tally, std::string_view licence, std::string_view factor);

/// Those that differ from the one before in a number, a switch, a state or an acquired quantity, and the first.
[[nodiscard]] std::vector<ledger::history_entry> changes_of(std::vector<ledger::history_entry> entries);

}  // namespace licaudit::api
