#pragma once

#include <atomic>
#include <cstdint>

namespace licaudit::ledger {

/// Between the writer and the readers of one file. A reader in its transaction keeps the WAL from being cut; where it
/// has grown too far, the writer asks all that are under way to end, and they answer "ask again". Any thread.
class reading_gate {
 public:
  /// Noted by a read transaction when it begins; it has to end once the number is another one.
  [[nodiscard]] std::uint64_t turn() const { return turn_.load(std::memory_order_relaxed); }
  void clear() { turn_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> turn_{0};
};

}  // namespace licaudit::ledger
