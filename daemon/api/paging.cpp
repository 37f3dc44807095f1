#include "daemon/api/paging.hpp"

#include <charconv>

namespace licaudit::api {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

result<page_request> page_of(const call& asked) {
  page_request page;
  if (const auto text = asked.query("limit")) {
    const auto value = whole_number(*text);
    if (!value || *value < 1 || *value > static_cast<std::int64_t>(largest_page)) {
      return failure{errc::malformed, "limit: expected a whole number from 1 to 1000, found " + std::string(*text)};
    }
    page.limit = static_cast<std::size_t>(*value);
  }
  if (const auto text = asked.query("after")) page.after = std::string(*text);
  return page;
}

result<std::int64_t> number_after(const page_request& page) {
  if (page.after.empty()) return std::int64_t{0};
  if (const auto value = whole_number(page.after)) return *value;
  return failure{errc::malformed, "after: expected the `next` of the page before, found " + page.after};
}

}  // namespace licaudit::api
