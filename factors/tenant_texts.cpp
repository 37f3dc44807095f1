#include "factors/tenant_texts.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <array>

namespace licaudit::factors {
namespace {

/// The keys of a tenant that `tenant::text` knows beside its attributes.
constexpr std::array<std::string_view, 8> own_keys{"id",      "name",      "parent",       "type",
                                                   "service", "time_zone", "ms_tenant_id", "customer_guid"};

}  // namespace

tenant_texts::tenant_texts(const tenant& of) : sites_(of.sites.size()) {
  for (const auto key : own_keys) write(0, key, of.text(key));
  for (const auto& one : of.attributes) {
    if (std::find(own_keys.begin(), own_keys.end(), one.key()) == own_keys.end())
      write(0, one.key(), of.text(one.key()));
  }
  for (std::size_t i = 0; i < sites_; ++i) {
    for (const auto& one : of.sites[i].texts) write(i + 1, one.first, trimmed(one.second));
    for (const auto& one : of.sites[i].former_gateways) write_former(i + 1, one);
  }
  bytes_.shrink_to_fit();
  if (of.application_settings.empty() && of.criteria.empty()) return;
  own_ = std::make_shared<const rules_of_its_own>(rules_of_its_own{of.application_settings, of.criteria});
}

void tenant_texts::write(std::size_t owner, std::string_view field, std::string_view value, bool is_former) {
  if (value.empty()) return;
  write_number(owner * 2 + (is_former ? 1 : 0));
  write_number(field.size());
  bytes_ += field;
  write_number(value.size());
  bytes_ += value;
}

void tenant_texts::write_former(std::size_t owner, const former_gateway& one) {
  const auto gateway = trimmed(one.gateway);
  if (gateway.empty()) return;
  write(owner, {}, gateway, true);
  write_number(one.until ? 1 : 0);
  if (one.until) write_number(static_cast<std::uint64_t>(to_milliseconds(*one.until)));
}

void tenant_texts::write_number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>(value | 0x80U);
  bytes_ += static_cast<char>(value);
}

std::uint64_t tenant_texts::read_number(std::size_t& at) const {
  std::uint64_t value = static_cast<unsigned char>(bytes_[at++]);
  if (value < 0x80) return value;
  value &= 0x7F;
  for (unsigned shift = 7;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes_[at++]);
    value |= (byte & std::uint64_t{0x7F}) << shift;
    if (byte < 0x80) return value;
  }
}

std::string_view tenant_texts::read_text(std::size_t& at) const {
  const auto size = read_number(at);
  const std::string_view text(bytes_.data() + at, size);
  at += size;
  return text;
}

tenant_texts::entry tenant_texts::read(std::size_t& at) const {
  const auto head = read_number(at);
  entry found{head / 2, head % 2 != 0, {}, {}, std::nullopt};
  found.field = read_text(at);
  found.value = read_text(at);
  if (found.is_former && read_number(at) != 0)
    found.until = from_milliseconds(static_cast<std::int64_t>(read_number(at)));
  return found;
}

std::string_view tenant_texts::find(std::size_t owner, std::string_view field) const {
  for (std::size_t at = 0; at < bytes_.size();) {
    const auto one = read(at);
    if (one.owner == owner && !one.is_former && one.field == field) return one.value;
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

bool tenant_texts::operator==(const tenant_texts& other) const {
  return bytes_ == other.bytes_ && sites_ == other.sites_ && settings() == other.settings() &&
         criteria() == other.criteria();
}

}  // namespace licaudit::factors
