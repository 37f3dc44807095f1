#pragma once

#include "model/amount.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit {

/// Who decided what about a bill, and when.
struct bill_ruling {
  std::int64_t sequence = 0;  ///< of the operation
  instant at{};
  std::string caller;
};

/// A bill as it was when it was closed, to be shown like this for ever.
struct closed_bill {
  std::string tenant;
  bill_ruling by{};
  std::string witness;  ///< JSON: what it rests on, and which tenants were under it
  std::string form;     ///< JSON: the bill
};

/// From `from` on a value counts although a guard held it, as long as it stands and the month lasts.
struct bill_acceptance {
  std::string tenant, licence;
  instant from{};
  std::int64_t quantity = 0;
  bill_ruling by{};
};

/// What a tenant is charged of a licence instead of what its lines come to.
struct bill_correction {
  std::string tenant, licence;
  std::int64_t quantity = 0;
  std::optional<amount> was{};  ///< charged before it; none: nothing could be billed
  std::string reason;
  std::vector<std::string>
      above;  ///< those in whose sums the difference shows: where the tenant stood as the month ended
  bill_ruling by{};

  [[nodiscard]] amount difference() const {
    return {whole_amount(quantity).millionths - was.value_or(amount{}).millionths};
  }
};

/// All that was decided about the bills of one month, in the order in which it was.
struct bill_papers {
  std::vector<closed_bill> closed;  ///< by tenant
  std::vector<bill_acceptance> accepted;
  std::vector<bill_correction> corrected;
  std::int64_t last = 0;  ///< sequence of the newest ruling of the month, on whomever; 0: none
};

}  // namespace licaudit
