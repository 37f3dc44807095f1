#include "daemon/ledger/chain.hpp"

#include "model/canonical_text.hpp"
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
  // Members in the order of their names, by hand: a first synchronisation makes a million.
  std::string text(salt);
  text.reserve(128 + tenant.size() + id.size() + fields_json.size() + fields_json.size() / 4);
  text += R"({"fields":)";
  // The fields stand as the text that is stored: to hash it is to hash what can be read back.
  if (fields_json.empty())
    text += "null";
  else
    append_canonical(text, fields_json);
  text += R"(,"id":)";
  append_canonical(text, id);
  text += R"(,"kind":)" + std::to_string(kind) + R"(,"quantity":)" + std::to_string(quantity) + R"(,"tenant":)";
  append_canonical(text, tenant);
  text += '}';
  return sha256(text);
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

void movements_digest::add(const subject_movement& one) {
  stream_.add(canonical_json(json::array{one.tenant, one.users_added, one.users_removed, one.users_changed,
                                         one.numbers_added, one.numbers_removed, one.numbers_changed}));
  stream_.add("\n");
  ++count_;
}

json::object movements_digest::form() {
  json::object form;
  form["count"] = count_;
  form["digest"] = to_hex(stream_.finish());
  return form;
}

}  // namespace licaudit::ledger
