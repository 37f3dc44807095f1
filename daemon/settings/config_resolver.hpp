#pragma once

#include "daemon/settings/settings.hpp"
#include "model/result.hpp"

#include <string>
#include <string_view>

namespace licaudit::settings {

/// The `config` that a run of the source receives, made at the start of each run:
///   * `${tenant.FIELD}` becomes the field of `for_each`, as it is; a blank one is a failure. In a path it may not hold
///     a slash, so that a record of a tenant cannot choose a file outside its folder.
///   * `{file: PATH}` becomes the text of the file, `{credential: NAME}` that of $CREDENTIALS_DIRECTORY/NAME; at most
///     64 KiB of UTF-8, without line ends at its end. Read each time, because secrets are renewed.
///   * Relative paths start at `source.directory`: the texts of `path`, `users`, `policies` and `routes` of the config
///     itself (below, such a key may be a column's name), and any text that begins with ./ or ../
/// `for_each` is null for a source without `for_each`. The failure names the key, and never shows a secret.
[[nodiscard]] result<json::object> resolve_config(const source_settings& source, const tenant* for_each);

/// Is every `${` of the text a `${tenant.FIELD}`? The failure says which is not. The value: does it hold any?
[[nodiscard]] result<bool> has_placeholders(std::string_view text);

}  // namespace licaudit::settings
