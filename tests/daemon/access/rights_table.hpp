#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::test {

/// Where a role holds a right. `own`: at the tenant of its mapping alone, in the whole subtree with `subjects: true`.
/// `update`: in the subtree with `update: true`. `host`: for the daemon as a whole, from a mapping at the root.
enum class reach : char { no, subtree, own, update, host };

/// Who may do what: the table of the manual (docs/configuration.md), row by row, written down a second time so that it
/// does not follow the code. A customer's subtree are its own services.
struct table_row {
  std::string_view right;
  reach provider, reseller, partner, customer, auditor;
};

inline constexpr std::array rights_table{
    table_row{"status", reach::subtree, reach::subtree, reach::subtree, reach::subtree, reach::subtree},
    table_row{"counts", reach::subtree, reach::subtree, reach::subtree, reach::subtree, reach::subtree},
    table_row{"subjects", reach::own, reach::own, reach::own, reach::subtree, reach::own},
    table_row{"order", reach::subtree, reach::subtree, reach::no, reach::update, reach::no},
    table_row{"switch and apply", reach::subtree, reach::subtree, reach::no, reach::no, reach::no},
    table_row{"attributes", reach::subtree, reach::subtree, reach::subtree, reach::no, reach::no},
    table_row{"create, enable, move", reach::subtree, reach::subtree, reach::no, reach::no, reach::no},
    table_row{"set partner", reach::subtree, reach::no, reach::no, reach::no, reach::no},
    table_row{"delete", reach::subtree, reach::no, reach::no, reach::no, reach::no},
    table_row{"operation log", reach::subtree, reach::subtree, reach::subtree, reach::subtree, reach::subtree},
    table_row{"inspect the daemon", reach::host, reach::no, reach::no, reach::no, reach::host},
    table_row{"operate the daemon", reach::host, reach::no, reach::no, reach::no, reach::no},
};

/// One mapping of `access`.
struct mapping {
  std::string_view role;
  std::string_view tenant;  ///< empty: the root
  bool update = false;
  bool subjects = false;
};

enum class outcome : char { granted, refused, hidden, unknown };

/// What becomes of a right that somebody with these mappings claims at a tenant; empty: at none in particular.
[[nodiscard]] outcome expected_outcome(const std::vector<mapping>& who, std::string_view right,
                                       std::string_view tenant);

/// The tenants of the test: host > north (reseller) > albion (partner) > contoso > contoso-voice; north > fabrikam;
/// host > south (reseller) > tailspin.
[[nodiscard]] bool is_within(std::string_view tenant, std::string_view ancestor);

/// tenants.d for them.
[[nodiscard]] std::string tenants_file();

}  // namespace licaudit::test
