#pragma once

#include "daemon/settings/yaml_value.hpp"
#include "model/licence_terms.hpp"

#include <functional>
#include <string>

namespace licaudit::settings {

/// Of a key of a licence that another file gave already: the place of the first, or empty. Notes the place of new ones.
using said_before = std::function<std::string(const std::string& key, const yaml_value& value)>;

/// The keys of a licence that say how it is sold. The files of factors.d may each say some of them; two that say the
/// same key must agree.
void read_licence_terms(yaml_map& in, licence_terms& into, const said_before& before);

/// The keys of a factor that say how it counts.
void read_counting_terms(yaml_map& in, counting_terms& into);

}  // namespace licaudit::settings
