#pragma once

#include "model/subject.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

inline constexpr std::array<subject_kind, 3> subject_kinds{subject_kind::user, subject_kind::number,
                                                           subject_kind::meter};
[[nodiscard]] constexpr std::size_t index_of(subject_kind kind) {
  return static_cast<std::size_t>(kind);
}

/// The fields of subjects that somebody reads, by kind; no other is kept in memory.
class held_fields {
 public:
  void add(subject_kind kind, std::string_view field);
  void add(const held_fields& others);

  [[nodiscard]] const std::vector<std::string>& of(subject_kind kind) const { return fields_[index_of(kind)]; }
  [[nodiscard]] std::optional<std::uint32_t> find(subject_kind kind, std::string_view field) const;
  [[nodiscard]] bool contains(const held_fields& others) const;

  /// What numbers stand for is read too.
  void expand_numbers() { expands_ = true; }
  [[nodiscard]] bool expands_numbers() const { return expands_; }

 private:
  std::array<std::vector<std::string>, subject_kinds.size()> fields_;  ///< sorted
  bool expands_ = false;
};

}  // namespace licaudit::factors
