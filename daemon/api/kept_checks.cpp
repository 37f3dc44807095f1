#include "daemon/api/kept_checks.hpp"

#include "daemon/api/licence_check.hpp"

#include <utility>

namespace licaudit::api {

std::shared_ptr<const std::string> kept_checks::answer_to(const std::shared_ptr<const audit::view>& seen,
                                                          const audit::tenant_view& of, std::string_view licence,
                                                          std::int64_t quantity, instant now) {
  if (const auto* there = answers_.find(seen, of, licence, now)) return there->to(quantity);
  if (!knows_licence(*seen, of, licence)) return nullptr;
  const auto bound = licence_bound_of(*seen, of, licence, now);
  const auto said = [&](bool allowed) {
    auto text = check_answer(*seen, of, licence, bound, allowed);
    text.shrink_to_fit();  // there may be many
    return std::make_shared<const std::string>(std::move(text));
  };
  const answers made{bound.available, said(true), said(false), bound.holds_until};
  answers_.keep(of, licence, made);
  return made.to(quantity);
}

}  // namespace licaudit::api
