#pragma once

#include "model/instant.hpp"
#include "model/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::audit {

class desk;
struct tenant_slot;

struct relocation_request {
  std::string tenant, to;
  std::optional<instant> effective;  ///< none: at once
};

/// What becomes different when a tenant gets another parent: the sums of the old and the new one, and what the tenant
/// and its subtree inherit.
struct relocation {
  struct factor {
    std::string factor;
    std::int64_t from_n1 = 0, from_n2 = 0, to_n1 = 0, to_n2 = 0;
  };
  struct licence {
    std::string licence;
    std::optional<std::int64_t> acquired_from, acquired_to;
    std::int64_t licensed_from = 0, licensed_to = 0;
    std::vector<factor> factors;  ///< those that move
  };
  struct sum {
    std::string tenant;
    std::vector<licence> licences;  ///< those that move
  };
  struct position {
    std::string tenant, licence, factor;
    bool from = true, to = true;
  };
  struct zone {
    std::string tenant, from, to;
  };
  struct standing {
    std::string tenant;
    bool from = false, to = false;
  };

  struct pool_change {
    std::string tenant, licence;
    std::optional<pool> from, to;  ///< none: it hands out of none
  };

  std::string tenant, from, to;
  std::optional<instant> effective;  ///< none: at once
  std::vector<sum> sums;             ///< of the old parent, and of the new one
  std::vector<pool_change> pools;    ///< of those above both places
  std::vector<position> switches;
  std::vector<zone> zones;
  std::vector<standing> disabled;
};

/// Works it out; nothing is changed. The parent is one that the tenant can get.
[[nodiscard]] relocation relocation_of(desk& all, tenant_slot& slot, tenant_slot& parent);

/// Why the pools above that parent have no room for what the tenant has, with the figures; empty: they have.
[[nodiscard]] std::string pool_objection_to(desk& all, tenant_slot& slot, tenant_slot& parent);

}  // namespace licaudit::audit
