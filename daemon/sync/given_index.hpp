#pragma once

#include "daemon/ledger/delivery.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <vector>

namespace licaudit::sync {

/// The lines of the last sound run, and which of them this run printed again.
class given_index {
 public:
  explicit given_index(ledger::given_inventory given);
  given_index(const given_index&) = delete;
  given_index& operator=(const given_index&) = delete;

  /// True if the line was given before; it then is seen.
  bool see(const ledger::line_hash& line);

  /// The numbers of the entries that were not seen.
  [[nodiscard]] std::vector<ledger::subject_number> unseen() const;

 private:
  struct by_line {
    using is_transparent = void;
    const std::vector<ledger::given_subject>* subjects;
    std::size_t operator()(std::uint32_t at) const { return (*this)((*subjects)[at].line); }
    std::size_t operator()(const ledger::line_hash& line) const;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t a, const ledger::line_hash& line) const { return (*subjects)[a].line == line; }
    bool operator()(const ledger::line_hash& line, std::uint32_t a) const { return (*subjects)[a].line == line; }
  };

  ledger::given_inventory given_;
  boost::unordered_flat_set<std::uint32_t, by_line, by_line> index_;
  std::vector<bool> seen_;
};

}  // namespace licaudit::sync
