#include "plugins/sdk/utf8.hpp"

#include <boost/locale/utf.hpp>

#include <algorithm>

namespace licaudit::sdk {

bool is_utf8_text(std::string_view bytes) {
  namespace utf = boost::locale::utf;
  const auto is_plain = [](char c) { return static_cast<signed char>(c) > 0; };
  const auto* at = std::find_if_not(bytes.begin(), bytes.end(), is_plain);
  while (at != bytes.end()) {
    const auto point = utf::utf_traits<char>::decode(at, bytes.end());
    if (point == 0 || point == utf::illegal || point == utf::incomplete) return false;
    at = std::find_if_not(at, bytes.end(), is_plain);
  }
  return true;
}

}  // namespace licaudit::sdk
