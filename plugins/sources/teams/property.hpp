#pragma once

#include "model/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::teams {

/// A property of a PowerShell object. Names compare without case, as there: modules write `LineUri` and `LineURI`. Null
/// if it is absent or null.
[[nodiscard]] const json::value* find_property(const json::object& object, std::string_view name);

/// A text, trimmed; of a flag `true` or `false`; of a number its digits. Empty if absent, null or anything else.
[[nodiscard]] std::string text_of(const json::object& object, std::string_view name);

/// A list of texts, or one text alone, or {"value":[..],"Count":n}; trimmed, without empty ones. Nothing if the
/// property is absent or null, which an export that lacks it must not hide.
[[nodiscard]] std::optional<std::vector<std::string>> texts_of(const json::object& object, std::string_view name);

/// The name of a policy, which modules give as a text or as an object with `Name` or `Identity`; without the `Tag:` of
/// a policy that is not the global one. Empty if absent: the global one.
[[nodiscard]] std::string policy_of(const json::object& object, std::string_view name);

/// `Tag:Berlin` is `Berlin`.
[[nodiscard]] std::string without_tag(std::string_view identity);

/// ASCII in lower case: the form in which PowerShell's names compare.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace licaudit::teams
