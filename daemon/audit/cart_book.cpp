#include "daemon/audit/cart_book.hpp"

namespace licaudit::audit {

cart_book::cart_book(std::vector<ledger::stored_cart> all) {
  for (auto& one : all) put(std::move(one));
}

ledger::stored_cart cart_book::of(const std::string& tenant, const std::string& caller) const {
  if (const auto known = all_.find({tenant, caller}); known != all_.end()) return known->second;
  ledger::stored_cart empty;
  empty.tenant = tenant;
  empty.caller = caller;
  return empty;
}

void cart_book::put(ledger::stored_cart cart) {
  auto key = std::pair(cart.tenant, cart.caller);
  all_.insert_or_assign(std::move(key), std::move(cart));
}

std::vector<std::string> cart_book::callers_with_lines(std::string_view tenant) const {
  std::vector<std::string> callers;
  for (auto one = all_.lower_bound({std::string(tenant), ""}); one != all_.end() && one->first.first == tenant; ++one)
    if (!one->second.lines.empty()) callers.push_back(one->first.second);
  return callers;
}

}  // namespace licaudit::audit
