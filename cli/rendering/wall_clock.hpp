#pragma once

#include "model/time_zone.hpp"

#include <string>
#include <string_view>

namespace licaudit::cli::rendering {

/// Writes instants as a person at a place reads them. `now` is passed in, so that a page is a pure value of its inputs.
class wall_clock {
 public:
  wall_clock(time_zone zone, instant now) : zone_(std::move(zone)), now_(now) {}

  [[nodiscard]] const std::string& zone_name() const { return zone_.name(); }

  /// `Sun 22 Nov 2026 03:00 GMT`
  [[nodiscard]] std::string full(instant at) const;

  /// As short as it can be without doubt: `Fri 18:12` less than six days away, `Mon 16 Nov` in this year, else
  /// `Mon 16 Nov 2025`.
  [[nodiscard]] std::string brief(instant at) const;

  /// `7 min ago`, `in 3 h`
  [[nodiscard]] std::string distance(instant at) const;

  /// `Thu 1 Oct 2026 00:00 BST .. Sun 22 Nov 03:07 GMT`; the second year only where it differs.
  [[nodiscard]] std::string range(instant since, instant until) const;

  // For brief and full of a text of an answer: RFC 3339; a text that is none is shown as it is.
  [[nodiscard]] std::string full(std::string_view rfc3339) const;
  [[nodiscard]] std::string brief(std::string_view rfc3339) const;
  [[nodiscard]] std::string distance(std::string_view rfc3339) const;

  [[nodiscard]] civil_time civil(instant at) const { return zone_.civil(at); }

 private:
  time_zone zone_;
  instant now_;
};

/// `3 d 4 h`, `12 min`: the two largest units.
[[nodiscard]] std::string span_text(std::chrono::seconds span);

/// `Thu  1 Oct`
[[nodiscard]] std::string day_text(std::chrono::year_month_day day);

/// `00:00`, or `00:00:59`
[[nodiscard]] std::string clock_text(const civil_time& time, bool with_seconds = false);

}  // namespace licaudit::cli::rendering
