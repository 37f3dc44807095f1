#pragma once

#include "daemon/ledger/delivery.hpp"

#include <cstdint>

namespace licaudit::ledger {

/// Where a version stands in its table: by subject, then by the entry that made it.
constexpr int sequence_bits = 32;
constexpr std::int64_t last_sequence = (std::int64_t{1} << sequence_bits) - 1;
constexpr subject_number last_subject = (subject_number{1} << (63 - sequence_bits)) - 1;

/// Both at most the last ones.
constexpr std::int64_t version_place(subject_number subject, std::int64_t sequence) {
  return subject << sequence_bits | sequence;
}

}  // namespace licaudit::ledger
