#include "daemon/audit/inventory_change.hpp"

#include "model/digest.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

std::string line_text(const ledger::line_hash& line) {
  digest padded{};
  std::copy(line.begin(), line.end(), padded.begin());
  return to_hex(padded).substr(0, 2 * line.size());
}

ledger::line_hash line_from(std::string_view hex) {
  ledger::line_hash line{};
  const auto padded = digest_from_hex(std::string(hex) + std::string(2 * line.size(), '0'));
  if (padded) std::copy_n(padded->begin(), line.size(), line.begin());
  return line;
}

}  // namespace

void inventory_change::put(std::optional<ledger::subject_number> number, const subject& value,
                           const ledger::line_hash& line) {
  const auto record = static_cast<std::uint32_t>(records.size());
  records.add(value, line, 0);
  if (number)
    subjects.push_back({*number, record});
  else
    added.push_back(record);
}

std::string to_form(const waiting_change& change) {
  json::array put, removed;
  for (const auto& [value, line] : change.put) {
    json::object one;
    one["kind"] = to_text(value.name.kind);
    one["id"] = value.name.id;
    one["fields"] = fields_to_json(value.fields);
    one["quantity"] = value.quantity;
    one["line"] = line_text(line);
    put.push_back(std::move(one));
  }
  for (const auto& name : change.removed) {
    json::object one;
    one["kind"] = to_text(name.kind);
    one["id"] = name.id;
    removed.push_back(std::move(one));
  }
  json::object form;
  form["put"] = std::move(put);
  form["removed"] = std::move(removed);
  return canonical_json(form);
}

namespace {

result<subject_name> name_from(const std::string& tenant, json_reader& in) {
  const auto kind = parse_subject_kind(in.text("kind"));
  if (!kind) return kind.error();
  return subject_name{tenant, *kind, in.text("id")};
}

result<void> take_put(const std::string& tenant, const json::value& one, waiting_change& change) {
  json_reader in(one, "a held subject");
  auto name = name_from(tenant, in);
  if (!name) return name.error();
  subject value;
  value.name = std::move(*name);
  value.quantity = in.integer("quantity");
  const auto line = line_from(in.text("line"));
  if (const auto* fields = in.optional_object("fields")) {
    auto map = fields_from_json(*fields);
    if (!map) return map.error();
    value.fields = std::move(*map);
  }
  if (auto wrong = in.finish()) return *wrong;
  change.put.emplace_back(std::move(value), line);
  return {};
}

}  // namespace

result<waiting_change> waiting_change_from(const std::string& tenant, const std::string& form) {
  const auto parsed = parse_json(form);
  if (!parsed) return parsed.error();
  json_reader in(*parsed, "a held difference");
  waiting_change change;
  if (const auto* put = in.optional_array("put"))
    for (const auto& one : *put)
      if (auto taken = take_put(tenant, one, change); !taken) return taken.error();
  if (const auto* removed = in.optional_array("removed"))
    for (const auto& one : *removed) {
      json_reader each(one, "a held removal");
      auto name = name_from(tenant, each);
      if (!name) return name.error();
      change.removed.push_back(std::move(*name));
    }
  if (auto wrong = in.finish()) return *wrong;
  return change;
}

}  // namespace licaudit::audit
