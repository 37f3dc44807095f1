#pragma once

#include "factors/tenant_rules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace licaudit::factors {

/// Makes the `tenant_rules` of one tenant; used once.
class binder {
 public:
  binder(const compiled& all, const tenant& whose, instant now, const held_fields& held);

  [[nodiscard]] tenant_rules run();

 private:
  /// One way to read the site placeholders.
  struct site_view {
    const site* of;  ///< null: the tenant has no site, its fields are blank
    const std::string* former = nullptr;

    [[nodiscard]] std::string text(const std::string& field) const;
  };
  /// Where in the rules the work stands, for problems.
  struct place {
    std::uint32_t factor;
    list_kind which;
    std::uint32_t position;
  };
  struct blank {
    const site* of;  ///< null: a value of the tenant
    const std::string& field;
    const std::string& test_field;
  };

  void bind_list(std::uint32_t factor, list_kind which);
  void bind_criterion(const criterion& written, planned_criterion planned, place at, bound_list& into);
  [[nodiscard]] std::optional<std::vector<bound_test>> bind_instance(const planned_criterion& planned, place at,
                                                                     const site_view& view);
  [[nodiscard]] std::optional<std::uint32_t> own_index(const planned_test& test, const site_view& view, place at);
  [[nodiscard]] planned_criterion plan(const criterion& one, place at);

  void note_blanks(const planned_criterion& planned, place at);
  [[nodiscard]] bool can_match_somewhere(const planned_test& test) const;
  void note_blank(const blank& value, place at, std::string text);
  void note_bad(place at, const std::string& field, std::string text);
  [[nodiscard]] rule_problem problem(place at, const std::string& field, std::string text) const;

  const compiled& all_;
  const tenant& whose_;
  const held_fields& held_;
  std::vector<site_view> views_;
  tenant_rules made_;
};

}  // namespace licaudit::factors
