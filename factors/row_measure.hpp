#pragma once

#include "model/instant.hpp"
#include "model/subject_view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// What a subject counts where a factor does not simply add up quantities: the reading of a meter, or the numbers that
/// a rule stands for.
struct row_measure {
  std::uint64_t whole = 0;       ///< of the meter's own unit; or numbers, times the quantity
  std::uint32_t millionths = 0;  ///< of a meter, what is left of its reading
  std::uint32_t unit = 0;        ///< of a meter, by its number in `measure_units`
  instant at{};                  ///< when a meter was read
  bool is_odd = false;           ///< a rule that is open; a counter that fell
  bool operator==(const row_measure&) const = default;
};

/// The units that meters have, each with a number. There are few.
class measure_units {
 public:
  [[nodiscard]] std::uint32_t number_of(std::string_view unit);
  [[nodiscard]] const std::string& name(std::uint32_t number) const { return names_[number]; }

 private:
  std::vector<std::string> names_;
};

/// What a counter showed before it fell: a field of its meter as long as the month lasts and it stands below.
inline constexpr std::string_view fell_from_field = "fell_from";

/// Of every meter, one without a sound reading included, which counts nothing.
[[nodiscard]] row_measure measure_of_meter(const subject_view& meter, measure_units& units);
/// Of a number; none where it is one rule for one number.
[[nodiscard]] std::optional<row_measure> measure_of_number(const subject_view& number);

}  // namespace licaudit::factors
