#pragma once

#include "daemon/ledger/delivery.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace licaudit::sync {

/// The subjects of one run that were parsed, each once.
class subject_changes {
 public:
  subject_changes();
  subject_changes(const subject_changes&) = delete;
  subject_changes& operator=(const subject_changes&) = delete;

  /// Snapshot: keeps the first. The line of an earlier record of the same subject that says something else, if there
  /// is.
  [[nodiscard]] std::optional<std::int64_t> put_once(ledger::delivered_subject value);

  /// Delta: the last line of a subject holds.
  void put(ledger::delivered_subject value);
  void remove(subject_name name);

  [[nodiscard]] std::vector<ledger::delivered_subject> take_put();
  [[nodiscard]] std::vector<subject_name> take_removed();

 private:
  struct by_name {
    using is_transparent = void;
    const std::vector<ledger::delivered_subject>* subjects;
    [[nodiscard]] const subject_name& name(std::uint32_t at) const { return (*subjects)[at].value.name; }
    std::size_t operator()(std::uint32_t at) const { return (*this)(name(at)); }
    std::size_t operator()(const subject_name& name) const;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t a, const subject_name& b) const { return name(a) == b; }
    bool operator()(const subject_name& a, std::uint32_t b) const { return a == name(b); }
  };
  void append(ledger::delivered_subject value);

  std::vector<ledger::delivered_subject> put_;  ///< one that a delta took back has line number 0
  boost::unordered_flat_set<std::uint32_t, by_name, by_name> index_;
  std::set<subject_name> removed_;
};

}  // namespace licaudit::sync
