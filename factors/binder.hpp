#pragma once

#include "factors/tenant_rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// Makes the `tenant_rules` of one tenant, and finds what is wrong with them; used once.
class binder {
 public:
  binder(const compiled& all, const tenant_texts& whose, instant now, const held_fields& held,
         std::vector<rule_problem>* problems);

  [[nodiscard]] tenant_rules run();

 private:
  /// Where in the rules the work stands, for problems.
  struct place {
    std::uint32_t factor;
    list_kind which;
    std::uint32_t position;
  };

  void bind_list(std::uint32_t factor, list_kind which);
  [[nodiscard]] planned_criterion plan(const criterion& one, place at);
  void give_slots(planned_criterion& one, place at);

  void note_blanks(const planned_list& list, std::uint32_t factor, list_kind which);
  void note_blanks(const planned_criterion& planned, place at);
  [[nodiscard]] bool can_match_somewhere(const planned_test& test) const;
  void note_blank(const site_view* view, const std::string& field, const std::string& test_field, place at,
                  std::string text);
  void note_bad(place at, const std::string& field, std::string text);
  [[nodiscard]] rule_problem problem(place at, const std::string& field, std::string text) const;

  const compiled& all_;
  const held_fields& held_;
  tenant_rules made_;
  std::vector<rule_problem>* problems_;  ///< null: nobody wants to know
};

}  // namespace licaudit::factors
