#pragma once

#include "factors/plain_pattern.hpp"
#include "model/result.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A value of the tenant, or of one of its sites, that stands in a pattern (domain.md 3): `_PSTNGATEWAY_TO_REPLACE_`,
/// `_MSTENANTID_TO_REPLACE_`, `_UMPCUSTOMERGUID_TO_REPLACE_`, `${tenant.FIELD}`, `${site.FIELD}`.
struct placeholder {
  enum class owner : std::uint8_t { tenant, site } of;
  std::string field;
  auto operator<=>(const placeholder&) const = default;
};

/// A regex with or without placeholders, every one in a place where "this value, literally" has one meaning: not
/// repeated or optional, not negated or within a lookaround or character class.
class pattern_template {
 public:
  /// errc::malformed names the placeholder and what is wrong with its place.
  [[nodiscard]] static result<pattern_template> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool is_fixed() const { return slots_.empty(); }
  [[nodiscard]] bool names_site() const;
  [[nodiscard]] std::vector<placeholder> placeholders() const;

  /// As long as the text, with letters for the placeholders: to compile for errors, whose positions are those of the
  /// text.
  [[nodiscard]] std::string stand_in() const;

  /// What the placeholders stand for, in their order. The texts must outlive it.
  template <class ValueOf>
  void values_by(const ValueOf& value_of, std::vector<std::string_view>& into) const {
    into.clear();
    for (const auto& one : slots_) into.push_back(value_of(one.what));
  }

  /// The regex with each value inserted literally, a blank one as an atom that matches nothing.
  [[nodiscard]] std::string filled(const std::vector<std::string_view>& slot_values) const;
  template <class ValueOf>
  [[nodiscard]] std::string filled_by(const ValueOf& value_of) const {
    std::vector<std::string_view> values;
    values_by(value_of, values);
    return filled(values);
  }

  /// The same as a plain pattern with a mark for each placeholder, if it is one whatever the values are.
  [[nodiscard]] std::optional<plain_pattern> plain() const;

 private:
  struct slot {
    std::size_t at, size;
    placeholder what;
  };
  static std::vector<slot> find_slots(std::string_view text);

  std::string text_;
  std::vector<slot> slots_;
};

/// What looks like a placeholder and is none, with what to do; for instance where underscores were eaten by a text
/// processor. It is matched as it stands.
[[nodiscard]] std::vector<std::string> look_alikes(std::string_view pattern);

}  // namespace licaudit::factors
