#include "daemon/ledger/row_forms.hpp"

#include "daemon/ledger/field_text.hpp"
#include "model/digest.hpp"

#include <chrono>

namespace licaudit::ledger {

namespace {

json::value parsed(std::string_view form, const char* what) {
  auto value = parse_json(form);
  if (!value) throw storage_error(std::string(what) + ": " + value.error().detail, false);
  return std::move(*value);
}

json::array counts(std::int64_t added, std::int64_t removed, std::int64_t changed) {
  return json::array{added, removed, changed};
}

subject_movement movement_of(const json::object& form) {
  subject_movement moved;
  moved.tenant = form.at("tenant").as_string();
  const auto& users = form.at("users").as_array();
  const auto& numbers = form.at("numbers").as_array();
  moved.users_added = users.at(0).to_number<std::int64_t>();
  moved.users_removed = users.at(1).to_number<std::int64_t>();
  moved.users_changed = users.at(2).to_number<std::int64_t>();
  moved.numbers_added = numbers.at(0).to_number<std::int64_t>();
  moved.numbers_removed = numbers.at(1).to_number<std::int64_t>();
  moved.numbers_changed = numbers.at(2).to_number<std::int64_t>();
  return moved;
}

}  // namespace

subject subject_of(subject_name name, std::int64_t quantity, std::string_view fields) {
  subject value;
  value.name = std::move(name);
  value.quantity = quantity;
  value.fields = fields_of(fields);
  return value;
}

tenant tenant_of(std::string_view form) {
  auto value = tenant_from_json(parsed(form, "a tenant"));
  if (!value) throw storage_error("a tenant: " + value.error().detail, false);
  return std::move(*value);
}

tally_row tally_row_of(const rows& row, int first) {
  return {std::string(row.text(first)),    std::string(row.text(first + 1)), row.integer(first + 2),
          row.optional_integer(first + 3), row.integer(first + 4),           row.integer(first + 5)};
}

stored_calculation calculation_of(std::int64_t sequence, std::int64_t at_ms, std::string_view form) {
  stored_calculation value;
  value.sequence = sequence;
  value.at = from_milliseconds(at_ms);
  if (form.empty()) return value;
  try {
    const auto facts = parsed(form, "a calculation");
    if (auto cause = calculation_cause_from_json(facts.at("cause"))) value.cause = std::move(*cause);
    for (const auto& one : facts.at("moved").as_array()) {
      auto moved = movement_of(one.as_object());
      value.moved.emplace(moved.tenant, moved);
    }
    return value;
  } catch (const std::exception& error) {  // Boost.JSON's word for a member that is missing or of another type
    throw storage_error("calculation " + std::to_string(sequence) + ": its form is damaged: " + error.what(), false);
  }
}

json::object calculation_form(const calculation_facts& facts) {
  json::object form;
  form["cause"] = to_json(facts.cause);
  form["scope"] = facts.scope ? json::value(text_array(*facts.scope)) : json::value(nullptr);
  form["rules"] = facts.rules;
  form["tenants"] = facts.tenants;
  form["root"] = to_hex(facts.root);
  json::array moved;
  for (const auto& one : facts.moved) {
    json::object row;
    row["tenant"] = one.tenant;
    row["users"] = counts(one.users_added, one.users_removed, one.users_changed);
    row["numbers"] = counts(one.numbers_added, one.numbers_removed, one.numbers_changed);
    moved.push_back(std::move(row));
  }
  form["moved"] = std::move(moved);
  return form;
}

std::int64_t month_of(instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return int{day.year()} * 100 + static_cast<std::int64_t>(unsigned{day.month()});
}

}  // namespace licaudit::ledger
