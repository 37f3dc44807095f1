#pragma once

#include "daemon/api/month_bills.hpp"
#include "model/json.hpp"

#include <optional>
#include <string>

namespace licaudit::api {

/// The bill of one tenant as JSON, without what may still become of it: kept when it is closed, and shown from then on.
[[nodiscard]] std::string bill_form(const month_bills& all, const bill_sheet& sheet);

/// The bill with what has become of it: `state`, `revision`, who closed it, what was corrected, and what is charged.
[[nodiscard]] std::string bill_document(const month_bills& all, const bill_sheet& sheet);

/// What is charged of a licence: its lines, and what was corrected of them here and of tenants below.
struct charged_licence {
  std::string licence;
  std::optional<amount> quantity;  ///< none: nothing can be billed yet
};
[[nodiscard]] std::vector<charged_licence> charged_of(const month_bills& all, const bill_sheet& sheet,
                                                      const json::object& form);

/// A quantity as a form has it: whole, or a decimal of at most six places; none: null.
[[nodiscard]] std::optional<amount> amount_of(const json::value& quantity);

/// `open` while the month runs, then `ready`, until it is `closed`.
[[nodiscard]] const char* state_of(const bill_sheet& sheet);

/// What a closed bill keeps of the ledger it rested on, and of the tenants under it.
[[nodiscard]] std::string witness_form(const bill_witness& witness, const std::vector<std::string>& with);
[[nodiscard]] bill_witness witness_from(const std::string& form);

}  // namespace licaudit::api
