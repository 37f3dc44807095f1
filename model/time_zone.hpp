#pragma once

#include "model/instant.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace licaudit {

/// What a clock on the wall shows at an instant.
struct civil_time {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> clock;
  std::string abbreviation;  ///< `GMT`, `BST`, `+03`
  std::chrono::seconds offset;
};

/// An IANA time zone. A small value; the rules behind it are loaded once per process and never change.
class time_zone {
 public:
  /// UTC.
  time_zone();

  /// errc::unknown names the text that is no zone.
  [[nodiscard]] static result<time_zone> find(std::string_view iana_name);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] civil_time civil(instant at) const;

  /// The instant at which the local clock shows this. In the hour that spring skips: the first instant after it;
  /// in the hour that autumn repeats: the earlier of the two.
  [[nodiscard]] instant at(std::chrono::local_time<std::chrono::milliseconds> local) const;

  /// The first instant of a local day, also where that day does not begin at 00:00.
  [[nodiscard]] instant start_of(std::chrono::year_month_day day) const;

 private:
  const date::time_zone* zone_;
  std::string name_;
};

/// `2026-11-21`
[[nodiscard]] std::string to_text(std::chrono::year_month_day day);

/// The reverse. errc::malformed for another form and for a day that no calendar has.
[[nodiscard]] result<std::chrono::year_month_day> parse_day(std::string_view text);

/// `2026-11`
[[nodiscard]] std::string to_text(std::chrono::year_month month);
[[nodiscard]] result<std::chrono::year_month> parse_month(std::string_view text);

}  // namespace licaudit
