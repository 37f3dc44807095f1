#pragma once

#include "daemon/ledger/delivery.hpp"
#include "model/calculation.hpp"
#include "model/finding.hpp"
#include "model/instant.hpp"
#include "model/json.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// What one source says from now on of a subject that there is.
struct given_change {
  ledger::subject_number number;
  std::optional<std::uint32_t> record;  ///< among the records of the change; none: nothing any more
};

/// A difference that takes effect as one entry of the ledger.
struct inventory_change {
  std::string source;
  std::int64_t run = 0;  ///< 0: made through the API
  std::string stream_sha256;
  std::optional<instant> dated{};  ///< of readings that do not say when they were read; none: when it takes effect
  std::vector<tenant> tenants;     ///< new or different
  std::vector<std::string> gone;   ///< tenants that the source no longer lists
  ledger::packed_subjects records;
  std::vector<std::uint32_t> added;  ///< records of subjects that there are not yet
  std::vector<given_change> subjects;

  /// No number: a subject that there is not yet.
  void put(std::optional<ledger::subject_number> number, const subject& value, const ledger::line_hash& line = {});
  void remove(ledger::subject_number number) { subjects.push_back({number, std::nullopt}); }

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
