#pragma once

#include "daemon/settings/rule_places.hpp"
#include "daemon/settings/yaml_value.hpp"
#include "model/factor_set.hpp"

#include <map>
#include <string>

namespace licaudit::settings {

/// Reads files of factors.d one after the other and merges them: the factors of one licence may stand in several files,
/// so that a host adds a file and leaves the catalogue as it was installed.
class factor_reader {
 public:
  /// One document.
  void read(const yaml_value& document);

  /// Sorted as factors::rules wants them. Once.
  [[nodiscard]] factor_set take();

  [[nodiscard]] const rule_places& places() const { return places_; }

 private:
  void read_services(const yaml_value& value);
  void read_licence(const yaml_value& item);
  void read_title(const yaml_value& value, licence& into);
  void read_billing(const yaml_value& value, licence& into);
  void read_factor(const yaml_value& item, licence& into);
  [[nodiscard]] licence& licence_of(const std::string& id);
  void settle(const std::string& rule_path, std::string& current, const std::string& given, const yaml_value& value);

  factor_set set_;
  rule_places places_;
};

}  // namespace licaudit::settings
