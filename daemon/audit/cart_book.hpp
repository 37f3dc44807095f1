#pragma once

#include "daemon/ledger/stored.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// What people have staged to order: one cart each for a tenant and a caller, in memory as in the ledger.
class cart_book {
 public:
  cart_book() = default;
  explicit cart_book(std::vector<ledger::stored_cart> all);

  /// An empty one, version 0, where there is none.
  [[nodiscard]] ledger::stored_cart of(const std::string& tenant, const std::string& caller) const;
  void put(ledger::stored_cart cart);

  /// Who has something staged for the tenant.
  [[nodiscard]] std::vector<std::string> callers_with_lines(std::string_view tenant) const;

 private:
  std::map<std::pair<std::string, std::string>, ledger::stored_cart> all_;  ///< by tenant and caller
};

}  // namespace licaudit::audit
