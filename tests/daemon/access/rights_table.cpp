#include "tests/daemon/access/rights_table.hpp"

#include <stdexcept>

namespace licaudit::test {
namespace {

struct family {
  std::string_view id, parent, type;
};

constexpr std::array families{
    family{"host", "", "provider"},
    family{"north", "host", "reseller"},
    family{"albion", "north", "partner"},
    family{"contoso", "albion", "customer"},
    family{"contoso-voice", "contoso", "customer"},
    family{"fabrikam", "north", "customer"},
    family{"south", "host", "reseller"},
    family{"tailspin", "south", "customer"},
};

std::string_view parent_of(std::string_view tenant) {
  for (const family& one : families) {
    if (one.id == tenant) return one.parent;
  }
  return {};
}

const table_row& row_of(std::string_view right) {
  for (const table_row& one : rights_table) {
    if (one.right == right) return one;
  }
  throw std::logic_error("the table has no row " + std::string(right));
}

reach reach_of(std::string_view role, const table_row& row) {
  if (role == "provider") return row.provider;
  if (role == "reseller") return row.reseller;
  if (role == "partner") return row.partner;
  if (role == "customer") return row.customer;
  if (role == "auditor") return row.auditor;
  throw std::logic_error("there is no role " + std::string(role));
}

bool holds(const mapping& one, const table_row& row, std::string_view tenant) {
  const std::string_view seat = one.tenant.empty() ? "host" : one.tenant;
  switch (reach_of(one.role, row)) {
    case reach::no:
      return false;
    case reach::host:
      return seat == "host";
    case reach::update:
      return one.update;
    case reach::own:
      return one.subjects || tenant.empty() || tenant == seat;
    case reach::subtree:
      break;
  }
  return true;
}

}  // namespace

bool is_within(std::string_view tenant, std::string_view ancestor) {
  for (; !tenant.empty(); tenant = parent_of(tenant)) {
    if (tenant == ancestor) return true;
  }
  return false;
}

outcome expected_outcome(const std::vector<mapping>& who, std::string_view right, std::string_view tenant) {
  const table_row& row = row_of(right);
  bool sees = tenant.empty();
  for (const mapping& one : who) {
    if (!tenant.empty() && !is_within(tenant, one.tenant.empty() ? "host" : one.tenant)) continue;
    sees = true;
    if (holds(one, row, tenant)) return outcome::granted;
  }
  return who.empty() ? outcome::unknown : sees ? outcome::refused : outcome::hidden;
}

std::string tenants_file() {
  std::string text;
  for (const family& one : families) {
    text += "- id: " + std::string(one.id) + "\n  name: Name of " + std::string(one.id) + "\n";
    text += "  type: " + std::string(one.type) + "\n";
    if (!one.parent.empty()) text += "  parent: " + std::string(one.parent) + "\n";
    if (one.type == "customer") text += "  service: direct-routing-pro\n";
  }
  return text;
}

}  // namespace licaudit::test
