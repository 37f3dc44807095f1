#pragma once

#include "model/bill_papers.hpp"
#include "model/instant.hpp"
#include "model/observation.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::ledger {

struct range_question {
  std::string tenant;  ///< it and all that stood under it at some time of the range
  instant since{}, until{};
  /// Calculations further apart than this leave the time between them unobserved.
  std::chrono::milliseconds longest_silence{};
  std::int64_t month = 0;  ///< whose bills it is about, yyyymm; 0: of none
  bool closing = false;    ///< also what has to be known before they are closed
  instant now{};           ///< when it is asked: a silence may last until then
};

/// Everything that bills of a range rest on, as of one state of the ledger.
struct observed_range {
  std::vector<observed_tenant> tenants;            ///< the named one first, the others by id; empty: it was not there
  std::vector<std::pair<instant, instant>> quiet;  ///< half-open, ascending: no calculation ran
  /// Up to here it is known what was in force: until the last calculation; or until a later one or a long silence.
  instant known_until{};
  std::map<std::int64_t, calculation_cause> causes;  ///< of the calculations that observations name, by sequence
  std::string rules;                                 ///< canonical text of the revision in force as the range ends
  std::int64_t sequence = 0;                         ///< of the last calculation of the range
  std::string chain_head;                            ///< the hash of its entry in hex: a witness of all before it
  bill_papers papers;                                ///< of the tenants, or where the named one is closed, of it
  /// Where they are to be closed: when each was first calculated, if its bill of the month before is not closed.
  std::map<std::string, instant, std::less<>> first_calculated;
};

}  // namespace licaudit::ledger
