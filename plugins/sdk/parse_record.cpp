#include "plugins/sdk/parse_record.hpp"

#include "model/instant.hpp"
#include "model/json.hpp"
#include "model/measure_unit.hpp"
#include "model/names.hpp"
#include "model/quantity.hpp"
#include "plugins/sdk/exact_decimal.hpp"
#include "plugins/sdk/protocol.hpp"
#include "plugins/sdk/raw_number.hpp"
#include "plugins/sdk/subject_line.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace licaudit::sdk {

namespace {

constexpr std::size_t excerpt_bytes = 60;
constexpr std::size_t parse_buffer_bytes = 8 * 1024;  // a common record parses without touching the heap

constexpr std::string_view known_kinds = "begin, tenant, user, number, meter, remove, left_out, progress or end";

/// The beginning of a line that is no record, fit to be shown whatever it holds.
std::string excerpt(std::string_view line) {
  std::string shown(line.substr(0, excerpt_bytes));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return "'" + shown + (line.size() > excerpt_bytes ? "...'" : "'");
}

failure not_a_record(std::string_view line, const std::string& why) {
  return {errc::malformed,
          why + ": " + excerpt(line) + "; standard output is for records, messages go to standard error"};
}

bool holds_nul(const json::value& value) {
  if (const auto* text = value.if_string()) return text->find('\0') != json::string::npos;
  if (const auto* list = value.if_array()) return std::any_of(list->begin(), list->end(), holds_nul);
  if (const auto* object = value.if_object()) {
    return std::any_of(object->begin(), object->end(), [](const auto& member) {
      return member.key().find('\0') != json::string_view::npos || holds_nul(member.value());
    });
  }
  return false;
}

/// A text member if it can be read, for the name of a faulty record's tenant.
std::string readable_name(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  if (found == nullptr || !found->is_string()) return {};
  const auto text = trimmed(found->get_string());
  return is_name(text) ? std::string(text) : std::string();
}

/// Name of a subject without its kind.
result<subject_name> read_name(json_reader& in) {
  subject_name name;
  name.tenant = trimmed(in.optional_text("tenant"));
  name.id = trimmed(in.text("id"));
  if (!name.tenant.empty() && !is_name(name.tenant)) {
    in.refuse("tenant", "1 to 128 of letters, digits, '.', '_' and '-'");
  }
  if (!is_subject_id(name.id)) in.refuse("id", "1 to 256 bytes without control characters");
  return name;
}

result<record> read_subject(const json::value& value, subject_kind kind) {
  json_reader in(value, to_text(kind));
  (void)in.optional_text("kind");
  subject read;
  auto name = read_name(in);
  read.name = std::move(*name);
  read.name.kind = kind;
  read.quantity = in.optional_integer("quantity").value_or(1);
  if (!is_quantity(read.quantity)) in.refuse("quantity", a_quantity);
  const auto* fields = in.optional_object("fields");
  if (auto wrong = in.finish()) return std::move(*wrong);
  if (fields != nullptr) {
    auto given = fields_from_json(*fields);
    if (!given) return given.error();
    read.fields = std::move(*given);
  }
  return record(subject_record{std::move(read)});
}

result<record> read_user(const json::value& value, std::string_view) {
  return read_subject(value, subject_kind::user);
}
result<record> read_number(const json::value& value, std::string_view) {
  return read_subject(value, subject_kind::number);
}

result<std::string> read_used(const json::value* used, std::string_view line) {
  if (used != nullptr && used->is_string()) return exact_decimal(used->get_string());
  if (used != nullptr && used->is_number()) return exact_decimal(raw_number(line, "used"));
  return failure{errc::malformed, "expected a number or a text such as '7320.5'"};
}

result<record> read_meter(const json::value& value, std::string_view line) {
  json_reader in(value, "meter");
  (void)in.optional_text("kind");
  subject read;
  auto name = read_name(in);
  read.name = std::move(*name);
  read.name.kind = subject_kind::meter;
  auto used = read_used(in.optional_value("used"), line);
  const std::string unit(trimmed(in.text("unit")));
  const std::string at(trimmed(in.optional_text("at")));
  if (auto wrong = in.finish()) return std::move(*wrong);
  if (!used) return failure{errc::malformed, "meter: used: " + used.error().detail};
  if (unit.empty()) return failure{errc::malformed, "meter: unit: expected a text such as 'minute'"};
  if (!is_reading(parse_amount(*used).value(), unit))
    return failure{errc::malformed, "meter: used: " + *used + " " + unit + " is more than " +
                                        std::to_string(most_used) + " " + std::string(measure_unit_of(unit).base) +
                                        ", the most that is read"};
  read.fields.emplace("used", field_value{std::move(*used)});
  read.fields.emplace("unit", field_value{unit});
  if (!at.empty()) {
    if (auto parsed = parse_rfc3339(at); !parsed)
      return failure{errc::malformed, "meter: at: " + parsed.error().detail};
    read.fields.emplace("at", field_value{at});
  }
  return record(subject_record{std::move(read)});
}

result<record> read_tenant(const json::value&, std::string_view line) {
  auto value = parse_json(line);  // once more: a tenant keeps parts of the document, and `value` lies in a buffer
  if (!value) return value.error();
  auto read = tenant_from_json(*value);
  if (!read) return read.error();
  if (!is_name(read->id))
    return failure{errc::malformed, "tenant: id: expected 1 to 128 of letters, digits, '.', '_' and '-'"};
  return record(tenant_record{std::move(*read)});
}

result<record> read_remove(const json::value& value, std::string_view) {
  json_reader in(value, "remove");
  (void)in.optional_text("kind");
  const auto of = in.text("of");
  auto name = read_name(in);
  if (auto wrong = in.finish()) return std::move(*wrong);
  if (of == "tenant") {
    if (!is_name(name->id)) return failure{errc::malformed, "remove: id: '" + name->id + "' is no name of a tenant"};
    return record(remove_tenant_record{std::move(name->id)});
  }
  auto kind = parse_subject_kind(of);
  if (!kind)
    return failure{errc::malformed, "remove: of: expected tenant, user, number or meter, found " + in_quotes(of)};
  name->kind = *kind;
  return record(remove_record{std::move(*name)});
}

result<record> read_begin(const json::value& value, std::string_view) {
  json_reader in(value, "begin");
  (void)in.optional_text("kind");
  const auto protocol = in.integer("protocol");
  const auto mode = in.text("mode");
  if (auto wrong = in.finish()) return std::move(*wrong);
  if (protocol != protocol_version) {
    return failure{errc::malformed, "begin: the source speaks protocol " + std::to_string(protocol) +
                                        ", understood is " + std::to_string(protocol_version)};
  }
  if (mode != "snapshot" && mode != "delta") {
    return failure{errc::malformed, "begin: mode: expected snapshot or delta, found " + in_quotes(mode)};
  }
  return record(begin_record{mode == "delta"});
}

result<record> read_left_out(const json::value& value, std::string_view) {
  json_reader in(value, "left_out");
  (void)in.optional_text("kind");
  left_out_record read;
  read.reason = trimmed(in.text("reason"));
  read.count = in.integer("count");
  if (read.reason.empty()) in.refuse("reason", "a text");
  if (!is_quantity(read.count)) in.refuse("count", a_quantity);
  if (auto wrong = in.finish()) return std::move(*wrong);
  return record(std::move(read));
}

result<record> read_progress(const json::value& value, std::string_view) {
  json_reader in(value, "progress");
  (void)in.optional_text("kind");
  progress_record read;
  read.done = in.integer("done");
  read.total = in.optional_integer("total").value_or(0);
  if (read.done < 0) in.refuse("done", "a whole number >= 0");
  if (read.total < 0) in.refuse("total", "a whole number >= 0");
  if (auto wrong = in.finish()) return std::move(*wrong);
  return record(read);
}

result<record> read_end(const json::value& value, std::string_view) {
  json_reader in(value, "end");
  (void)in.optional_text("kind");
  const auto* cursor = in.optional_value("cursor");
  if (cursor != nullptr && !cursor->is_string() && !cursor->is_null()) in.refuse("cursor", "a text or null");
  if (auto wrong = in.finish()) return std::move(*wrong);
  end_record read;
  if (cursor != nullptr && cursor->is_string()) read.cursor = cursor->get_string();
  return record(std::move(read));
}

using record_function = result<record> (*)(const json::value& value, std::string_view line);

/// What a kind is read by, and which member names the tenant that a faulty one is blamed on; none: it ends the run.
struct record_kind {
  std::string_view name;
  record_function read;
  std::string_view tenant_member;
};

constexpr std::array<record_kind, 9> record_kinds = {{
    {"user", read_user, "tenant"},
    {"number", read_number, "tenant"},
    {"meter", read_meter, "tenant"},
    {"remove", read_remove, "tenant"},
    {"tenant", read_tenant, "id"},
    {"begin", read_begin, ""},
    {"left_out", read_left_out, ""},
    {"progress", read_progress, ""},
    {"end", read_end, ""},
}};

const record_kind* find_kind(std::string_view name) {
  const auto* found = std::find_if(record_kinds.begin(), record_kinds.end(),
                                   [name](const record_kind& kind) { return kind.name == name; });
  return found == record_kinds.end() ? nullptr : found;
}

/// Whose inventory a faulty record is about.
std::string blamed_tenant(const json::object& object, const record_kind& kind) {
  const auto* of = object.if_contains("of");
  const bool removes_tenant = kind.name == "remove" && of != nullptr && *of == "tenant";
  return readable_name(object, removes_tenant ? "id" : kind.tenant_member);
}

/// Whom a faulty record is about: a text that names him is not for everybody.
std::string named_subject(const json::object& object, const record_kind& kind) {
  const auto* id = object.if_contains("id");
  return kind.tenant_member == "tenant" && id != nullptr && id->is_string() ? std::string(id->get_string())
                                                                            : std::string();
}

result<parsed_record> read_record(const json::value& value, std::string_view line) {
  const auto* object = value.if_object();
  if (object == nullptr) return not_a_record(line, "not a JSON object");
  const auto* kind_name = object->if_contains("kind");
  if (kind_name == nullptr || !kind_name->is_string()) return not_a_record(line, "a record without a kind");
  const auto* kind = find_kind(kind_name->get_string());
  if (kind == nullptr) {
    return not_a_record(line, "unknown kind, expected " + std::string(known_kinds));
  }
  auto read = kind->read(value, line);
  if (read && !holds_nul(value)) return parsed_record(std::move(*read));
  if (kind->tenant_member.empty()) {
    return read ? not_a_record(line, "a NUL character in a text") : read.error();
  }
  return parsed_record(
      faulty_record{blamed_tenant(*object, *kind),
                    read ? std::string(kind->name) + ": a NUL character in a text" : read.error().detail,
                    named_subject(*object, *kind)});
}

}  // namespace

result<parsed_record> parse_record(std::string_view line) {
  static thread_local subject_line ordinary;
  if (const auto* subject = ordinary.read(line)) return parsed_record(record(subject_record{subject_of(*subject)}));
  std::array<unsigned char, parse_buffer_bytes> buffer;
  json::monotonic_resource memory(buffer.data(), buffer.size());
  json::error_code error;
  const auto value = json::parse(line, error, &memory);
  if (error) return not_a_record(line, "not JSON (" + error.message() + ")");
  return read_record(value, line);
}

}  // namespace licaudit::sdk
