#pragma once

#include "model/instant.hpp"

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace licaudit::audit {

/// When a number last changed, and why, in words: `+14 users, source teams`.
struct last_change {
  instant at{};
  std::string cause;
  std::int64_t sequence = 0;  ///< of the calculation
};

/// What last changed each row of a tally, in their order: the whole tenant, then licence by licence, itself before its
/// factors. Rows that stand side by side mostly changed together, all of them after a first synchronisation, so they
/// are kept as runs.
class change_list {
 public:
  using change = std::shared_ptr<const last_change>;

  /// The next row; null: nothing is known of it.
  void add(const change& made);

  /// Of a row that there is.
  [[nodiscard]] const change& operator[](std::size_t row) const;
  [[nodiscard]] std::size_t size() const { return runs_.empty() ? 0 : runs_.back().end; }
  [[nodiscard]] bool empty() const { return runs_.empty(); }

 private:
  struct run {
    change made;
    std::size_t end;  ///< the row behind its last
  };
  boost::container::small_vector<run, 1> runs_;
};

}  // namespace licaudit::audit
