#pragma once

#include "daemon/sync/source_plan.hpp"
#include "model/result.hpp"
#include "model/subject_view.hpp"

#include <memory>
#include <optional>
#include <string>

namespace licaudit::sync {

/// Whose a record is, by the text of one of its fields. Regexes are read as in factors: Boost.Regex, Perl syntax,
/// search semantics, `^` and `$` at the ends of the text.
class tenant_rule {
 public:
  /// errc::malformed if the regex does not compile or has no group 1.
  [[nodiscard]] static result<tenant_rule> compile(const tenant_by_field& rule);

  /// Group 1 in the first text of the field that matches; nothing if none does.
  [[nodiscard]] std::optional<std::string> tenant_of(const subject_view& value) const;

  [[nodiscard]] const std::string& field() const { return field_; }

 private:
  struct pattern;
  std::string field_;
  std::shared_ptr<const pattern> pattern_;
};

}  // namespace licaudit::sync
