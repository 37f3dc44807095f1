#pragma once

#include "daemon/ledger/delivery.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <vector>

namespace licaudit::sync {

/// The lines of the last sound run, and which of them this run printed again. A source mostly prints them in the same
/// order: as long as it does, nothing is looked up.
class given_index {
 public:
  explicit given_index(ledger::given_inventory given);
  given_index(const given_index&) = delete;
  given_index& operator=(const given_index&) = delete;

  /// True if the line was given before; it then is seen. The first call reads what was given.
  bool see(const ledger::line_hash& line);

  /// The numbers of the entries that were not seen.
  [[nodiscard]] std::vector<ledger::subject_number> unseen();

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

  void read();
  void index_all();

  ledger::given_inventory given_;
  std::size_t next_ = 0;  ///< the line that comes next if this run prints them as the last one did
  bool indexed_ = false;
  boost::unordered_flat_set<std::uint32_t, by_line, by_line> index_;
  std::vector<bool> seen_;
};

}  // namespace licaudit::sync
