#pragma once

#include "tests/system/running_daemon.hpp"

#include <string>
#include <string_view>

namespace licaudit::test {

/// The tenants of the sample host without its sources: what is given here comes from shell scripts of the test.
class scripted_host : public running_daemon {
 public:
  scripted_host();

  /// Makes the source program NAME say this from now on; its standard input is in `$request`.
  void script(const std::string& name, const std::string& body) const;
  /// A file of sources.d with one source whose program is NAME. `rest`: further keys, as in `, timeout: 2s`.
  void source(const std::string& file, const std::string& name, const std::string& rest = {}) const;
  /// `n1 (n2)` of a factor on a tenant's page; `licensed` and `state` too.
  [[nodiscard]] std::string shown(const std::string& tenant, const std::string& factor) const;
  /// The kinds of all findings, with a blank after each.
  [[nodiscard]] std::string findings() const;
};

/// A body for `script`: a whole snapshot with these lines.
[[nodiscard]] std::string snapshot(std::string_view lines);
/// Users u0, u1, ... on a gateway of contoso's London site.
[[nodiscard]] std::string users(int count, std::string_view gateway = "sb1-1316004-508-3.sbc.example.net");
[[nodiscard]] std::string user(std::string_view id, std::string_view fields);

}  // namespace licaudit::test
