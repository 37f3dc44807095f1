#pragma once

#include "daemon/ledger/packed_subjects.hpp"
#include "model/record.hpp"
#include "model/source_run.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::ledger {

/// The ledger's number of a subject; never given again.
using subject_number = std::int64_t;

/// What a source gave at its last sound run, one entry a subject, in the order in which they first came.
struct given_subject {
  line_hash line;
  subject_number number;
};
struct given_inventory {
  std::string key{};               ///< of the hashes of lines: another in every ledger
  std::filesystem::path folder{};  ///< where a run may put aside what it need not hold in memory
  std::vector<given_subject> subjects{};
  /// Where it is set, `subjects` are still to be read, by the thread of the ledger: a delta has no need of them.
  std::function<std::vector<given_subject>()> read_later{};

  void read() {
    if (const auto reading = std::exchange(read_later, {})) subjects = reading();
  }
};

/// A record that could not be used, and the tenant that is set aside because of it.
struct set_aside {
  std::string tenant;  ///< empty: the record names none
  std::int64_t line_number;
  std::string what;
  std::string subject{};  ///< its id, as it stands in `what`; empty: it is about none
};

/// A finished run of a source, complete and of the protocol: what is different from what the source gave before. A
/// failed run has only `run`.
struct delivery {
  source_run run;
  bool snapshot = true;
  std::string cursor;  ///< for the next delta; empty: none

  std::vector<tenant> tenants;               ///< every tenant record of the run
  std::vector<std::string> removed_tenants;  ///< delta only
  packed_subjects put;                       ///< whose lines are new or different
  std::vector<subject_name> removed;         ///< delta only
  std::vector<subject_number> missing;       ///< snapshot only: given before, and not seen in this run
  std::vector<set_aside> faulty;
};

}  // namespace licaudit::ledger
