#pragma once

#include "model/result.hpp"

#include <filesystem>
#include <utility>

namespace licaudit::ledger {

/// Whoever holds it works on the state folder alone; it ends with the object, and with the process.
class state_lock {
 public:
  /// Makes the folder if it must. errc::conflict: another has it.
  [[nodiscard]] static result<state_lock> take(const std::filesystem::path& folder);
  ~state_lock();
  state_lock(state_lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  state_lock& operator=(state_lock&&) = delete;

 private:
  explicit state_lock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace licaudit::ledger
