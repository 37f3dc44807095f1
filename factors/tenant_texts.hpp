#pragma once

#include "model/instant.hpp"
#include "model/tenant.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::factors {

/// What rules can read of a tenant, in one piece of memory: a tenth of what the tenant itself takes.
class tenant_texts {
 public:
  tenant_texts() = default;
  explicit tenant_texts(const tenant& of);

  [[nodiscard]] std::size_t sites() const { return sites_; }
  /// What `tenant::text` and `site::text` say.
  [[nodiscard]] std::string_view text(std::string_view field) const { return text_in(section(0), field); }
  [[nodiscard]] std::string_view site_text(std::size_t which, std::string_view field) const {
    return text_in(site(which), field);
  }
  /// A site as `text_in` reads it: for who asks for several of its texts.
  [[nodiscard]] std::string_view site(std::size_t which) const { return section(which + 1); }
  [[nodiscard]] static std::string_view text_in(std::string_view site, std::string_view field);

  /// Calls `visit(gateway, until)` for each that is not blank.
  template <class Visit>
  void each_former_gateway(std::size_t which, const Visit& visit) const {
    for (auto rest = site(which); !rest.empty();) {
      const auto one = read(rest);
      if (one.is_former) visit(one.value, one.until);
    }
  }

  using application_settings = by_name<std::string>;
  using criteria_by_factor = by_name<criteria_override>;
  [[nodiscard]] const application_settings& settings() const;
  /// Its own `settings`, which units are counted by; numbers as texts.
  using unit_settings = std::map<std::string, std::string, std::less<>>;
  [[nodiscard]] const unit_settings& settings_of_units() const;
  [[nodiscard]] const criteria_by_factor& criteria() const;

  /// Nothing that a rule can read differs.
  [[nodiscard]] bool operator==(const tenant_texts& other) const;

 private:
  struct entry {
    bool is_former;  ///< a gateway that the site had before; `field` is empty
    std::string_view field, value;
    std::optional<instant> until;
  };
  struct rules_of_its_own {
    application_settings settings;
    criteria_by_factor criteria;
    unit_settings units;
  };

  /// 0: the tenant's; else a site's, counted from 1.
  [[nodiscard]] std::string_view section(std::size_t owner) const;
  /// The first entry of a section, of which the rest is left.
  [[nodiscard]] static entry read(std::string_view& rest);

  std::string bytes_;  ///< sections of entries, each with its size before it; numbers and sizes in 7 bits a byte
  std::size_t sites_ = 0;
  std::shared_ptr<const rules_of_its_own> own_;  ///< null for nearly all
};

}  // namespace licaudit::factors
