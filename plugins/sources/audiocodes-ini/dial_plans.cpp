#include "plugins/sources/audiocodes-ini/dial_plans.hpp"

#include "model/names.hpp"
#include "plugins/sources/audiocodes-ini/ini_tables.hpp"

#include <utility>

namespace licaudit::audiocodes_ini {

namespace {

constexpr const char* plan_table = "DialPlan";
constexpr const char* rule_table = "DialPlanRule";

/// Finds columns of one table and remembers the first that is missing.
class column_finder {
 public:
  column_finder(const ini_table& table, const sdk::text_file& file) : table_(table), file_(file) {}

  std::size_t find(const char* name) {
    if (const auto found = table_.find_column(name)) return *found;
    if (!wrong_) {
      std::string columns;
      for (const auto& column : table_.columns) columns += (columns.empty() ? "" : ", ") + column;
      wrong_ = file_.wrong(table_.format_line, std::string("FORMAT names no column ") + name + ", only " + columns);
    }
    return 0;
  }

  [[nodiscard]] const std::optional<failure>& wrong() const { return wrong_; }

 private:
  const ini_table& table_;
  const sdk::text_file& file_;
  std::optional<failure> wrong_;
};

failure no_table(const sdk::text_file& file, const char* name) {
  return {errc::malformed, file.path() + ": has no table [ " + name +
                               " ]; is it the ini file of a session border controller, and whole?"};
}

result<void> read_names(const ini_table& table, const sdk::text_file& file, dial_plans& plans) {
  column_finder columns(table, file);
  const auto name = columns.find("Name");
  if (columns.wrong()) return *columns.wrong();
  for (const auto& row : table.rows) plans.names.emplace(trimmed(row.cells[name]));
  return {};
}

result<void> read_rules(const ini_table& table, const sdk::text_file& file, dial_plans& plans) {
  column_finder columns(table, file);
  const auto plan = columns.find("DialPlanName");
  const auto name = columns.find("Name");
  const auto prefix = columns.find("Prefix");
  const auto tag = columns.find("Tag");
  if (columns.wrong()) return *columns.wrong();
  for (const auto& row : table.rows) {
    const auto cell = [&row](std::size_t index) { return std::string(trimmed(row.cells[index])); };
    dial_plan_rule rule{cell(plan), cell(name), cell(prefix), cell(tag), row.line};
    if (plans.names.count(rule.plan) == 0) {
      return file.wrong(row.line,
                        "the rule is of the dial plan " + in_quotes(rule.plan) + ", which the table DialPlan lacks");
    }
    if (!is_subject_id(rule.plan + "/" + rule.prefix) || rule.prefix.empty()) {
      return file.wrong(row.line, "the rule's prefix is empty, has control characters, or is too long");
    }
    plans.rules.push_back(std::move(rule));
  }
  return {};
}

}  // namespace

result<dial_plans> read_dial_plans(const std::string& path) {
  auto file = sdk::text_file::open(path);
  if (!file) return file.error();
  const auto tables = read_ini_tables(*file, {plan_table, rule_table});
  if (!tables) return tables.error();
  const auto names = tables->find(plan_table);
  const auto rules = tables->find(rule_table);
  if (names == tables->end()) return no_table(*file, plan_table);
  if (rules == tables->end()) return no_table(*file, rule_table);
  dial_plans plans;
  if (auto read = read_names(names->second, *file, plans); !read) return read.error();
  if (auto read = read_rules(rules->second, *file, plans); !read) return read.error();
  return plans;
}

}  // namespace licaudit::audiocodes_ini
