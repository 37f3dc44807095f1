#include "daemon/api/bill_page.hpp"

#include "daemon/api/bill_document.hpp"
#include "daemon/api/json_text.hpp"

#include <algorithm>

namespace licaudit::api {

bill_witness witness_of(const month_bills& all, const audit::view& seen) {
  bill_witness made = all.witness;
  if (!made.ledger.empty()) return made;
  made.ledger = seen.ledger;
  made.epoch = seen.epoch;
  return made;
}

std::string bill_page(const month_bills& all, const audit::view& seen, std::size_t first, std::size_t limit) {
  const auto last = std::min(all.sheets.size(), first + limit);
  const auto witness = witness_of(all, seen);
  json_text out;
  out.begin_object().member("month", to_text(all.month)).member("ledger", witness.ledger);
  out.member("epoch", witness.epoch).member("sequence", witness.sequence).member("chain_head", witness.chain_head);
  out.key("tenants").begin_array();
  for (auto i = first; i < last; ++i) out.raw(bill_document(all, all.sheets[i]));
  out.end_array().text_or_null("next", last < all.sheets.size() ? all.sheets[last - 1].tenant : std::string());
  out.end_object();
  return out.take();
}

}  // namespace licaudit::api
