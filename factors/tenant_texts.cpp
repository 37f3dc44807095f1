#include "factors/tenant_texts.hpp"

#include "model/json.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <array>

namespace licaudit::factors {
namespace {

/// The keys of a tenant that `tenant::text` knows beside its attributes.
constexpr std::array<std::string_view, 8> own_keys{"id",      "name",      "parent",       "type",
                                                   "service", "time_zone", "ms_tenant_id", "customer_guid"};

void write_number(std::uint64_t value, std::string& into) {
  for (; value >= 0x80; value >>= 7U) into += static_cast<char>(value | 0x80U);
  into += static_cast<char>(value);
}

void write_text(std::string_view text, std::string& into) {
  write_number(text.size(), into);
  into += text;
}

void write(std::string_view field, std::string_view value, std::string& into) {
  if (value.empty()) return;
  write_number(0, into);
  write_text(field, into);
  write_text(value, into);
}

/// Marked with 1, or with 2 and when it ends.
void write(const former_gateway& one, std::string& into) {
  const auto gateway = trimmed(one.gateway);
  if (gateway.empty()) return;
  write_number(one.until ? 2 : 1, into);
  if (one.until) write_number(static_cast<std::uint64_t>(to_milliseconds(*one.until)), into);
  write_text(gateway, into);
}

tenant_texts::unit_settings settings_as_texts(const json::object& settings) {
  tenant_texts::unit_settings made;
  for (const auto& [name, value] : settings) {
    const auto* text = value.if_string();
    made.emplace(name, text != nullptr ? std::string(*text) : canonical_json(value));
  }
  return made;
}

std::uint64_t read_number(std::string_view& rest) {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value |= (byte & std::uint64_t{0x7F}) << shift;
    if (byte < 0x80) return value;
  }
}

std::string_view read_text(std::string_view& rest) {
  const auto size = read_number(rest);
  const auto text = rest.substr(0, size);
  rest.remove_prefix(size);
  return text;
}

}  // namespace

tenant_texts::tenant_texts(const tenant& of) : sites_(of.sites.size()) {
  std::string made;
  for (const auto key : own_keys) write(key, of.text(key), made);
  for (const auto& one : of.attributes) {
    if (std::find(own_keys.begin(), own_keys.end(), one.key()) == own_keys.end()) {
      write(one.key(), of.text(one.key()), made);
    }
  }
  write_text(made, bytes_);
  for (const auto& site : of.sites) {
    made.clear();
    for (const auto& one : site.texts) write(one.first, trimmed(one.second), made);
    for (const auto& one : site.former_gateways) write(one, made);
    write_text(made, bytes_);
  }
  bytes_.shrink_to_fit();
  if (of.application_settings.empty() && of.criteria.empty() && of.settings.empty()) return;
  own_ = std::make_shared<const rules_of_its_own>(
      rules_of_its_own{of.application_settings, of.criteria, settings_as_texts(of.settings)});
}

std::string_view tenant_texts::section(std::size_t owner) const {
  for (std::string_view rest = bytes_; !rest.empty(); --owner) {
    const auto one = read_text(rest);
    if (owner == 0) return one;
  }
  return {};
}

tenant_texts::entry tenant_texts::read(std::string_view& rest) {
  const auto what = read_number(rest);
  if (what == 0) {
    const auto field = read_text(rest);
    return {false, field, read_text(rest), std::nullopt};
  }
  std::optional<instant> until;
  if (what == 2) until = from_milliseconds(static_cast<std::int64_t>(read_number(rest)));
  return {true, {}, read_text(rest), until};
}

std::string_view tenant_texts::text_in(std::string_view site, std::string_view field) {
  for (auto rest = site; !rest.empty();) {
    const auto one = read(rest);
    if (!one.is_former && one.field == field) return one.value;
  }
  return {};
}

const tenant_texts::application_settings& tenant_texts::settings() const {
  static const application_settings none;
  return own_ ? own_->settings : none;
}

const tenant_texts::criteria_by_factor& tenant_texts::criteria() const {
  static const criteria_by_factor none;
  return own_ ? own_->criteria : none;
}

const tenant_texts::unit_settings& tenant_texts::settings_of_units() const {
  static const unit_settings none;
  return own_ ? own_->units : none;
}

bool tenant_texts::operator==(const tenant_texts& other) const {
  return bytes_ == other.bytes_ && sites_ == other.sites_ && settings() == other.settings() &&
         criteria() == other.criteria() && settings_of_units() == other.settings_of_units();
}

}  // namespace licaudit::factors
