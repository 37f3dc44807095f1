#pragma once

#include "model/finding.hpp"

#include <string>
#include <utility>

namespace licaudit::audit {

/// What every finding says; who makes it adds what else there is to tell. An empty tenant: it is of the host.
[[nodiscard]] inline finding new_finding(std::string kind, severity level, std::string tenant, std::string text,
                                         std::string action) {
  finding one;
  one.kind = std::move(kind);
  one.level = level;
  one.tenant = std::move(tenant);
  one.text = std::move(text);
  one.action = std::move(action);
  return one;
}

}  // namespace licaudit::audit
