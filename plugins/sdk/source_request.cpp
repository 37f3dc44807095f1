#include "plugins/sdk/source_request.hpp"

#include "plugins/sdk/protocol.hpp"

namespace licaudit::sdk {

result<source_request> parse_source_request(std::string_view text) {
  auto value = parse_json(text);
  if (!value) return failure{errc::malformed, "the request on standard input: " + value.error().detail};
  json_reader in(*value, "the request on standard input");
  in.allow_others();
  source_request request;
  const auto protocol = in.integer("protocol");
  request.source = in.optional_text("source");
  const auto* cursor = in.optional_value("cursor");
  if (cursor != nullptr && cursor->is_string()) {
    request.cursor = cursor->get_string();
  } else if (cursor != nullptr && !cursor->is_null()) {
    in.refuse("cursor", "a text or null");
  }
  if (const auto* config = in.optional_object("config")) request.config = *config;
  if (auto wrong = in.finish()) return *wrong;
  if (protocol != protocol_version) {
    return failure{errc::malformed, "the request on standard input speaks protocol " + std::to_string(protocol) +
                                        ", this source speaks " + std::to_string(protocol_version)};
  }
  return request;
}

}  // namespace licaudit::sdk
