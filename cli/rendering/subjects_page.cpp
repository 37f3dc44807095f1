#include "cli/rendering/subjects_page.hpp"

#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/printable.hpp"

#include <set>

namespace licaudit::cli::rendering {

namespace {

/// As the API wrote it, which is exact.
std::string number_text(const json::value& of, std::string_view member) {
  const auto* value = value_at(of, member);
  return value == nullptr || value->is_null() ? "-" : printable(plain_text(*value, ""));
}

std::string with_unit(std::string number, std::string_view unit) {
  return unit.empty() ? std::move(number) : std::move(number) + ' ' + printable(unit);
}

/// `  disk: 1200000 MB, read Fri 20 Nov`. One line a meter, however many licences it counts for.
std::string reading_lines(const json::object& page, const view& as) {
  const auto clock = as.clock_of(page);
  std::string lines;
  std::set<std::string> told;
  for (const auto& row : elements(page, "subjects")) {
    if (value_at(row, "reading") == nullptr || !told.insert(std::string(text_at(row, "key"))).second) continue;
    const auto name = text_at(row, "subject");
    auto text = "  " + printable(name.empty() ? text_at(row, "key") : name) + ": " +
                with_unit(number_text(row, "reading.used"), text_at(row, "reading.unit"));
    if (const auto at = text_at(row, "reading.at"); !at.empty()) text += ", read " + clock.brief(at);
    lines += flow().add(std::move(text)).text(as);
  }
  return lines;
}

/// `3 units each, by retention 9 months`
std::string units_text(const json::value& account) {
  const auto each = integer_at(account, "units.each").value_or(1);
  const auto setting = printable(text_at(account, "units.setting"));
  return std::to_string(each) + (each == 1 ? " unit each, by " : " units each, by ") +
         printable(text_at(account, "units.per")) + (setting.empty() ? ", which is not set" : ' ' + setting);
}

/// `  storage/gigabytes: 1200 GB, counted 3 packages of 500 GB`; what simply adds up is only counted.
std::string account_line(const json::value& account, const view& as) {
  const auto unit = text_at(account, "unit");
  const bool by_setting = integer_at(account, "units.each").has_value();
  const auto size = integer_at(account, "package.size");
  auto text = "  " + printable(text_at(account, "licence")) + '/' + printable(text_at(account, "factor")) + ": ";
  if (!unit.empty() || by_setting || size) text += with_unit(number_text(account, "worth"), unit) + ", ";
  if (by_setting) text += units_text(account) + ", ";
  const auto counted = integer_at(account, "counted").value_or(0);
  text += "counted " + std::to_string(counted);
  if (size)
    text += (counted == 1 ? " package of " : " packages of ") +
            with_unit(std::to_string(*size), text_at(account, "package.unit"));
  return flow().add(std::move(text)).text(as);
}

}  // namespace

std::string subjects_page(const json::object& page, const view& as) {
  const auto clock = as.clock_of(page);
  auto text = printable(text_at(page, "tenant"));
  if (const auto at = text_at(page, "at"); !at.empty()) text += "   as of " + clock.full(at);
  const auto table = subject_list().people(page, as);
  text += '\n' + (table.empty() ? "no subjects\n" : table) + reading_lines(page, as);
  for (const auto& account : elements(page, "factors")) text += account_line(account, as);
  return text;
}

}  // namespace licaudit::cli::rendering
