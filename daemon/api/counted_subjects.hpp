#pragma once

#include "daemon/api/ledger_line.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace licaudit::api {

/// That a subject was counted, from when until when, by one factor and in one quantity.
struct counted_time {
  subject_kind kind{};
  std::string id, key;
  std::string licence, factor;
  std::int64_t quantity = 0;
  instant from{}, until{};
  bool operator==(const counted_time&) const = default;
};

/// Who was counted in a range of time, from inventories at the instants at which that may have changed, ascending.
class counted_subjects {
 public:
  /// `licence` empty: every licence.
  explicit counted_subjects(std::string licence) : licence_(std::move(licence)) {}

  /// In force from `at` on, until the next one.
  void take(const dated_inventory& then, instant at);

  /// The range ends. By kind, id and licence, then by time.
  [[nodiscard]] std::vector<counted_time> finish(instant until);

 private:
  using place = std::tuple<subject_kind, std::string, std::string>;  ///< kind, id, licence

  std::string licence_;
  std::map<place, counted_time> open_;
  std::vector<counted_time> done_;
};

/// True if a calculation may have changed who counts: by what came and went, by rules, switches or decisions. One of
/// the clock that moved nothing does not.
[[nodiscard]] bool may_change_holders(const ledger::history_entry& entry);

}  // namespace licaudit::api
