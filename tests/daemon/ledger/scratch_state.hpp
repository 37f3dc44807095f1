#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/reader.hpp"

#include <filesystem>
#include <memory>

namespace licaudit::ledger {

/// A state folder of a test's own, removed with all that lies in it.
class scratch_state {
 public:
  scratch_state();
  ~scratch_state();
  scratch_state(const scratch_state&) = delete;
  scratch_state& operator=(const scratch_state&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "licaudit.db"; }
  [[nodiscard]] std::unique_ptr<ledger> open() const;  ///< throws where it cannot be opened
  [[nodiscard]] std::unique_ptr<reader> read() const;

 private:
  std::filesystem::path folder_;
};

/// `2026-01-31T10:00:00Z`
[[nodiscard]] instant at(const char* text);

}  // namespace licaudit::ledger
