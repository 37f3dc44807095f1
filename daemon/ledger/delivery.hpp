#pragma once

#include "model/record.hpp"
#include "model/source_run.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace licaudit::ledger {

/// First half of the SHA-256 of a line as the source printed it, together with how the settings read it. A line that a
/// source printed before, byte for byte, needs no parsing: that is what makes an unchanged snapshot cheap.
using line_hash = std::array<unsigned char, 16>;

/// The ledger's number of a subject; never given again.
using subject_number = std::int64_t;

/// What a source gave at its last sound run, one entry a subject; `tenant` is an index into `tenants`.
struct given_subject {
  line_hash line;
  subject_number number;
  std::uint32_t tenant;
};
struct given_inventory {
  std::vector<std::string> tenants;
  std::vector<given_subject> subjects;
};

/// A subject whose line is new or different.
struct delivered_subject {
  subject value;
  line_hash line;
  std::int64_t line_number;  ///< in the stream, from 1, for messages
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
  std::vector<delivered_subject> put;
  std::vector<subject_name> removed;    ///< delta only
  std::vector<subject_number> missing;  ///< snapshot only: given before, and not seen in this run
  std::vector<set_aside> faulty;
};

}  // namespace licaudit::ledger
