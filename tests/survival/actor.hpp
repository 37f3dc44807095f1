#pragma once

#include "tests/survival/ledger_copy.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace licaudit::test {

/// One thing to ask of the daemon, and what is different once it is done.
struct step {
  std::string method, target, body;
  std::function<void()> take_effect;
  bool one_commit = true;  ///< false: several, so that half of an order under way may be there
};

/// What the daemon said that it has done.
struct acknowledgement {
  std::int64_t operation = 0;
  std::optional<std::int64_t> calculation;
};

/// Somebody who gives orders, one at a time, and remembers what must be there. Its orders make operations of types that
/// nobody else gives, so that they can be counted.
class actor {
 public:
  explicit actor(std::vector<std::string> types) : types_(std::move(types)) {}
  virtual ~actor() = default;
  actor(const actor&) = delete;
  actor& operator=(const actor&) = delete;

  [[nodiscard]] virtual step next(std::mt19937_64& random) = 0;
  /// How the ledger differs from what must be there; empty: it does not.
  [[nodiscard]] virtual std::string difference(const ledger_copy& left) const = 0;

  void begin(step what) { under_way_ = std::move(what); }
  void acknowledge(const acknowledgement& done);
  /// It was refused: it must not be there.
  void withdraw() { under_way_.reset(); }

  /// After the daemon has died: what was acknowledged is there once, the order under way wholly or not at all, and
  /// nothing else. From then on what is there must stay.
  [[nodiscard]] std::string settle(const ledger_copy& left);

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }
  /// Orders that were committed before the daemon died, and their answer was not out yet.
  [[nodiscard]] std::size_t kept_without_answer() const { return kept_without_answer_; }

 private:
  [[nodiscard]] std::string missing_from(const ledger_copy& left) const;

  std::vector<std::string> types_;
  std::vector<acknowledgement> acknowledged_;
  std::optional<step> under_way_;
  long long operations_ = 0;  ///< that must be in the ledger
  std::size_t kept_without_answer_ = 0;
};

}  // namespace licaudit::test
