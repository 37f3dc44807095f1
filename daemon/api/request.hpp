#pragma once

#include "daemon/access/caller.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

enum class method : std::uint8_t { get, head, post, put, patch, remove, other };

/// `GET`, ...; `other` has no text.
[[nodiscard]] std::string_view to_text(method value);

/// A whole request, decoded. Texts in it are bytes as sent, nothing is trusted but `caller`.
struct request {
  api::method method = api::method::get;
  std::vector<std::string> path{};  ///< segments, percent-decoded: a segment may hold a slash
  std::map<std::string, std::string, std::less<>> query{};
  std::string body{};
  std::string accept{};           ///< header `Accept`
  std::string deletion_secret{};  ///< header `Licaudit-Deletion-Secret`
  std::string authorization{};    ///< header `Authorization`; what it is worth, `caller` says
  bool has_length = true;         ///< false: neither a length nor chunks were announced
  access::caller caller{};
};

}  // namespace licaudit::api
