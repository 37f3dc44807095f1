#pragma once

#include "daemon/ledger/delivery.hpp"
#include "model/calculation.hpp"
#include "model/finding.hpp"
#include "model/json.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// What one source says of one subject from now on; no value: nothing any more.
struct given_change {
  ledger::subject_number number;  ///< 0: a subject that there is not yet
  std::optional<subject> value;
  ledger::line_hash line{};
};

/// A difference that takes effect as one entry of the ledger.
struct inventory_change {
  std::string source;
  std::int64_t run = 0;  ///< 0: made through the API
  std::string stream_sha256;
  std::vector<tenant> tenants;    ///< new or different
  std::vector<std::string> gone;  ///< tenants that the source no longer lists
  std::vector<given_change> subjects;

  // Filled in when it takes effect:
  std::vector<subject_movement> moved;
};

/// The JSON form in which a difference of one tenant waits while a guard holds it.
struct waiting_change {
  std::vector<std::pair<subject, ledger::line_hash>> put;
  std::vector<subject_name> removed;
};
[[nodiscard]] std::string to_form(const waiting_change& change);
[[nodiscard]] result<waiting_change> waiting_change_from(const std::string& tenant, const std::string& form);

}  // namespace licaudit::audit
