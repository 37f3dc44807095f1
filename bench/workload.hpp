#pragma once

#include "bench/random_stream.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::bench {

struct workload_size {
  std::size_t users, numbers, tenants;
  std::size_t changes = 0;  ///< in the change set; 0: 0.1 % of the users

  /// A fifth as many numbers, a hundredth as many tenants.
  static constexpr workload_size of(std::size_t users) { return {users, users / 5, users / 100}; }
  static constexpr workload_size full() { return of(1000000); }
  static constexpr workload_size quick() { return of(50000); }
  /// For sanitizers and profilers.
  static constexpr workload_size tiny() { return of(2000); }
};

/// The fields of a record beside its id. A user lacks none but `tag`, which most have not; a number has only `tag`.
enum class field : std::uint8_t { display_name, line_uri, pstn_gateway, voice_routing_policy, dial_plan, group, tag };
inline constexpr std::array<std::string_view, 7> field_names{
    "display_name", "line_uri", "pstn_gateway", "voice_routing_policy", "dial_plan", "group", "tag"};

/// A value of one text, of two if the other is not empty, of none if both are.
struct field_texts {
  std::string_view text, other;
};

/// A user or a number as a script would hold it: flat, its texts in one store.
struct record {
  std::uint32_t tenant;
  subject_kind kind;
  std::string_view id;
  std::array<field_texts, field_names.size()> fields;

  [[nodiscard]] const field_texts& of(field which) const { return fields[static_cast<std::size_t>(which)]; }
  field_texts& of(field which) { return fields[static_cast<std::size_t>(which)]; }
};

/// One step of a change set: the record of this number arrives, becomes another or, without a record, departs.
struct change {
  std::uint64_t number;
  std::optional<record> becomes;
};

/// A provider's inventory, the same for the same size and seed. Tenants are heavy-tailed (of 10,000 the largest has
/// about 15,000 users and the median 55) with one to five sites each; a record's number is its place.
class workload {
 public:
  explicit workload(const workload_size& size, std::uint64_t seed = 20240229);

  [[nodiscard]] const std::vector<tenant>& tenants() const { return tenants_; }
  [[nodiscard]] const std::vector<record>& records() const { return records_; }
  /// Of users: six of ten change a field, two depart, two arrive under new numbers.
  [[nodiscard]] const std::vector<change>& changes() const { return changes_; }

  [[nodiscard]] std::size_t users() const { return users_; }
  /// Distinct values among the users.
  [[nodiscard]] std::size_t distinct(field of) const;
  /// As a source would give it.
  [[nodiscard]] subject subject_of(const record& one) const;

 private:
  void make_tenant(std::size_t index);
  void make_changes(std::size_t count);
  [[nodiscard]] record a_user(std::uint32_t tenant);
  [[nodiscard]] record a_number(std::uint32_t tenant);
  void change_one_field(record& of);

  [[nodiscard]] std::string_view a_gateway(std::uint32_t tenant);
  [[nodiscard]] std::string_view a_policy(std::uint32_t tenant);
  [[nodiscard]] std::string_view a_dial_plan(std::uint32_t tenant);
  [[nodiscard]] field_texts some_groups(std::uint32_t tenant);
  [[nodiscard]] std::string_view a_line_uri();
  [[nodiscard]] std::string_view keep(std::string text);

  std::size_t users_;
  random_stream random_;
  std::deque<std::string> texts_;
  std::vector<tenant> tenants_;
  std::vector<record> records_;
  std::vector<change> changes_;
  std::uint64_t people_ = 0;  ///< made so far, for unique names and numbers
};

/// The records once the change set is in, those that arrived at the end.
[[nodiscard]] std::vector<record> records_with_changes(const workload& all);

/// Of the tenant at this place.
[[nodiscard]] std::string tenant_id(std::size_t place);

/// How many of `total` each of `tenants` has: by rank, falling as a power.
[[nodiscard]] std::vector<std::size_t> tenant_sizes(std::size_t total, std::size_t tenants);

}  // namespace licaudit::bench
