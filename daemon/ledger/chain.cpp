#include "daemon/ledger/chain.hpp"

#include "model/json.hpp"

namespace licaudit::ledger {

digest entry_hash(std::int64_t sequence, std::string_view kind, std::int64_t at_ms, const digest& payload,
                  const digest& previous) {
  json::object form;
  form["sequence"] = sequence;
  form["kind"] = kind;
  form["at"] = at_ms;
  form["payload"] = to_hex(payload);
  form["previous"] = to_hex(previous);
  return sha256(canonical_json(form));
}

digest version_digest(std::string_view salt, std::string_view tenant, std::int64_t kind, std::string_view id,
                      std::int64_t quantity, std::string_view fields_json) {
  json::object form;
  form["tenant"] = tenant;
  form["kind"] = kind;
  form["id"] = id;
  form["quantity"] = quantity;
  // The fields stand as the text that is stored: to hash it is to hash what can be read back.
  if (fields_json.empty())
    form["fields"] = nullptr;
  else
    form["fields"] = fields_json;
  return sha256(std::string(salt) + canonical_json(form));
}

void versions_digest::add(std::string_view key, const digest& version) {
  stream_.add(key);
  stream_.add(bytes_of(version));
  ++count_;
}

json::object versions_digest::form() {
  json::object form;
  form["count"] = count_;
  form["digest"] = to_hex(stream_.finish());
  return form;
}

}  // namespace licaudit::ledger
