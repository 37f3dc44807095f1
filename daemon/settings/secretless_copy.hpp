#pragma once

#include <string>
#include <string_view>

namespace licaudit::settings {

/// What stands in the place of a secret.
inline constexpr std::string_view removed_secret = "'removed'";

/// A file of the settings as it may leave this host: the values of keys that look like secrets (`password`,
/// `token_sha256`, `client_secret`, ...) and what URLs say before `@` are replaced; `{ file: .. }` and
/// `{ credential: .. }` only say where a secret lies and stay. A file in which not every secret can be told from the
/// rest, as one that is no YAML, becomes a comment that says so.
[[nodiscard]] std::string without_secrets(const std::string& text);

}  // namespace licaudit::settings
