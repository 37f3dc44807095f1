#include "daemon/ledger/calculation_form.hpp"

#include "daemon/ledger/chain.hpp"

#include <string>

namespace licaudit::ledger {

json::object calculation_form(const calculation_facts& facts) {
  movements_digest moved;
  for (const auto& one : facts.moved) moved.add(one);
  json::object form;
  form["cause"] = to_json(facts.cause);
  form["scope"] = facts.scope ? json::value(text_array(*facts.scope)) : json::value(nullptr);
  form["rules"] = facts.rules;
  form["tenants"] = facts.tenants;
  form["root"] = to_hex(facts.root);
  form["moved"] = moved.form();
  return form;
}

calculation_cause cause_of(std::string_view text) {
  const auto parsed = parse_json(text);
  if (!parsed) throw storage_error("the cause of a calculation: " + parsed.error().detail, false);
  auto cause = calculation_cause_from_json(*parsed);
  if (!cause) throw storage_error("the cause of a calculation: " + cause.error().detail, false);
  return std::move(*cause);
}

subject_movement movement_of(const rows& row, std::string_view tenant, int first) {
  subject_movement moved;
  moved.tenant = tenant;
  int column = first;
  for (auto* count : {&moved.users_added, &moved.users_removed, &moved.users_changed, &moved.numbers_added,
                      &moved.numbers_removed, &moved.numbers_changed})
    *count = row.integer(column++);
  return moved;
}

}  // namespace licaudit::ledger
