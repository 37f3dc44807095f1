#include "daemon/settings/http_reader.hpp"

#include <arpa/inet.h>

#include <array>
#include <charconv>

namespace licaudit::settings {

namespace {

constexpr const char* a_place = "an address in digits and a port, such as 127.0.0.1:9478, '[::1]:9478' or only 9478";

bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  const int family = text.find(':') == std::string::npos ? AF_INET : AF_INET6;
  return ::inet_pton(family, text.c_str(), bytes.data()) == 1;
}

/// `ADDRESS:PORT`, `[ADDRESS]:PORT`; a port alone is one of this machine.
result<listen_address> parse_place(std::string_view text) {
  listen_address place;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    std::string_view address = text.substr(0, colon);
    const bool in_brackets = address.size() > 2 && address.front() == '[' && address.back() == ']';
    if (in_brackets) address = address.substr(1, address.size() - 2);
    place.address = std::string(address);
    if (!is_address(place.address) || in_brackets != (address.find(':') != std::string_view::npos)) {
      return failure{errc::malformed, "no address"};
    }
    text.remove_prefix(colon + 1);
  }
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), place.port);
  if (text.empty() || wrong != std::errc() || end != text.data() + text.size())
    return failure{errc::malformed, "no port"};
  return place;
}

}  // namespace

std::optional<listen_address> read_http(const yaml_value& map) {
  yaml_map in(map);
  std::optional<listen_address> place;
  if (const auto value = in.require("listen", a_place)) {
    if (value->kind() == yaml_kind::integer) {
      if (const auto port = value->integer(0, 0xFFFF)) {
        place.emplace();
        place->port = static_cast<std::uint16_t>(*port);
      }
    } else {
      place = value->parsed(parse_place, a_place);
    }
  }
  in.finish();
  return place;
}

}  // namespace licaudit::settings
