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

std::int64_t month_of(instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return int{day.year()} * 100 + static_cast<std::int64_t>(unsigned{day.month()});
}

}  // namespace licaudit::ledger
