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
  /// The same where only these are counted otherwise: those that changed, as they are now, and those that left.
  void take_changes(const dated_inventory& changed, const std::vector<subject_name>& left, instant at);

  /// The range ends. By kind, id and licence, then by time.
  [[nodiscard]] std::vector<counted_time> finish(instant until);

 private:
  using place = std::tuple<subject_kind, std::string, std::string>;  ///< kind, id, licence
  using counted_now = std::map<place, counted_time>;

  [[nodiscard]] counted_now counted_in(const dated_inventory& then, instant at) const;
  /// What of `before` is not in `now` has ended; what is, goes on.
  void compare(counted_now& before, counted_now& now, instant at);
  /// Takes out of `open_` what there is of one.
  void take_out(const subject_name& who, counted_now& into);

  std::string licence_;
  counted_now open_;
  std::vector<counted_time> done_;
};

/// True if a calculation may have changed who counts: by what came and went, by rules, switches or decisions. One of
/// the clock that moved nothing does not.
[[nodiscard]] bool may_change_holders(const ledger::history_entry& entry);

}  // namespace licaudit::api
