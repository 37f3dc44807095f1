#pragma once

#include "daemon/api/kept_answers.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::api {

/// Answers to `check` of the newest view. Whatever quantity is asked for, a licence of a tenant has two answers, yes
/// and no: nobody fills the memory with quantities.
class kept_checks {
  struct answers {
    std::optional<std::int64_t> available;  ///< how much gets a yes; none: any
    std::shared_ptr<const std::string> yes, no;
    instant until;
    [[nodiscard]] const std::shared_ptr<const std::string>& to(std::int64_t quantity) const {
      return !available || quantity <= *available ? yes : no;
    }
    [[nodiscard]] std::size_t bytes() const { return yes->capacity() + no->capacity(); }
  };

 public:
  explicit kept_checks(std::size_t most_bytes = kept_answers<answers>::usual_bytes) : answers_(most_bytes) {}

  /// `of` is a tenant of the view. An answer is written again when the period of the licence's limit is over. Null:
  /// neither the rules nor the tenant's page know the licence.
  [[nodiscard]] std::shared_ptr<const std::string> answer_to(const std::shared_ptr<const audit::view>& seen,
                                                             const audit::tenant_view& of, std::string_view licence,
                                                             std::int64_t quantity, instant now);

 private:
  kept_answers<answers> answers_;
};

}  // namespace licaudit::api
