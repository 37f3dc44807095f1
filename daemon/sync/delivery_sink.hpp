#pragma once

#include "daemon/ledger/delivery.hpp"
#include "model/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

namespace licaudit::sync {

/// What a run starts from.
struct given_and_cursor {
  ledger::given_inventory given;  ///< what the last sound run gave
  std::string cursor;             ///< as its delivery carried it, byte for byte; empty: none
};

/// What became of a delivery.
struct delivery_outcome {
  source_run run;        ///< with the ledger's id and with `held` where a guard holds
  bool changed = false;  ///< inventory is different now
  std::vector<std::string> held_tenants{};
};

/// Where runs come from and go to: the ledger and the audit behind it. Called on the loop; what is slow inside belongs
/// to the worker. Neither call is cut short when the daemon stops: a transaction under way is finished.
class delivery_sink {
 public:
  virtual ~delivery_sink() = default;

  /// A source that the ledger does not know yet gives an empty inventory.
  virtual boost::asio::awaitable<result<given_and_cursor>> given(std::string source) = 0;

  /// Failed runs come too: they are recorded and change nothing. A failure means that nothing was stored.
  virtual boost::asio::awaitable<result<delivery_outcome>> take(ledger::delivery value) = 0;
};

}  // namespace licaudit::sync
