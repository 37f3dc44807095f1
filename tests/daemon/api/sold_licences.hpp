#pragma once

#include "sample_house.hpp"

namespace licaudit::api {

/// Gives every tenant of the view licences as they are sold: beside `ump` 60 `agents`, `speech-to-text` of 5,000
/// minutes a month, and 11 of 15 packages of the deprecated `storage`.
void sell(audit::view& seen);

/// A tenant of the view that can be changed.
[[nodiscard]] audit::tenant_view& change_tenant(audit::view& seen, const std::string& tenant);
[[nodiscard]] licence_tally& tally_of(audit::tenant_view& of, const std::string& licence);

}  // namespace licaudit::api
